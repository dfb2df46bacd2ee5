import type { RequestEvent } from '@sveltejs/kit';

/** Parts of a page that the server draws and the browser keeps as they came: a picture in the page's data as well would double the page. */
export type DrawnPlace = 'tiles' | 'metrics' | 'near' | 'criteria' | 'manufacturing' | 'it_outsourcing';

/**
 * Draws a part of a page once, for the page alone: a page's data stands in it a second time, for its scripts, and pictures need none. Who goes on by script
 * asks for data and gets data.
 *
 * @param draw `render` of svelte/server with the part and what it shows
 * @returns whether it is drawn here; then the page's data go without it, and the page has a `DrawnPlace` instead.
 */
export function drawnOnce({ isDataRequest, locals }: RequestEvent, place: DrawnPlace, draw: () => { readonly body: string }): boolean {
	if (isDataRequest) return false;
	// Marks by which scripts find their place: none looks for one in here, and the first empty one would end it.
	(locals.drawn ??= new Map()).set(
		place,
		draw()
			.body.replace(/<!--.*?-->/gs, '')
			.replace(/><\/(path|rect|circle|line|use)>/g, '/>')
	);
	return true;
}

/** Puts what was drawn into its places; called for each piece of a page. What people typed is escaped and never such a place. */
export function withDrawn(html: string, drawn: ReadonlyMap<DrawnPlace, string> | undefined): string {
	if (drawn === undefined) return html;
	return html.replace(/<div\b[^<>]* data-drawn="(\w+)"[^<>]*>(?=<\/div>)/g, (place, name: string) => place + (drawn.get(name as DrawnPlace) ?? ''));
}
