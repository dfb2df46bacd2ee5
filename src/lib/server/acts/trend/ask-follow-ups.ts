import { dayInBeijing } from '#lib/domain/day.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { ASKED_AT_ONCE, askedComparison, askFollowUp, type Question } from '#lib/domain/trend/follow-up.ts';
import { OUTLIER_RULE } from '#lib/domain/trend/outlier.ts';
import { trendMetric } from '#lib/domain/trend/trend-metric.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { mailOfQuestions } from '#lib/server/letters/follow-up-mail.ts';
import { addEntry, openFollowUps, type NewFollowUp } from '#lib/server/store/trend/follow-up.ts';
import { findOutliers } from '#lib/server/store/trend/outliers.ts';

/** Figures as the list of outliers names them: of one category, one year and one basis. */
export interface AskedFigures {
	readonly category: Category;
	readonly year: number;
	readonly basis: FigureBasis;
	readonly figures: readonly { readonly designationId: string; readonly metric: string }[];
}

/**
 * A ministry asks about figures that are far outside, through the channels of their enterprises (非方案规定). Every figure is judged again, now: one that is no
 * longer far, or has been asked about, refuses the whole, because the question was written for what was looked at.
 */
export function askFollowUps(actor: Actor, asked: AskedFigures, question: Question): Promise<Decision<{ readonly count: number }>> {
	return asOffice(actor, 'askFollowUps', async (db, now) => {
		const decided = askFollowUp(question, dayInBeijing(now));
		if (!decided.ok) return decided;
		const metrics = [...new Set(asked.figures.map(({ metric }) => metric))].flatMap((id) => trendMetric(id) ?? []);
		if (asked.figures.length === 0 || asked.figures.length > ASKED_AT_ONCE) return refuse({ code: 'invalid_input', fields: { figures: 'count' } });
		const { category, year, basis } = asked;
		const found = await findOutliers(db, { category, year, basis, metrics: metrics.filter((metric) => metric.categories.includes(category)) });
		const cases = asked.figures.flatMap(({ designationId, metric }): readonly NewFollowUp[] => {
			const outlier = found.find((one) => one.designationId === designationId && one.metric.id === metric);
			const comparison = outlier && askedComparison(outlier.inCategory, outlier.asStep);
			return outlier && comparison ? [{ outlier, year, basis, rule: OUTLIER_RULE.code, ...comparison }] : [];
		});
		if (cases.length < asked.figures.length) return refuse({ code: 'not_outlying', count: asked.figures.length - cases.length });
		const opened = await openFollowUps(db, cases, decided.next, now);
		if (opened.length < cases.length) throw new AskedBefore(cases.length - opened.length);
		for (const one of opened) {
			await addEntry(
				db,
				one.id,
				{ kind: 'question', round: decided.next.round, text: decided.text, question: { value: one.value, dueOn: decided.next.dueOn } },
				now
			);
			await writeJournal(db, {
				act: 'ask-follow-ups',
				objectKind: 'follow_up',
				objectId: one.id,
				article: 'system',
				after: { state: decided.next.state, metric: one.metric, year, basis, value: one.value, question: decided.text, answerByOn: decided.next.dueOn }
			});
		}
		await mailOfQuestions(db, opened, { text: decided.text, dueOn: decided.next.dueOn });
		return { ok: true, count: opened.length };
	}).catch((error: unknown) => {
		if (error instanceof AskedBefore) return refuse({ code: 'not_outlying', count: error.count });
		throw error;
	});
}

/** Somebody asked about one of the figures in between: nothing of the act may stay. */
class AskedBefore extends Error {
	override name = 'AskedBefore';
	readonly count: number;
	constructor(count: number) {
		super(`${count} figures are asked about already`);
		this.count = count;
	}
}
