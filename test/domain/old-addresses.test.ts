import { describe, expect, test } from 'vitest';
import { VIEW_PAGES } from '#lib/domain/saved-view.ts';
import { readAuditFilter } from '#lib/forms/audit-filter.ts';
import { readTrendAddress } from '#lib/forms/trend-address.ts';
import { TABLE_KEYS } from '#lib/forms/asked.ts';
import { followUpsQueryOf } from '#lib/server/pages/follow-ups-page.ts';
import { needsQueryOf } from '#lib/server/pages/needs-page.ts';
import { officesAsked } from '#lib/server/pages/people-load.ts';
import { listQueryOf as chase } from '../../src/routes/channel/chase/list-query.ts';
import { listQueryOf as contacts } from '../../src/routes/channel/contacts/list-query.ts';
import { listQueryOf as channelReports } from '../../src/routes/channel/reports/list-query.ts';
import { trialQueryOf } from '../../src/routes/ministry/cohort/trial/trial-query.ts';
import { candidatesQueryOf } from '../../src/routes/ministry/follow-ups/candidates-query.ts';
import { metricQueryOf } from '../../src/routes/ministry/metrics/[metric]/metric-query.ts';
import { progressQueryOf } from '../../src/routes/ministry/progress/progress-query.ts';
import { listQueryOf as ministryReports } from '../../src/routes/ministry/reports/list-query.ts';
import { OLD_LIST_ADDRESSES } from './old-addresses.ts';

interface Read {
	readonly query: object;
	readonly ignored: readonly string[];
}

/** The very readers of the pages. */
const READERS: Readonly<Record<string, (params: URLSearchParams) => Read>> = {
	'/ministry/reports': ministryReports,
	'/ministry/progress': progressQueryOf,
	'/ministry/cohort': (params) => {
		const { filter, ignored } = readTrendAddress(params, TABLE_KEYS);
		return { query: filter, ignored };
	},
	'/ministry/cohort/trial': trialQueryOf,
	'/ministry/follow-ups/candidates': candidatesQueryOf,
	'/ministry/follow-ups': followUpsQueryOf,
	'/ministry/needs': needsQueryOf,
	'/channel/reports': channelReports,
	'/channel/chase': chase,
	'/channel/contacts': contacts,
	'/audit': (params) => {
		const { filter, ignored } = readAuditFilter(params);
		return { query: filter, ignored };
	},
	'/admin/organisations': (params) => {
		const { ignored, ...query } = officesAsked(params, { withKind: true });
		return { query, ignored };
	},
	'/channel/people': (params) => {
		const { ignored, ...query } = officesAsked(params);
		return { query, ignored };
	}
};

function readerOf(page: string): (params: URLSearchParams) => Read {
	const metric = /^\/ministry\/metrics\/(\w+)$/.exec(page)?.[1];
	const reader = metric === undefined ? READERS[page] : (params: URLSearchParams) => metricQueryOf(metric, params);
	if (!reader) throw new Error(`no reader of ${page}`);
	return reader;
}

describe('an address once used is read for ever', () => {
	test.each(OLD_LIST_ADDRESSES)('%s?%s', (page, query, asked) => {
		const read = readerOf(page)(new URLSearchParams(query));
		expect(read.query).toMatchObject(asked);
		expect(read.ignored).toEqual([]);
	});

	test.each(Object.keys(READERS))('%s names what it does not know, and every value that is no choice', (page) => {
		const known = OLD_LIST_ADDRESSES.filter(([of]) => of === page).flatMap(([, query]) => [...new URLSearchParams(query).keys()]);
		// What is free text, or the table's own, is never wrong.
		const free = ['q', 'who', 'object', 'tile', 'threshold', 'sort', ...TABLE_KEYS];
		const judged = [...new Set(known)].filter((name) => !free.includes(name));
		for (const name of judged) expect(readerOf(page)(new URLSearchParams({ [name]: '<none>' })).ignored, name).toEqual([name]);
		if (page !== '/audit') expect(readerOf(page)(new URLSearchParams('colour=red')).ignored).toEqual(['colour']);
	});

	test('the lists whose views can be kept have an old address each, but for those that read it in their load', () => {
		/** Read within the page’s own load, beside what it answers; the walk of every page opens them. */
		const within = [
			'/admin/people',
			'/channel/enterprises',
			'/channel/extensions',
			'/channel/follow-ups',
			'/channel/needs',
			'/ministry/enterprises',
			'/ministry/extensions',
			'/ministry/views'
		];
		const kept = new Set(OLD_LIST_ADDRESSES.map(([page]) => page));
		expect(VIEW_PAGES.filter((page) => !kept.has(page)).toSorted()).toEqual(within.toSorted());
	});
});
