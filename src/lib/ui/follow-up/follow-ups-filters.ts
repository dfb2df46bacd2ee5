import { TREND_METRICS, type TrendMetric } from '#lib/domain/trend/trend-metric.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Filter } from '#lib/ui/kit/table/filter.ts';
import { classFilter, regionFilter, yearFilter } from '#lib/ui/register/list-filters.ts';
import { fieldLabel } from '#lib/words/form-words.ts';
import { basisWord } from '#lib/words/words.ts';

interface Known {
	readonly years: readonly number[];
	readonly channels: readonly { readonly id: string; readonly name: string }[];
}

/** Whose list it is: the nation's, a channel's, or an enterprise's own, which asks for no name. */
export type FollowUpsOf = 'nation' | 'channel' | 'enterprise';

/** The filters of the list of questions, as its page offers them and its sheet names them. */
export function followUpsFilters({ years, channels }: Known, of: FollowUpsOf): Filter[] {
	return [
		...(of === 'enterprise' ? [] : [{ kind: 'text', name: 'q', label: m.follow_filter_q() } as const]),
		metricFilter(TREND_METRICS),
		...(of === 'nation' ? [regionFilter(m.follow_filter_channel(), channels)] : []),
		yearFilter(m.follow_filter_year(), years),
		basisFilter(),
		classFilter(m.follow_filter_class())
	];
}

export function metricFilter(metrics: readonly TrendMetric[], inForce?: string): Filter {
	return {
		kind: 'choice',
		name: 'metric',
		label: m.follow_filter_metric(),
		options: metrics.map(({ id }) => ({ value: id, label: fieldLabel(id) })),
		inForce
	};
}

export function basisFilter(inForce?: string): Filter {
	const options = [
		{ value: 'final', label: basisWord.final() },
		{ value: 'forecast', label: basisWord.forecast() }
	];
	return { kind: 'choice', name: 'basis', label: m.follow_filter_basis(), options, inForce };
}
