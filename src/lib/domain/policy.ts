/**
 * Every number and choice the rules use, as versioned data: the ministries can change one without code, and what was judged keeps
 * the version it was judged by. Each setting says what it rests on, an article or 'system' (非方案规定), and why.
 */
import { day, type Day } from './day.ts';
import type { ArticleId, Basis } from './notice.ts';
import type { Category } from './parties.ts';

/** A value with what it rests on. `reasonCode` is the key of the sentence that explains the choice. */
export interface Setting<T> {
	readonly value: T;
	readonly basis: Basis;
	readonly reasonCode: string;
}

/** A day that comes every year; `yearOffset` 1 = in the year after the report year. */
export interface YearlyDay {
	readonly month: number;
	readonly day: number;
	readonly yearOffset: 0 | 1;
}

/** The ministries' date is no setting but the notice's: a year departs from it by both ministries alone, with a document (year-amendment.ts). */
export const NOTICE_DUE: Setting<YearlyDay> = { value: { month: 11, day: 30, yearOffset: 0 }, basis: '11', reasonCode: 'date_of_the_notice' };

/** Over which years a criterion is tested: every one of the last three, or the latest known. */
export type CriterionWindow = 'each_of_three_years' | 'latest';

interface CriterionBase {
	readonly category: Category;
	readonly article: ArticleId;
	readonly window: CriterionWindow;
}

/** The criteria of 方案第五条 that can be computed. Thresholds are decimal text and include the figure itself (不低于, 以上). */
export interface CriteriaPolicy {
	readonly M4: CriterionBase & { readonly minRate: string };
	readonly M5: CriterionBase & { readonly minRate: string };
	readonly M6: CriterionBase & { readonly minEmployees: string; readonly minRevenueWan: string };
	readonly S1: CriterionBase;
	readonly S2: CriterionBase & { readonly minWan: string };
	readonly S4: CriterionBase & { readonly minCount: string };
	readonly S5: CriterionBase & { readonly minRate: string };
}

export type CriterionId = keyof CriteriaPolicy;

/** When a figure asks for an explanation. Rates are decimal text, 0–1. */
export interface WarningPolicy {
	/** Moved by this share or more on the year before. */
	readonly movedRate: Setting<string>;
	/** Final figure missed its forecast by this share or more. */
	readonly forecastMissedRate: Setting<string>;
	/** Factors that look like a slip of unit. */
	readonly unitSlipFactors: Setting<readonly string[]>;
	/** Shortest sentence taken as an explanation, in characters. */
	readonly explanationMinLength: Setting<number>;
}

