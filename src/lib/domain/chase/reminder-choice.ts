/**
 * The one plan of who is reminded and who is skipped why (domain.md 4; 非方案规定). The timetable, its dry run, the news of a year that opens, an office
 * that presses and the look at a mail as it leaves all ask here. Whoever gets nothing is named with a reason of skip-reason.ts.
 */
import { addDays, dayInBeijing, laterOf, type Day } from '#lib/domain/day.ts';
import { isDepartment, type Department, type Ministry } from '#lib/domain/parties.ts';
import type { Court } from '#lib/domain/report-state.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import { isWorkingDay, type WorkingCalendar } from '#lib/domain/working-calendar.ts';
import {
	audienceDueOn,
	audiencesBeside,
	audiencesOf,
	channelAudiencesOf,
	dueStep,
	handStep,
	idleStep,
	type Audience,
	type RemindedReport,
	type Step
} from './reminder-ladder.ts';
import type { ReminderPolicy } from './reminder-policy.ts';
import { recipientsOf, whyNotTo, type KnownContact, type KnownPerson, type ReminderRecipient } from './reminder-recipients.ts';
import type { SkipReason } from './skip-reason.ts';
import { ANNOUNCED_FOR_DAYS } from './timetable.ts';

/** What has been planned before; what was taken back never was. */
export interface PlannedBefore {
	readonly reportId: string;
	readonly step: Step;
	readonly partyDueOn: Day;
	readonly recipientKey: string;
	readonly plannedAt: Date;
	/** Given up before it left. */
	readonly dropped: boolean;
}

/** A report with everybody who may be meant by a reminder about it. */
export interface ReportInChoice {
	readonly id: string;
	readonly reminded: RemindedReport;
	readonly year: Pick<ReportingYear, 'opensOn' | 'channelDueOn' | 'ministryDueOn'>;
	readonly people: (audience: Audience) => readonly KnownPerson[];
	/** The enterprise's; they stand in for its people. */
	readonly contacts: readonly KnownContact[];
}

/** Why anybody is written to: the ladder's day has come, the year opens, or an office presses. */
export type Occasion =
	| { readonly by: 'timetable'; readonly calendar: WorkingCalendar }
	| { readonly by: 'opening' }
	| { readonly by: 'office'; readonly office: Department | Ministry };

export interface ChoiceTerms {
	readonly on: Day;
	readonly policy: ReminderPolicy;
	/** Made-up people are real recipients only in a demonstration. */
	readonly production: boolean;
}

export interface ChosenReminder<Report> {
	readonly report: Report;
	readonly audience: Audience;
	readonly step: Step;
	/** The day this audience must act by. */
	readonly dueOn: Day;
	readonly recipient: ReminderRecipient;
}

/** `audience` null = the whole report is left out; `name` null = everybody of the audience. */
export interface SkippedReminder<Report> {
	readonly report: Report;
	readonly audience: Audience | null;
	readonly step: Step | null;
	readonly name: string | null;
	readonly why: SkipReason;
}

export interface ReminderChoice<Report> {
	readonly send: readonly ChosenReminder<Report>[];
	readonly skipped: readonly SkippedReminder<Report>[];
}

/**
 * Who is reminded of what on a day, and who is not and why.
 *
 * @param before what was planned about these reports, and what went by hand today to whomever; for an office, all that went today
 */
export function chooseReminders<Report extends ReportInChoice>(
	reports: readonly Report[],
	occasion: Occasion,
	before: readonly PlannedBefore[],
	terms: ChoiceTerms
): ReminderChoice<Report> {
	const send: ChosenReminder<Report>[] = [];
	const skipped: SkippedReminder<Report>[] = [];
	const ofReport = Map.groupBy(before, ({ reportId }) => reportId);
	const writtenToday = new Set(before.filter((one) => spendsTheDay(one, occasion, terms.on)).map(({ recipientKey }) => recipientKey));
	for (const report of reports) {
		if (report.reminded.excusePending) {
			skipped.push({ report, audience: null, step: null, name: null, why: 'excuse_pending' });
			continue;
		}
		const earlier = ofReport.get(report.id) ?? [];
		const audiences = audiencesFor(occasion, report.reminded);
		if (audiences.length === 0)
			skipped.push({ report, audience: null, step: null, name: null, why: isOwn(occasion, report.reminded) ? 'own_office' : 'not_chased' });
		for (const audience of audiences) {
			const dueOn = audienceDueOn(report.reminded, audience, report.year);
			for (const { step, why } of stepsFor(occasion, report, earlier, terms)) {
				if (why !== null || step === null || dueOn === null) {
					skipped.push({ report, audience, step, name: null, why: why ?? 'not_chased' });
					continue;
				}
				const { to, leftOut } = recipientsOf(audience, report.people(audience), report.contacts, step, terms.policy, terms.production);
				if (to.length === 0 && leftOut.length === 0) skipped.push({ report, audience, step, name: null, why: 'nobody_known' });
				for (const one of leftOut) skipped.push({ report, audience, step, name: one.name, why: one.why });
				for (const recipient of to) {
					const whyNot = plannedAlready(step, dueOn, earlier, recipient) ?? (writtenToday.has(recipient.key) ? 'reminded_today' : null);
					if (whyNot === null) send.push({ report, audience, step, dueOn, recipient });
					else skipped.push({ report, audience, step, name: recipient.name, why: whyNot });
				}
			}
		}
	}
	return { send, skipped };
}

