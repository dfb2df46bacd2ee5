/** What the server draws stands in the page once: the data go without it, its place is taken, and who asks for data alone gets data. */
import type { RequestEvent } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { drawnOnce, withDrawn } from '#lib/server/pages/drawn-once.ts';

/** As DrawnPlace.svelte writes it, with the name of its styles. */
const placeOf = (place: string, inside = '') => `<div data-drawn="${place}" class="s-a1b2c">${inside}</div>`;
const eventOf = (isDataRequest: boolean) => ({ isDataRequest, locals: {} }) as RequestEvent;

test('a drawing takes its place, without the marks by which scripts find theirs', () => {
	const event = eventOf(false);
	expect(drawnOnce(event, 'tiles', () => ({ body: '<!--[--><svg><path d="M0 0"></path></svg><!--]--><!---->' }))).toBe(true);
	const page = `<p>before</p>${placeOf('tiles')}<p>after</p>${placeOf('metrics')}`;
	expect(withDrawn(page, event.locals.drawn)).toBe(`<p>before</p>${placeOf('tiles', '<svg><path d="M0 0"/></svg>')}<p>after</p>${placeOf('metrics')}`);
});

test('what is drawn is put in as it is: no sign in it means anything to the replacing', () => {
	const event = eventOf(false);
	drawnOnce(event, 'near', () => ({ body: `<p>$& $1 $' &lt;!--not a mark--&gt;</p>` }));
	expect(withDrawn(placeOf('near'), event.locals.drawn)).toBe(placeOf('near', `<p>$& $1 $' &lt;!--not a mark--&gt;</p>`));
	expect(withDrawn(`&lt;div data-drawn="near"></div>`, event.locals.drawn)).toBe(`&lt;div data-drawn="near"></div>`);
});

test('asked for data, nothing is drawn; a page without drawings stays as it is', () => {
	const event = eventOf(true);
	const drawn = drawnOnce(event, 'tiles', () => {
		throw new Error('drawn for nobody');
	});
	expect([drawn, event.locals.drawn]).toEqual([false, undefined]);
	expect(withDrawn(placeOf('tiles'), event.locals.drawn)).toBe(placeOf('tiles'));
});
