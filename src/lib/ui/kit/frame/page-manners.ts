/** What every page does alike, whatever stands on it. */

/** A filter that says nothing stays out of the address. Without script the hook sees to it. */
export function dropEmpty({ target, formData }: FormDataEvent): void {
	if (!(target instanceof HTMLFormElement) || target.method !== 'get') return;
	for (const name of new Set(formData.keys())) {
		const said = formData.getAll(name).filter((value) => value !== '');
		formData.delete(name);
		for (const value of said) formData.append(name, value);
	}
}

/** Closes every menu that what happened lies outside of. Where the browser knows `name` of details, it keeps to one by itself. */
export function keepOneOpen({ target }: Event): void {
	for (const menu of document.querySelectorAll<HTMLDetailsElement>('details[name][open]'))
		if (target instanceof Node && !menu.contains(target)) menu.open = false;
}

/** Escape closes what is open: the disclosure one is in, else the menu; its button has the focus again. What is being composed is not ours to end. */
export function closeByEscape(event: KeyboardEvent): void {
	const at = event.target;
	if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented || !(at instanceof Element)) return;
	const open = at.closest<HTMLDetailsElement>('details[open]') ?? document.querySelector<HTMLDetailsElement>('details[name][open]');
	// A search box that holds something is emptied first, by the browser.
	if (!open || (at instanceof HTMLInputElement && at.type === 'search' && at.value !== '')) return;
	event.preventDefault();
	open.open = false;
	open.querySelector('summary')?.focus();
}
