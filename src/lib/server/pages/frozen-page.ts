/** Freezing a page of trends as it is shown: what its two pages have alike. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { dutyRefusal } from '#lib/domain/duties.ts';
import { MINISTRIES } from '#lib/domain/parties.ts';
import { FROZEN_BOUNDS, type FrozenDocument, type FrozenPart, type FrozenTable } from '#lib/domain/trend/frozen-document.ts';
import type { TrendFilter } from '#lib/domain/trend/trend-filter.ts';
import type { TrendMetric } from '#lib/domain/trend/trend-metric.ts';
import type { Point } from '#lib/domain/trend/trend-point.ts';
import { trendAddress } from '#lib/forms/trend-address.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actor } from '#lib/server/actor.ts';
import { notFound, requireActor } from '#lib/server/access.ts';
import { freezeView } from '#lib/server/acts/trend/freeze-view.ts';
import { refusedInWords } from '#lib/server/answer.ts';
import { kindOf, unitOf, yearLabel } from '#lib/words/form-words.ts';
import { formatFigure, formatNumber, missing } from '#lib/words/format.ts';
import { bracketed, listWords } from '#lib/words/punctuation.ts';
import { marksText, pointTextShort } from '#lib/words/trend-words.ts';

/** Whether the button is shown: to whoever may press it. */
export const mayFreeze = ({ orgKind, duty }: Actor): boolean => dutyRefusal({ kind: orgKind, duty }, 'freezeView') === null;

/** The act behind the button: the page is read anew, kept, and opened where it lies now. Null: nothing is shown that could be kept. */
export async function freezeAction(event: RequestEvent, documentOf: (actor: Actor) => Promise<FrozenDocument | null>) {
	const actor = requireActor(event, MINISTRIES);
	const document = (await documentOf(actor)) ?? notFound(event);
	const done = await freezeView(actor, { ...document, title: cut(document.title) });
	if (!done.ok) return refusedInWords(event, done.refusal, {});
	redirect(303, `/s/${done.code}?done=frozen`);
}

const cut = (title: string): string => (title.length <= FROZEN_BOUNDS.title ? title : `${title.slice(0, FROZEN_BOUNDS.title - 1)}…`);

/**
 * The living address of what is kept: the filters as they were understood, and the year in force, so that the same figures are asked for in years to come.
 *
 * @param more what the page asks beside the filters
 */
export function livingAddress(path: string, filter: TrendFilter, year: number, more: Readonly<Record<string, string | null>> = {}): string {
	const own = Object.entries(more).flatMap(([name, value]) => (value === null ? [] : [`${name}=${encodeURIComponent(value)}`]));
	return `${path}?${[trendAddress({ ...filter, year }), ...own].join('&')}`;
}

/** The opened years whose reports may state what is shown, newest first. */
export const reportYearsOf = (years: readonly number[], through: number): readonly number[] =>
	years.filter((year) => year <= through).slice(0, FROZEN_BOUNDS.years);

/** The points of a metric as the rows they are on screen. */
export function pointTable({ id }: Pick<TrendMetric, 'id'>, points: readonly Point[]): FrozenTable {
	const unit = unitOf(id);
	const inUnit = (label: string): string => (unit === '' ? label : label + bracketed(unit));
	const figure = (value: string | null, { limit }: Point): string => formatFigure(value, kindOf(id), { limit: limit?.threshold ?? null });
	const number = (text: string) => ({ text, number: true });
	const plain = (text: string) => ({ text, number: false });
	return {
		columns: [
			plain(m.trend_column_year()),
			number(m.trend_metric_n()),
			number(inUnit(m.trend_column_lower())),
			number(inUnit(m.trend_column_median())),
			number(inUnit(m.trend_column_upper())),
			number(inUnit(m.trend_metric_total())),
			plain(m.trend_criteria_title()),
			plain(m.trend_column_marks())
		],
		rows: points.map((point) => {
			const { distribution } = point;
			const quartiles = distribution.kind === 'quartiles' ? distribution : null;
			return [
				yearLabel(point.year, point.basis),
				`${formatNumber(point.nKnown)} / ${formatNumber(point.nOwed)}`,
				figure(quartiles?.lower ?? null, point),
				distribution.kind === 'dots' ? listWords(distribution.values.map((value) => figure(value, point))) : figure(quartiles?.median ?? null, point),
				figure(quartiles?.upper ?? null, point),
				figure(point.total ?? point.ofTotals, point),
				point.standing === null ? missing : pointTextShort(point.standing),
				marksText(point) || missing
			];
		})
	};
}

/** A part that is a table of plain texts, the first column naming its row. */
export const tablePart = (
	heading: string,
	notes: readonly string[],
	columns: readonly (readonly [text: string, number: boolean])[],
	rows: readonly (readonly string[])[],
	pictures: FrozenPart['pictures'] = []
): FrozenPart => ({
	heading,
	notes,
	pictures,
	table: rows.length === 0 ? null : { columns: columns.map(([text, number]) => ({ text, number })), rows: rows.slice(0, FROZEN_BOUNDS.rows) }
});
