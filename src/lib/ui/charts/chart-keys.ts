/**
 * What pictures of links do beyond their links, anywhere in a part of a page: left and right go along the marks of a picture in order, and a note says what
 * the one that is pointed at or focused means, until Esc. Without it the marks are links with titles. One listener for all, so that a picture which only
 * the server drew has it too.
 */
export function chartKeys(part: HTMLElement): () => void {
	let note: HTMLElement | null = null;
	const markAt = (target: EventTarget | null): SVGAElement | null => (target instanceof Element ? target.closest<SVGAElement>('svg a') : null);
	const hide = () => {
		note?.remove();
		note = null;
	};
	const show = ({ target }: Event) => {
		const mark = markAt(target);
		hide();
		if (!mark) return;
		// Said once: the mark's name is its label, and the browser's own note would lie over this one.
		mark.querySelector('title')?.remove();
		note = document.createElement('div');
		note.className = 'chart-note';
		note.ariaHidden = 'true';
		note.textContent = mark.getAttribute('aria-label');
		document.body.append(note);
		const [at, own] = [mark.getBoundingClientRect(), note.getBoundingClientRect()];
		const left = Math.min(Math.max(8, at.left + at.width / 2 - own.width / 2), innerWidth - own.width - 8);
		note.style.left = `${left + scrollX}px`;
		note.style.top = `${(at.top > own.height + 8 ? at.top - own.height - 4 : at.bottom + 4) + scrollY}px`;
	};
	const keys = (event: KeyboardEvent) => {
		if (event.key === 'Escape' && note) {
			event.preventDefault();
			return hide();
		}
		const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
		const mark = markAt(event.target);
		if (!step || !mark || event.altKey || event.ctrlKey || event.metaKey) return;
		event.preventDefault();
		const marks = [...(mark.ownerSVGElement?.querySelectorAll<SVGAElement>('a') ?? [])];
		marks[marks.indexOf(mark) + step]?.focus();
	};
	part.addEventListener('focusin', show);
	part.addEventListener('mouseover', show);
	part.addEventListener('focusout', hide);
	part.addEventListener('mouseleave', hide);
	part.addEventListener('keydown', keys);
	part.addEventListener('click', ({ target }) => savePicture(target, part.dataset['failed'] ?? ''));
	// Its listeners go with it.
	return hide;
}

/** The picture beside a button as PNG: made of the .svg its link leads to, by a script that comes when it is pressed for. */
function savePicture(target: EventTarget | null, failed: string): void {
	const button = target instanceof Element ? target.closest<HTMLElement>('button[data-picture]') : null;
	const svg = button?.parentElement?.querySelector('a')?.href;
	if (!button || !svg) return;
	void import('./picture-as-png.ts')
		.then(({ savePng }) => savePng(svg, button.dataset['picture'] ?? ''))
		.catch(() => {
			const said = document.createElement('span');
			said.className = 'tone-late';
			said.role = 'status';
			said.textContent = failed;
			button.after(said);
		});
}
