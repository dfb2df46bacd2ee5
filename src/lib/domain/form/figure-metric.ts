/**
 * Every number the annual report states, once: the field it is typed into, the property of FigureRow and (in snake_case) the column of the
 * table annual_figure. `watched` figures are compared with the year before; holdings of patents move in jumps, so they are not.
 */
export const METRICS = [
	{ metric: 'employees', fieldId: 'employees', kind: 'count', watched: true },
	{ metric: 'bachelorOrAbove', fieldId: 'bachelor_or_above', kind: 'count', watched: true },
	{ metric: 'intermediateTitleOrAbove', fieldId: 'intermediate_title_or_above', kind: 'count', watched: true },
	{ metric: 'totalAssetsWan', fieldId: 'total_assets', kind: 'money', watched: true },
	{ metric: 'totalLiabilitiesWan', fieldId: 'total_liabilities', kind: 'money', watched: true },
	{ metric: 'revenueWan', fieldId: 'revenue', kind: 'money', watched: true },
	{ metric: 'profitWan', fieldId: 'profit', kind: 'money', watched: true },
	{ metric: 'rdSpendingWan', fieldId: 'rd_spending', kind: 'money', watched: true },
	{ metric: 'informatisationWan', fieldId: 'informatisation', kind: 'money', watched: true },
	{ metric: 'equipmentTotal', fieldId: 'equipment_total', kind: 'count', watched: true },
	{ metric: 'equipmentNetworked', fieldId: 'equipment_networked', kind: 'count', watched: true },
	{ metric: 'itoExecutedWan', fieldId: 'ito_executed', kind: 'money', watched: true },
	{ metric: 'manufacturingCustomers', fieldId: 'manufacturing_customers', kind: 'count', watched: true },
	{ metric: 'manufacturingRevenueWan', fieldId: 'manufacturing_revenue', kind: 'money', watched: true },
	{ metric: 'patentsInvention', fieldId: 'patents_invention', kind: 'count', watched: false },
	{ metric: 'patentsUtility', fieldId: 'patents_utility', kind: 'count', watched: false },
	{ metric: 'patentsDesign', fieldId: 'patents_design', kind: 'count', watched: false },
	{ metric: 'softwareCopyrights', fieldId: 'software_copyrights', kind: 'count', watched: false }
] as const;

export type Metric = (typeof METRICS)[number]['metric'];
export type NumericFieldId = (typeof METRICS)[number]['fieldId'];

/** `final` = last year, audited (以审计的会计报表为准); `forecast` = this year, full-year 预计. */
export type FigureBasis = 'final' | 'forecast';

/** All numbers of one year on one basis as decimal text; null is missing, never zero. */
export type FigureRow = { readonly [M in Metric]: string | null };

export const EMPTY_FIGURE_ROW: FigureRow = Object.fromEntries(METRICS.map(({ metric }) => [metric, null])) as Record<Metric, null>;

export function metricOfField(fieldId: string): Metric | null {
	return METRICS.find((entry) => entry.fieldId === fieldId)?.metric ?? null;
}

export function fieldOfMetric(metric: Metric): NumericFieldId {
	const found = METRICS.find((entry) => entry.metric === metric);
	if (!found) throw new RangeError(`no such metric: ${metric}`);
	return found.fieldId;
}
