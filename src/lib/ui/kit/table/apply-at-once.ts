import { goto } from '$app/navigation';

/**
 * Applies the filters of a form as they are chosen, and text when the fingers rest, never in the middle of composing a character. Focus and scroll stay;
 * the letters of one text are one entry of the history. Says how many there are then, from the status beside the form.
 *
 * @returns takes it off the form again
 */
export function applyAtOnce(form: HTMLFormElement): () => void {
	const status = form.parentElement?.querySelector<HTMLElement>('[role="status"]');
	let timer: ReturnType<typeof setTimeout> | undefined;
	let typedIn: EventTarget | null = null;

	function apply(event: Event) {
		const box = event.target as HTMLInputElement;
		const typing = box.type === 'search';
		if (typing === (event.type === 'change') || (event as InputEvent).isComposing) return;
		clearTimeout(timer);
		// A day is typed in three parts, each of which makes a day of its own.
		timer = setTimeout(() => void send(box, typing), typing || box.type === 'date' ? 450 : 0);
	}
	async function send(box: HTMLInputElement, typing: boolean) {
		const said = [...new FormData(form)].filter(([, value]) => value !== '') as [string, string][];
		const query = new URLSearchParams(said).toString();
		const replaceState = typing && typedIn === box;
		typedIn = typing ? box : null;
		if (typing) box.dataset['sent'] = box.value;
		if (status) status.textContent = '';
		await goto(query === '' ? new URL(form.action).pathname : `?${query}`, { keepFocus: true, noScroll: true, replaceState });
		if (status) status.textContent = status.dataset['said'] ?? '';
	}
	const leave = () => (typedIn = null);

	const heard = ['input', 'change', 'compositionend'] as const;
	for (const name of heard) form.addEventListener(name, apply);
	form.addEventListener('focusout', leave);
	return () => {
		clearTimeout(timer);
		for (const name of heard) form.removeEventListener(name, apply);
		form.removeEventListener('focusout', leave);
	};
}
