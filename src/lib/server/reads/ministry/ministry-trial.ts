import { judgeCriterion, type Verdict } from '#lib/domain/check/criteria.ts';
import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import { compare, decimal } from '#lib/domain/decimal.ts';
import type { ArticleId } from '#lib/domain/notice.ts';
import type { CriterionId } from '#lib/domain/policy.ts';
import { placeOf, policyWith, trialCounts, tryOn, type Trial, type TrialCount, type TrialSubject } from '#lib/domain/trend/policy-trial.ts';
import type { TrendFilter } from '#lib/domain/trend/trend-filter.ts';
import { limitOf } from '#lib/domain/trend/trend-metric.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { PAGE_SIZE, pageOf, seekOf, type Page, type Turn } from '#lib/server/reads/page.ts';
import { policyByYear } from '#lib/server/store/trend/policy-by-year.ts';
import { scopeOf } from '#lib/server/store/trend/trend-scope.ts';
import { loadAllPolicies, loadMoved, loadTrialGroups, type AskedTrial, type MovedReport } from '#lib/server/store/trend/trial.ts';
import { understood } from './ministry-cohort-frame.ts';
import { trendChannels, type TrendChannel } from './ministry-cohort-head.ts';
import { cohortsOf } from './ministry-metric.ts';
import { ministryYears, yearShown } from './ministry-year.ts';

export interface TrialQuery extends Turn {
	readonly subject: TrialSubject;
	/** Null while no threshold is asked for that could be tried. */
	readonly trial: Trial | null;
	readonly filter: TrendFilter;
	/** Of those that would move, the ones that would become this. */
	readonly becomes: Verdict | null;
}

/** One enterprise whose verdict would be another in one report year. */
export interface TrialRow {
	readonly designationId: string;
	readonly enterpriseId: string;
	readonly reportId: string;
	readonly name: string;
	readonly channelId: string;
	readonly year: number;
	readonly from: Verdict;
	readonly to: Verdict;
	/** The tested year with the least room, and its figure; null where it is unknown. */
	readonly figureYear: number | null;
	readonly actual: string | null;
	readonly inForce: string;
	readonly tried: string;
}

export interface TrialShown {
	readonly trial: Trial;
	readonly asOf: Day;
	readonly counts: readonly TrialCount[];
	readonly rows: Page<TrialRow>;
	readonly total: number;
}

export interface MinistryTrial {
	readonly subject: TrialSubject;
	readonly criterion: CriterionId;
	readonly article: ArticleId;
	/** The threshold in force by report year, oldest first. */
	readonly inForce: readonly { readonly year: number; readonly threshold: string }[];
	readonly years: readonly number[];
	readonly cohorts: readonly number[];
	readonly channels: readonly TrendChannel[];
	readonly ignored: readonly string[];
	readonly filter: TrendFilter;
	/** Null before the first year is opened, and while there is nothing to try. */
	readonly shown: TrialShown | null;
}

/** Powers /ministry/cohort/trial and its sheet: a threshold tried on the record, which changes nothing. Six queries. @param most a page, or all for a file */
export function ministryTrial(actor: Actor, query: TrialQuery, now: Date, most = PAGE_SIZE): Promise<MinistryTrial> {
	return asActor(
		actor,
		async (db) => {
			const [years, channels, cohorts, policies] = await Promise.all([ministryYears(db), trendChannels(db), cohortsOf(db), loadAllPolicies(db)]);
			const year = yearShown(years, query.filter.year, now);
			const { filter, ignored } = understood(query.filter, { year, channels, today: dayInBeijing(now) });
			const { subject, trial } = query;
			const { criterion, category } = placeOf(subject);
			const policyOf = policyByYear(years, policies);
			const opened = years.map((one) => one.year).sort((a, b) => a - b);
			const known = {
				subject,
				criterion,
				article: [...policies.values()].map((policy) => policy.criteria[criterion].article).at(-1) ?? '5',
				inForce: opened.map((of) => ({ year: of, threshold: limitOf({ id: subject }, category, policyOf(of))?.threshold ?? '' })),
				years: [...opened].reverse(),
				channels,
				cohorts,
				filter,
				ignored
			} as const;
			const [from, to] = [opened[0], opened.at(-1)];
			if (trial === null || year === null || from === undefined || to === undefined) return { ...known, shown: null };
			const asked: AskedTrial = { scope: scopeOf(filter, year.year, channels), trial, from, to, policies };
			const groups = await loadTrialGroups(db, asked);
			const moved = groups.filter(
				(group) => group.from !== group.to && (filter.year === null || group.year === filter.year) && (query.becomes === null || group.to === query.becomes)
			);
			const { from: place, down: back } = seekOf(query, false);
			const found = await loadMoved(
				db,
				asked,
				moved.map(({ key }) => key),
				place === null ? null : { year: Number(place.key), designationId: place.id, back },
				most + 1
			);
			const rows = pageOf(
				found.map((one) => rowOf(one, trial)),
				query,
				(row) => ({ key: String(row.year), id: row.designationId }),
				most
			);
			const total = moved.reduce((all, { n }) => all + n, 0);
			return { ...known, shown: { trial, asOf: filter.asOf ?? dayInBeijing(now), counts: trialCounts(groups), rows, total } };
		},
		{ readOnly: true, isolation: 'repeatable read' }
	);
}

/** Judged by the one rule under both thresholds; the figure shown is the tried one's that decides. */
function rowOf({ reportId, enterpriseId, name, channelId, report }: MovedReport, trial: Trial): TrialRow {
	const { criterion } = placeOf(trial.subject);
	const part = judgeCriterion(criterion, { ...report, policy: policyWith(report.policy, trial) }).parts.find(({ subject }) => subject === trial.subject);
	const tested = (part?.perYear ?? []).filter((one) => one.tested && one.actual !== null);
	const deciding = tested.reduce<(typeof tested)[number] | null>(
		(least, one) => (least === null || compare(decimal(one.actual ?? '0'), decimal(least.actual ?? '0')) < 0 ? one : least),
		null
	);
	return {
		designationId: report.designationId,
		enterpriseId,
		reportId,
		name,
		channelId,
		year: report.runningYear,
		...tryOn(report, trial),
		figureYear: deciding?.year ?? null,
		actual: deciding?.actual ?? null,
		inForce: limitOf({ id: trial.subject }, report.category, report.policy)?.threshold ?? '',
		tried: trial.threshold
	};
}
