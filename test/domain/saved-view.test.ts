/** Views of lists kept under a name: how many, called what, and who takes one away. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isViewPage, keepViewDecision, mayRemoveView, VIEW_PAGES, VIEWS_MOST } from '#lib/domain/saved-view.ts';
import { TREND_METRICS } from '#lib/domain/trend/trend-metric.ts';
import { fieldLabel } from '#lib/words/form-words.ts';
import { pageWord } from '#lib/words/navigation.ts';
import { FILES, SOURCE } from '../support/source-tree.ts';

describe('keeping one', () => {
	test('a name is given once on a list', () => expect(keepViewDecision(['逾期'], '逾期')).toEqual({ ok: false, refusal: { code: 'view_name_taken' } }));
	test('as many as a menu can be read through', () => {
		const names = Array.from({ length: VIEWS_MOST }, (_, index) => String(index));
		expect(keepViewDecision(names.slice(1), '新')).toEqual({ ok: true });
		expect(keepViewDecision(names, '新')).toEqual({ ok: false, refusal: { code: 'too_many_views', most: VIEWS_MOST } });
	});
});

test.each([
	['one’s own', { personId: 'me', shared: false }, 'reader', true],
	['one’s own, shared', { personId: 'me', shared: true }, 'handler', true],
	['a colleague’s', { personId: 'other', shared: false }, 'approver', false],
	['a colleague’s, shared, as an approver', { personId: 'other', shared: true }, 'approver', true],
	['a colleague’s, shared, as a handler', { personId: 'other', shared: true }, 'handler', false]
] as const)('%s may be taken away: %s', (_, view, duty, may) => expect(mayRemoveView(view, { personId: 'me', duty })).toBe(may));

describe('the lists that have views', () => {
	test('are the signed-in pages with a filter bar, each with a name in the navigation', () => {
		// By the component itself, or by the one that draws the whole list.
		const drawing = /import (FilterBar|OfficeList|NeedsTable|FollowUpsTable) from/;
		const withBar = FILES.filter((file) => /^src\/routes\/(admin|audit|channel|ministry)\/.*\+page\.svelte$/.test(file))
			.filter((file) => drawing.test(SOURCE.get(file) ?? readFileSync(file, 'utf8')))
			.map((file) => file.slice('src/routes'.length, -'/+page.svelte'.length));
		/** A lone year, or one file's rows. */
		const without = ['/channel/home', '/ministry/calendar', '/ministry/cohort/import', '/ministry/volumes/[year]'];
		expect(withBar.filter((path) => !without.includes(path)).toSorted()).toEqual([...VIEW_PAGES, '/ministry/metrics/[metric]'].toSorted());
		for (const path of VIEW_PAGES) expect(pageWord(path), path).not.toBe(path);
	});
	test('nothing below them, nothing beside them', () => {
		expect(isViewPage('/ministry/reports')).toBe(true);
		for (const { id } of TREND_METRICS) {
			expect(isViewPage(`/ministry/metrics/${id}`), id).toBe(true);
			expect(pageWord(`/ministry/metrics/${id}`), id).toBe(fieldLabel(id));
		}
		for (const path of [
			'/ministry/metrics',
			'/ministry/metrics/revenue/export.xlsx',
			'/ministry/metrics/../years',
			'/ministry/reports/1',
			'/ministry/reports/',
			'/',
			'/enterprises'
		])
			expect(isViewPage(path)).toBe(false);
	});
});
