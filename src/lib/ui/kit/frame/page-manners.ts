/** What every page does alike, whatever stands on it. */
import { posts } from '#lib/ui/kit/control/posts.svelte.ts';

/** A filter that says nothing stays out of the address. Without script the hook sees to it. */
function dropEmpty({ target, formData }: FormDataEvent): void {
	if (!(target instanceof HTMLFormElement) || target.method !== 'get') return;
	for (const name of new Set(formData.keys())) {
		const said = formData.getAll(name).filter((value) => value !== '');
		formData.delete(name);
		for (const value of said) formData.append(name, value);
	}
}

/** Closes every menu that what happened lies outside of. Where the browser knows `name` of details, it keeps to one by itself. */
function keepOneOpen({ target }: Event): void {
	for (const menu of document.querySelectorAll<HTMLDetailsElement>('details[name][open]'))
		if (target instanceof Node && !menu.contains(target)) menu.open = false;
}

/** Escape closes what is open: the disclosure one is in, else the menu; its button has the focus again. What is being composed is not ours to end. */
function closeByEscape(event: KeyboardEvent): void {
	const at = event.target;
	if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented || !(at instanceof Element)) return;
	const open = at.closest<HTMLDetailsElement>('details[open]') ?? document.querySelector<HTMLDetailsElement>('details[name][open]');
	// A search box that holds something is emptied first, by the browser.
	if (!open || (at instanceof HTMLInputElement && at.type === 'search' && at.value !== '')) return;
	event.preventDefault();
	open.open = false;
	open.querySelector('summary')?.focus();
}

/** A form that script leaves alone takes its page with it, unless its button fetches a file. */
function leaveByPost({ target, submitter, defaultPrevented }: SubmitEvent): void {
	if (!defaultPrevented && target instanceof HTMLFormElement && target.method === 'post' && !submitter?.matches('[data-file]')) posts.waiting += 1;
}

/** Once, for as long as the pages of this window change by script. */
export function keepManners(): void {
	document.addEventListener('formdata', dropEmpty);
	document.addEventListener('click', keepOneOpen);
	document.addEventListener('focusin', keepOneOpen);
	document.addEventListener('keydown', closeByEscape);
	document.addEventListener('submit', leaveByPost);
	// A page kept for the way back was left waiting.
	addEventListener('pageshow', () => (posts.waiting = 0));
}
