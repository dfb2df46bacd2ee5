/** How far outside a figure is, for the ministries alone: nobody else is shown a score. */
import type { NoScore, OutlierAnswer } from '#lib/domain/trend/outlier.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatMean } from './format.ts';

const whys = {
	few: m.follow_no_score_few,
	no_spread: m.follow_no_score_no_spread,
	not_on_scale: m.follow_no_score_not_on_scale
} satisfies Record<NoScore, unknown>;

export function scoreText({ score, n }: Extract<OutlierAnswer, { scored: true }>): string {
	return m.follow_score({ score: formatMean(score), n });
}

/** Why there is no score. */
export function scoreWhy({ why, n }: Extract<OutlierAnswer, { scored: false }>): string {
	return whys[why]({ n });
}