/** Why a report is sent back. */
export const RETURN_REASONS = [
	'figure_wrong',
	'figure_doubtful',
	'explanation_insufficient',
	'attachment_missing',
	'narrative_insufficient',
	'seal_missing',
	'other'
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** Why a report comes after its date. */
export const LATE_REASONS = ['audit_unfinished', 'person_changed', 'figures_unsettled', 'technical', 'not_aware', 'other'] as const;
export type LateReason = (typeof LATE_REASONS)[number];

/** Why a report lay with an office after its date. */
export const OFFICE_LATE_REASONS = ['checking_figures', 'awaiting_answer', 'collected_to_forward', 'person_changed', 'technical', 'other'] as const;
export type OfficeLateReason = (typeof OFFICE_LATE_REASONS)[number];

/** Why an enterprise cannot file at all (domain.md 2, "unable to file"). */
export const EXCUSE_REASONS = ['closed', 'merged', 'moved_abroad', 'insolvency', 'force_majeure', 'other'] as const;
export type ExcuseReason = (typeof EXCUSE_REASONS)[number];

/** Why more time is asked for, before the date (domain.md 2, "Extension"). */
export const EXTENSION_REASONS = ['audit_unfinished', 'person_changed', 'figures_unsettled', 'reorganisation', 'force_majeure', 'other'] as const;
export type ExtensionReason = (typeof EXTENSION_REASONS)[number];

export interface Policy {
	readonly version: string;
	readonly validFromOn: Day;
	readonly opens: Setting<YearlyDay>;
	readonly channelDue: Setting<YearlyDay>;
	readonly acceptedLateUntil: Setting<YearlyDay>;
	readonly correctionsUntil: Setting<YearlyDay>;
	/** 前 includes the day itself: the report is on time until 24:00 of it. */
	readonly dueDayIncluded: Setting<boolean>;
	/** Whether a ministries' date on a Saturday or Sunday moves to the Monday; no other day of rest ever lies at the end of November. */
	readonly dueRollsOver: Setting<boolean>;
	/** Years after designation from which the report is owed: 1 = 自确定次年起. */
	readonly owedFromYearsAfter: Setting<number>;
	/** Contacts an enterprise must have before one of its people hands over (domain.md 1). */
	readonly requiredContacts: Setting<number>;
	readonly criteria: CriteriaPolicy;
	readonly warnings: WarningPolicy;
}

/**
 * The policy the system starts with. Late filing is taken until 31 December, because the report is about 本年度 and the year then
 * ends; corrections until 31 March, because the channels and two ministries need a quarter to read, return and read again.
 */
export const POLICY_2026_1: Policy = {
	version: '2026-1',
	validFromOn: day('2026-01-01'),
	opens: { value: { month: 10, day: 8, yearOffset: 0 }, basis: 'system', reasonCode: 'opens_after_national_day' },
	channelDue: { value: { month: 11, day: 15, yearOffset: 0 }, basis: 'system', reasonCode: 'channel_needs_two_weeks' },
	acceptedLateUntil: { value: { month: 12, day: 31, yearOffset: 0 }, basis: 'system', reasonCode: 'late_until_the_year_ends' },
	correctionsUntil: { value: { month: 3, day: 31, yearOffset: 1 }, basis: 'system', reasonCode: 'a_quarter_to_correct' },
	dueDayIncluded: { value: true, basis: 'system', reasonCode: 'before_includes_the_day' },
	dueRollsOver: { value: false, basis: 'system', reasonCode: 'notice_has_no_roll_over' },
	owedFromYearsAfter: { value: 1, basis: '11', reasonCode: 'from_the_year_after' },
	requiredContacts: { value: 2, basis: 'system', reasonCode: 'one_contact_may_leave' },
	criteria: {
		M4: { category: 'manufacturing', article: '5.2.4', window: 'each_of_three_years', minRate: '0.05' },
		M5: { category: 'manufacturing', article: '5.2.5', window: 'latest', minRate: '0.6' },
		M6: { category: 'manufacturing', article: '5.2.6', window: 'latest', minEmployees: '1000', minRevenueWan: '50000' },
		S1: { category: 'it_outsourcing', article: '5.3.1', window: 'latest' },
		S2: { category: 'it_outsourcing', article: '5.3.2', window: 'each_of_three_years', minWan: '5000' },
		S4: { category: 'it_outsourcing', article: '5.3.4', window: 'latest', minCount: '10' },
		S5: { category: 'it_outsourcing', article: '5.3.5', window: 'latest', minRate: '0.2' }
	},
	warnings: {
		movedRate: { value: '0.5', basis: 'system', reasonCode: 'moved_by_half' },
		forecastMissedRate: { value: '0.2', basis: 'system', reasonCode: 'missed_by_a_fifth' },
		unitSlipFactors: { value: ['10', '1000', '10000'], basis: 'system', reasonCode: 'common_unit_slips' },
		explanationMinLength: { value: 10, basis: 'system', reasonCode: 'a_sentence_not_a_word' }
	}
};

/** All known policies, oldest first. */
export const POLICIES: readonly Policy[] = [POLICY_2026_1];

export const DEFAULT_POLICY: Policy = POLICY_2026_1;

/** The policy of a version, or null if there is none such. */
export function policyOf(version: string, policies: readonly Policy[] = POLICIES): Policy | null {
	return policies.find((policy) => policy.version === version) ?? null;
}

/** The newest policy in force on a day; the oldest one for days before any was. */
export function policyInForceOn(on: Day, policies: readonly Policy[] = POLICIES): Policy {
	const inForce = policies.filter((policy) => policy.validFromOn <= on).sort((a, b) => (a.validFromOn < b.validFromOn ? -1 : 1));
	const found = inForce.at(-1) ?? policies[0];
	if (!found) throw new RangeError('no policy is defined');
	return found;
}