/** An office is not written to by itself; a ministry writes to the channel's departments; that a year opens concerns whoever has nothing in yet. */
function audiencesFor(occasion: Occasion, report: RemindedReport): readonly Audience[] {
	if (occasion.by === 'timetable') return audiencesOf(report);
	if (occasion.by === 'opening') return isNewsTo(report) ? audiencesOf(report) : [];
	return isDepartment(occasion.office) ? audiencesBeside(occasion.office, report) : channelAudiencesOf(report);
}

/** Whether the office that presses is the only one to hold the report. */
function isOwn(occasion: Occasion, report: RemindedReport): boolean {
	return occasion.by === 'office' && audiencesOf(report).some((audience) => audience === occasion.office);
}

/** Whether the opening of its year is news to the enterprise: it has submitted nothing. */
export function isNewsTo({ court, state }: Pick<RemindedReport, 'court' | 'state'>): boolean {
	return court === 'enterprise' && (state === 'not_started' || state === 'draft');
}

/**
 * Whether a reminder spends its recipient's day. By hand nobody is written to who was written to today; the timetable leaves alone whom an office has written
 * to, about whatever: its own letters of a day are one run. A step by hand is spent even where it was dropped: it cannot be planned twice.
 */
function spendsTheDay({ step, plannedAt, dropped }: PlannedBefore, occasion: Occasion, on: Day): boolean {
	if (occasion.by === 'opening') return false;
	if (step === handStep(on)) return true;
	return occasion.by === 'office' && !dropped && dayInBeijing(plannedAt) === on;
}

type StepToTake = { readonly step: Step | null; readonly why: SkipReason | null };

function stepsFor(occasion: Occasion, report: ReportInChoice, earlier: readonly PlannedBefore[], terms: ChoiceTerms): readonly StepToTake[] {
	if (occasion.by === 'opening') return [{ step: 'open', why: null }];
	if (occasion.by === 'office') return [{ step: handStep(terms.on), why: null }];
	const workingDay = isWorkingDay(terms.on, occasion.calendar);
	const rest: SkipReason | null = workingDay === null ? 'calendar_unknown' : workingDay ? null : 'not_a_working_day';
	return ladderSteps(report, earlier, terms, occasion.calendar).map(({ step, why }) => ({ step, why: why ?? rest }));
}

/** The step of the date, and beside it the one of a department's idleness. */
function ladderSteps(
	{ reminded, year }: ReportInChoice,
	earlier: readonly PlannedBefore[],
	{ on, policy }: ChoiceTerms,
	calendar: WorkingCalendar
): readonly StepToTake[] {
	const toldOn = toldOfDuty(reminded, earlier, on);
	if (toldOn === 'not_yet') return [{ step: null, why: 'opening_first' }];
	const found = dueStep(reminded, toldOn === null ? year : { ...year, opensOn: laterOf(year.opensOn, toldOn) }, policy, calendar, on);
	const ofDate: StepToTake = found.due === null ? { step: found.heldStep?.step ?? null, why: found.why } : { step: found.due.step, why: null };
	const idle = idleStep(reminded, policy, calendar, on);
	if (idle === null) return [ofDate];
	return [ofDate, idle === 'unknown' ? { step: null, why: 'calendar_unknown' } : { step: idleAgain(idle, reminded.courtSince, earlier), why: null }];
}

