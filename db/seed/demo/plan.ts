import { addDays, startOf, type Day } from '#lib/domain/day.ts';
import type { NumericFieldId } from '#lib/domain/form/figure-metric.ts';
import { departmentsOf, type Category, type ChannelKind, type Department, type Ministry } from '#lib/domain/parties.ts';
import type { ReportReturn } from '#lib/domain/report/report-case.ts';
import type { ReturnReason } from '#lib/domain/policy.ts';
import type { YearDates } from '#lib/domain/report/reporting-year.ts';
import type { ReportOddities } from './answers.ts';
import { chanceOf, type Chance } from './random.ts';

/** Whose days a late report's were, or how it went otherwise. */
export type Manner = 'prompt' | 'ordinary' | 'last_days' | 'enterprise_late' | 'department_late' | 'channel_late' | 'missing';

export interface PlannedReturn {
	readonly by: Department | Ministry;
	readonly from: ReportReturn['from'];
	readonly reasonCode: ReturnReason;
	readonly comments: readonly { readonly answerKey: string | null; readonly remark: string }[];
	/** Days after the return until the enterprise begins, and until it submits again. */
	readonly touchedAfter: number;
	readonly answeredAfter: number;
}

/** One submission and what becomes of it; instants in milliseconds. */
export interface PlannedRound {
	readonly departments: readonly { readonly department: Department; readonly openAfter: number; readonly signAfter: number; readonly notBefore: number }[];
	/** Hours after the submission. */
	readonly withdrawnAfter: number | null;
	readonly returned: PlannedReturn | null;
	readonly mofcomAfter: number;
	readonly miitAfter: number;
}

/** What is meant to happen to one report; what lies after the present has not happened yet. */
export interface ReportPlan {
	readonly manner: Manner;
	readonly startAt: number | null;
	readonly submitAt: number | null;
	/** Where the channel itself is late: it forwards with the first letter after this. */
	readonly forwardNotBefore: number;
	readonly rounds: readonly PlannedRound[];
	readonly oddities: ReportOddities;
	readonly lateReasonCode: 'audit_unfinished' | 'person_changed' | 'figures_unsettled' | 'technical';
}

const DAY_MS = 86_400_000;
const NEVER = Number.POSITIVE_INFINITY;

/** An instant in office hours, so many days after the year opens. */
export function atWork(opensOn: Day, days: number, chance: Chance): number {
	const on = startOf(addDays(opensOn, Math.floor(days))).getTime();
	return on + chance.whole(8 * 3600 + 1800, 17 * 3600 + 1800) * 1000;
}

/** The same instant, or if nobody is at work then the next morning. */
export function inOffice(at: number): number {
	const hour = 3_600_000;
	const ofDay = (at + 8 * hour) % DAY_MS;
	if (ofDay >= 8.5 * hour && ofDay <= 18 * hour) return at;
	const morning = at - ofDay + (ofDay < 12 * hour ? 0 : DAY_MS) + 8.5 * hour;
	return morning + (Math.floor(ofDay / 1000) % 5400) * 1000;
}

function mannerOf(designationId: number, year: number): Manner {
	// Some firms are disciplined every year, some never; the year adds its own.
	const ofYear = chanceOf(`manner/${designationId}/${year}`);
	const drawn = ofYear.odds(0.55) ? chanceOf(`character/${designationId}`).next() : ofYear.next();
	if (drawn < 0.22) return 'prompt';
	if (drawn < 0.53) return 'ordinary';
	if (drawn < 0.79) return 'last_days';
	if (drawn < 0.83) return 'department_late';
	if (drawn < 0.86) return 'channel_late';
	return drawn < 0.95 ? 'enterprise_late' : 'missing';
}

const DAYS: Readonly<Record<Manner, readonly [start: readonly [number, number], submit: readonly [number, number]]>> = {
	prompt: [
		[0, 12],
		[14, 26]
	],
	ordinary: [
		[4, 24],
		[26, 38]
	],
	last_days: [
		[22, 44],
		[40, 51]
	],
	enterprise_late: [
		[30, 58],
		[55, 82]
	],
	department_late: [
		[4, 22],
		[24, 40]
	],
	channel_late: [
		[2, 18],
		[20, 34]
	],
	missing: [
		[12, 50],
		[NEVER, NEVER]
	]
};

/** The plan of one report. */
export function planReport(
	report: {
		readonly designationId: number;
		readonly category: Category;
		readonly channelKind: ChannelKind;
		readonly year: number;
		readonly firstYear: boolean;
		readonly identityChange: string | null;
	},
	dates: YearDates
): ReportPlan {
	const chance = chanceOf(`plan/${report.designationId}/${report.year}`);
	const manner = mannerOf(report.designationId, report.year);
	const [[startLeast, startMost], [submitLeast, submitMost]] = DAYS[manner];
	const begins = manner !== 'missing' || chance.odds(0.45);
	const startDay = chance.whole(startLeast, startMost);
	const oddities = odditiesOf(report);
	const sent = manner === 'missing' ? null : Math.max(startDay + 1, chance.whole(submitLeast, submitMost));
	return {
		manner,
		startAt: begins ? atWork(dates.opensOn, startDay, chance) : null,
		submitAt: sent === null ? null : atWork(dates.opensOn, sent, chance),
		forwardNotBefore: manner === 'channel_late' ? startOf(addDays(dates.ministryDueOn, chance.whole(2, 20))).getTime() : 0,
		rounds: roundsOf(report, chance, manner, oddities, dates),
		oddities,
		lateReasonCode: chance.pick(['audit_unfinished', 'person_changed', 'figures_unsettled', 'technical'] as const)
	};
}

