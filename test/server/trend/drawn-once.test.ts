/** What the server draws stands in the page once: the data go without it, its place is taken, and who asks for data alone gets data. */
import type { RequestEvent } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { drawnOnce, withDrawn } from '#lib/server/pages/drawn-once.ts';
import { DRAWN_PLACES, placeOf } from '#lib/ui/charts/drawn-places.ts';

const eventOf = (isDataRequest: boolean) => ({ isDataRequest, locals: {} }) as RequestEvent;

test('a drawing takes its place, without the marks by which scripts find theirs', () => {
	const event = eventOf(false);
	expect(drawnOnce(event, 'tiles', () => ({ body: '<!--[--><svg><path d="M0 0"></path></svg><!--]--><!---->' }))).toBe(true);
	const page = `<p>before</p>${placeOf('tiles')}<p>after</p>${placeOf('metrics')}`;
	expect(withDrawn(page, event.locals.drawn)).toBe(`<p>before</p><svg><path d="M0 0"/></svg><p>after</p>${placeOf('metrics')}`);
});

test('what is drawn is put in as it is: no sign in it means anything to the replacing', () => {
	const event = eventOf(false);
	drawnOnce(event, 'near', () => ({ body: `<p>$& $1 $' &lt;!--not a mark--&gt;</p>` }));
	expect(withDrawn(placeOf('near'), event.locals.drawn)).toBe(`<p>$& $1 $' &lt;!--not a mark--&gt;</p>`);
});

test('asked for data, nothing is drawn; a page without drawings stays as it is', () => {
	const event = eventOf(true);
	const drawn = drawnOnce(event, 'tiles', () => {
		throw new Error('drawn for nobody');
	});
	expect([drawn, event.locals.drawn]).toEqual([false, undefined]);
	expect(withDrawn(placeOf('tiles'), event.locals.drawn)).toBe(placeOf('tiles'));
	expect(new Set(DRAWN_PLACES.map(placeOf)).size).toBe(DRAWN_PLACES.length);
});
