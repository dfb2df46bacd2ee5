import type { Verdict } from '#lib/domain/check/criteria.ts';
import { placeOf, TRIABLE, type TrialCount } from '#lib/domain/trend/policy-trial.ts';
import { reportsHref } from '#lib/forms/trend-links.ts';
import { m } from '#lib/paraglide/messages.js';
import type { MinistryTrial } from '#lib/server/reads/ministry/ministry-trial.ts';
import { articleText } from '#lib/words/article-text.ts';
import { fieldLabel, unitOf } from '#lib/words/form-words.ts';
import { formatNumber } from '#lib/words/format.ts';
import { placeName } from '#lib/words/place-words.ts';
import { asOfText } from '#lib/words/progress-words.ts';
import { bracketed } from '#lib/words/punctuation.ts';
import { limitFigure, metWord } from '#lib/words/trend-words.ts';

const VERDICTS = ['met', 'unmet', 'unknown'] as const;

/** Everything that can be tried, as a select offers it: article, figure, unit. */
export function trialChoices(): { value: string; label: string }[] {
	return TRIABLE.map(({ subject }) => ({ value: subject, label: fieldLabel(subject) + (unitOf(subject) === '' ? '' : bracketed(unitOf(subject))) }));
}

/** The threshold in force, as one or as one for each year where it changed. */
export function inForceText({ subject, inForce }: Pick<MinistryTrial, 'subject' | 'inForce'>): string {
	const known = [...new Set(inForce.map(({ threshold }) => threshold))];
	return known.length === 1 ? limitFigure(subject, { threshold: known[0] ?? '' }) : m.trial_by_year();
}

/** A trial as it is shown: its sentence, both bars of every year, and who would stand elsewhere. */
export function trialView(found: MinistryTrial, now: Date) {
	const { subject, criterion, article, inForce, shown, filter, channels } = found;
	const { category } = placeOf(subject);
	const limit = inForceText(found);
	const head = {
		metric: fieldLabel(subject),
		article: articleText(article),
		limit,
		error: { rate: m.trial_error_rate, count: m.trial_error_count, wan: m.trial_error_wan }[placeOf(subject).unit]()
	};
	if (shown === null) return { ...head, shown: null };
	const tried = limitFigure(subject, shown.trial);
	const told = shown.counts.find(({ year }) => year === filter.year) ?? shown.counts.at(-1);
	const limitIn = (year: number): string => limitFigure(subject, { threshold: inForce.find((one) => one.year === year)?.threshold ?? '' });
	const cell = (count: TrialCount, side: 'now' | 'tried') => ({
		year: count.year,
		of: count.of,
		isBreak: false,
		said: m.trend_criteria_cell({ met: formatNumber(count[side].met), unmet: formatNumber(count[side].unmet), unknown: formatNumber(count[side].unknown) }),
		parts: VERDICTS.map((verdict: Verdict) => ({
			verdict,
			count: count[side][verdict],
			share: count.of === 0 ? 0 : count[side][verdict] / count.of,
			// Only what is in force stands in a list: nobody's report was found to be what a trial says.
			href:
				side === 'tried' || count[side][verdict] === 0
					? null
					: reportsHref(filter, filter.year ?? count.year, { year: count.year, category, criterion: `${criterion}:${verdict}` })
		}))
	});
	return {
		...head,
		shown: {
			tried,
			asOf: asOfText(shown.asOf, now),
			said: told === undefined ? m.trial_said_none() : sentence(told, { ...head, limit: limitIn(told.year), tried }),
			years: shown.counts.map(({ year }) => year),
			bars: [
				{ criterion: 'now', label: m.trial_in_force(), article: limit, cells: shown.counts.map((count) => cell(count, 'now')) },
				{ criterion: 'tried', label: m.trial_tried(), article: tried, cells: shown.counts.map((count) => cell(count, 'tried')) }
			],
			counts: shown.counts.map((count) => ({ ...count, limit: limitIn(count.year) })),
			rows: shown.rows.rows.map((row) => ({
				...row,
				id: `${row.designationId}-${row.year}`,
				channel: placeName(channels.find(({ id }) => id === row.channelId)?.name ?? row.channelId),
				fromText: metWord[row.from](),
				toText: metWord[row.to]()
			})),
			total: shown.total
		}
	};
}

function sentence(count: TrialCount, { metric, article, limit, tried }: { metric: string; article: string; limit: string; tried: string }): string {
	const words = { metric, article, limit, tried, year: count.year };
	if (count.nMoved === 0) return m.trial_said_same(words);
	return m.trial_said({
		...words,
		met: formatNumber(count.now.met),
		triedMet: formatNumber(count.tried.met),
		unmet: formatNumber(count.now.unmet),
		triedUnmet: formatNumber(count.tried.unmet),
		moved: formatNumber(count.nMoved)
	});
}