/**
 * The day an enterprise was told of a duty that came up in a year that had begun: the first letter says so, and no step before it is made up for.
 * Null for the others, who were told when the year opened. Where nobody could be told for as long as an opening is news, the ladder goes on.
 */
function toldOfDuty(report: RemindedReport, earlier: readonly PlannedBefore[], on: Day): Day | 'not_yet' | null {
	const { owedOn } = report;
	if (owedOn === null || !isNewsTo(report)) return null;
	const told = earlier
		.filter(({ step, dropped }) => step === 'open' && !dropped)
		.map(({ plannedAt }) => dayInBeijing(plannedAt))
		.sort();
	const toldOn = told[0] ?? (on >= addDays(owedOn, ANNOUNCED_FOR_DAYS) ? owedOn : null);
	return toldOn === null || on <= toldOn ? 'not_yet' : toldOn;
}

/**
 * A report that came back to a department is idle anew: its steps go on counting where those of the earlier time stopped, so that each stays one of its own.
 */
function idleAgain(step: Step, courtSince: Date | null, earlier: readonly PlannedBefore[]): Step {
	const before = earlier.filter((one) => courtSince !== null && one.plannedAt < courtSince).map((one) => idleDays(one.step));
	return `idle+${Math.max(0, ...before) + idleDays(step)}`;
}

function idleDays(step: Step): number {
	return step.startsWith('idle+') ? Number(step.slice('idle+'.length)) : 0;
}

function plannedAlready(step: Step, dueOn: Day, earlier: readonly PlannedBefore[], { key }: ReminderRecipient): 'already_sent' | 'overtaken' | null {
	// What went by hand today says "today", not "this step".
	if (step.startsWith('hand:')) return null;
	const toSame = earlier.filter(({ recipientKey, partyDueOn }) => recipientKey === key && partyDueOn === dueOn);
	if (toSame.some((one) => one.step === step)) return 'already_sent';
	const offset = offsetOf(step);
	return offset !== null && toSame.some((one) => (offsetOf(one.step) ?? -Infinity) > offset) ? 'overtaken' : null;
}

function offsetOf(step: Step): number | null {
	const found = /^T([+-]?\d+)$/.exec(step);
	return found ? Number(found[1]) : null;
}

/** A reminder as it was planned. */
export interface PlannedFor {
	readonly audience: Audience;
	readonly court: Court;
	readonly partyDueOn: Day;
	readonly step: string;
	readonly plannedAt: Date;
}

/** Its recipient as they are now. */
export interface RecipientNow {
	/** 'contact' = somebody the enterprise named, without account. */
	readonly kind: 'person' | 'contact';
	/** Sits in the enterprise or office the report belongs to, or is still among its contacts. */
	readonly there: boolean;
	readonly disabled: boolean;
	readonly synthetic: boolean;
}

/**
 * Why a planned reminder must not leave any more; null = it holds. Decided when it leaves: never to someone who left, never after the report went into
 * other hands or got another date, never to people made up for a demonstration once the system is in earnest.
 */
export function dropReason(
	planned: PlannedFor,
	report: RemindedReport,
	year: Pick<ReportingYear, 'channelDueOn' | 'ministryDueOn'>,
	recipient: RecipientNow,
	production: boolean
): SkipReason | null {
	if (report.excusePending) return 'excuse_pending';
	// Planned for a department while the enterprise held it: a ministry asked its channel to ring.
	const audiences: readonly Audience[] = planned.court === 'enterprise' && planned.audience !== 'enterprise' ? channelAudiencesOf(report) : audiencesOf(report);
	if (!audiences.includes(planned.audience) || !sameHolder(planned, report.court)) return 'court_changed';
	if (audienceDueOn(report, planned.audience, year) !== planned.partyDueOn) return 'date_moved';
	// A report that went and came back is not idle.
	if (planned.step.startsWith('idle') && report.courtSince !== null && report.courtSince > planned.plannedAt) return 'court_changed';
	const why = whyNotTo({ left: !recipient.there, disabled: recipient.disabled, synthetic: recipient.synthetic }, production);
	return why === 'left' && recipient.kind === 'contact' ? 'not_listed' : why;
}

/** A department that waits on alone after the other has signed still holds the same report for the same reason. */
function sameHolder({ audience, court }: PlannedFor, now: Court): boolean {
	if (court === now) return true;
	const shared: readonly Court[] = audience === 'commerce' || audience === 'industry' ? ['departments', audience] : [];
	return shared.includes(court) && shared.includes(now);
}