function odditiesOf(report: {
	readonly designationId: number;
	readonly category: Category;
	readonly year: number;
	readonly firstYear: boolean;
	readonly identityChange: string | null;
}): ReportOddities {
	const chance = chanceOf(`odd/${report.designationId}/${report.year}`);
	const drawn = chance.next();
	const manufacturing = report.category === 'manufacturing';
	const slipField: NumericFieldId = chance.pick(
		manufacturing ? (['revenue', 'informatisation', 'total_assets'] as const) : (['revenue', 'ito_executed', 'total_assets'] as const)
	);
	const confirmedField: NumericFieldId = manufacturing ? 'rd_spending' : 'profit';
	const slip = report.firstYear
		? null
		: drawn < 0.035
			? { field: slipField, factor: 10_000, confirmed: false }
			: drawn < 0.05
				? { field: confirmedField, factor: 10, confirmed: true }
				: null;
	return {
		slip,
		forecastMiss: chance.odds(0.1) ? chance.pick([0.34, 0.27, -0.26, -0.31]) : 0,
		restatedBy: slip === null && chance.odds(0.045) ? chance.pick([0.09, 0.13, -0.08]) : 0,
		identityChange: report.identityChange
	};
}

function roundsOf(
	report: { readonly channelKind: ChannelKind; readonly designationId: number },
	chance: Chance,
	manner: Manner,
	oddities: ReportOddities,
	dates: YearDates
): PlannedRound[] {
	const departments = departmentsOf(report.channelKind);
	const late = chance.pick(departments);
	const lateSign = startOf(addDays(dates.ministryDueOn, chance.whole(2, 22))).getTime() + chance.whole(9, 17) * 3_600_000;
	const hurried = manner === 'last_days' || manner === 'enterprise_late';
	const round = (returned: PlannedReturn | null, withdrawnAfter: number | null = null): PlannedRound => ({
		departments: departments.map((department) => {
			const openAfter = hurried ? chance.between(0.05, 1.2) : chance.between(0.2, 4);
			return {
				department,
				openAfter,
				signAfter: openAfter + (hurried ? chance.between(0.1, 2) : chance.between(0.3, 6)),
				notBefore: manner === 'department_late' && department === late ? lateSign : 0
			};
		}),
		withdrawnAfter,
		returned,
		mofcomAfter: chance.between(0.4, 6),
		miitAfter: chance.between(0.6, 9)
	});
	const back = (by: Department | Ministry, reasonCode: ReturnReason, comments: PlannedReturn['comments']): PlannedReturn => ({
		by,
		from: by === 'mofcom' || by === 'miit' ? (chance.odds(0.5) ? 'forwarded' : 'received') : 'submitted',
		reasonCode,
		comments,
		touchedAfter: chance.between(0.3, 2.5),
		answeredAfter: chance.between(2.6, 7)
	});
	const { slip, restatedBy } = oddities;
	const rounds: PlannedRound[] = [];
	if (chance.odds(0.04) && slip === null && restatedBy === 0) rounds.push(round(null, chance.between(0.4, 3)));
	if (slip && !slip.confirmed) {
		rounds.push(
			round(
				back(chance.pick(departments), 'figure_wrong', [{ answerKey: `${slip.field}@final`, remark: '与审计报告相差一万倍，疑为按元填写，请按万元更正。' }])
			)
		);
	} else if (restatedBy !== 0) {
		rounds.push(
			round(
				back(chance.pick(['mofcom', 'miit'] as const), 'figure_doubtful', [
					{ answerKey: 'revenue@final', remark: '与经审计的会计报表不一致，请按审计数更正。' },
					{ answerKey: 'profit@final', remark: '利润总额请一并核对。' }
				])
			)
		);
	} else if (chance.odds(0.13)) {
		rounds.push(round(back(chance.pick(departments), 'narrative_insufficient', [{ answerKey: null, remark: '业务开展情况较为笼统，请补充具体案例和数据。' }])));
	} else if (chance.odds(0.04)) {
		rounds.push(round(back(chance.pick(departments), 'seal_missing', [{ answerKey: null, remark: '缺少盖章页，请补传扫描件。' }])));
	}
	rounds.push(round(null));
	return rounds;
}

/** The instants at which a channel sends its letters in a year, oldest first. */
export function lettersOf(channelId: string, year: number, opensOn: Day): readonly number[] {
	const chance = chanceOf(`letters/${channelId}/${year}`);
	const days = [22, 29, 36, 43, 45].filter((days) => chance.odds(days < 43 ? 0.5 : 0.65)).map((days) => days + chance.whole(0, 1));
	return [...days, 50, 53, 61, 68, 76, 83, 104, 128, 150, 168, 178].map((days) => {
		const on = startOf(addDays(opensOn, days)).getTime();
		return on + chance.whole(14, 16) * 3_600_000 + chance.whole(0, 59) * 60_000;
	});
}

export function daysMs(days: number): number {
	return Math.round((days * DAY_MS) / 1000) * 1000;
}
