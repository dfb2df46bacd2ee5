/** Sends a form as a browser without script would: what was typed goes along, and the page that answers keeps it. */
export function sendPlain(form: HTMLFormElement, { formData, action }: { readonly formData: FormData; readonly action: URL }): void {
	for (const [name, value] of formData)
		if (typeof value === 'string' && !form.elements.namedItem(name))
			form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
	form.action = action.href;
	form.submit();
}
