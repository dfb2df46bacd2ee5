/** What somebody types, ticks, chooses or unfolds in a page before its script answers: the browser shows it at once, and nobody listens yet. */
type Box = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
const isBox = (target: EventTarget | null): target is Box =>
	target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
const isTicked = (box: Box): box is HTMLInputElement => box instanceof HTMLInputElement && /^(radio|checkbox)$/.test(box.type);
const stands = (box: Box) => (isTicked(box) ? box.checked : box.value);

/** Whether a box no longer holds what the page came with. */
function isChanged(box: Box): boolean {
	// Of a group of radio buttons only the chosen one says anything.
	if (isTicked(box)) return box.checked !== box.defaultChecked && (box.checked || box.type === 'checkbox');
	if (box instanceof HTMLSelectElement) {
		const came = Array.from(box.options).findIndex((option) => option.defaultSelected);
		return box.selectedIndex !== Math.max(0, came);
	}
	return box.type !== 'hidden' && box.value !== box.defaultValue;
}

const early = new Map<Box, string | boolean>();
/** What stands unfolded, whoever unfolded it: the script would fold it as the page came. */
const unfolded = new Set<HTMLDetailsElement>();
const note = ({ target }: Event) => {
	if (isBox(target)) early.set(target, stands(target));
	if (target instanceof HTMLDetailsElement) unfolded[target.open ? 'add' : 'delete'](target);
};

/** Called as soon as there is script: takes down what was typed before, and what is typed until the page answers. */
export function watchEarly(): void {
	for (const box of document.querySelectorAll('input, textarea, select')) if (isBox(box) && isChanged(box)) early.set(box, stands(box));
	for (const details of document.querySelectorAll<HTMLDetailsElement>('details[open]')) unfolded.add(details);
	for (const kind of ['input', 'toggle']) document.addEventListener(kind, note, true);
}

/** Called once the page answers: lays what was typed into its boxes again, and says so to whoever listens now. Nothing typed is lost. */
export function layEarly(): void {
	for (const kind of ['input', 'toggle']) document.removeEventListener(kind, note, true);
	for (const details of unfolded) details.open = true;
	unfolded.clear();
	for (const [box, typed] of early) {
		if (!box.isConnected) continue;
		if (isTicked(box)) box.checked = typed === true;
		else if (box.type !== 'file') box.value = String(typed);
		for (const kind of ['input', 'change']) box.dispatchEvent(new Event(kind, { bubbles: true }));
	}
	early.clear();
}
