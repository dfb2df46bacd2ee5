import type { Verdict } from '#lib/domain/check/criteria.ts';
import { placeOf, TRIABLE, type TrialSubject } from '#lib/domain/trend/policy-trial.ts';
import { asked, TABLE_KEYS } from '#lib/forms/asked.ts';
import { readTrendAddress } from '#lib/forms/trend-address.ts';
import { readThreshold } from '#lib/forms/trial-threshold.ts';
import type { TrialQuery } from '#lib/server/reads/ministry/ministry-trial.ts';
import { countKey, turnAsked } from '#lib/server/reads/page.ts';

const OWN_KEYS = ['threshold', 'becomes', 'after', 'before'];
const VERDICTS: readonly Verdict[] = ['met', 'unmet', 'unknown'];

/** The trial an address asks for: the filters of the dashboard, the threshold of `metric` as it was typed, and what the verdicts would become. */
export function trialQueryOf(params: URLSearchParams) {
	const { filter, ignored } = readTrendAddress(params, [...TABLE_KEYS, ...OWN_KEYS]);
	const of = asked(params);
	const named = TRIABLE.find((one) => one.subject === filter.metric)?.subject;
	const ofClass = TRIABLE.find((one) => filter.category === null || placeOf(one.subject).category === filter.category)?.subject;
	const subject: TrialSubject = named ?? ofClass ?? 'informatisation_share';
	const { category } = placeOf(subject);
	const typed = of.text('threshold') ?? '';
	const trial = readThreshold(subject, typed);
	const query: TrialQuery = {
		subject,
		trial,
		filter: { ...filter, category, metric: null },
		becomes: of.oneOf('becomes', VERDICTS),
		...turnAsked(of, countKey)
	};
	return {
		query,
		/** As it stands in its box; wrong when it cannot be tried, which is said there. */
		typed,
		wrong: typed !== '' && trial === null,
		ignored: [
			...ignored,
			...of.dropped(),
			...(filter.metric !== null && named === undefined ? ['metric'] : []),
			...(filter.category !== null && filter.category !== category ? ['class'] : [])
		]
	};
}
