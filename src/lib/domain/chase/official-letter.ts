/**
 * What an official letter says of reports (方案第十一条; domain.md 2 and 4): who has not filed, in whose hands it is since when, until when, and whose the late
 * days are by the two clocks. A letter states and cites; it decides nothing, and it changes no report.
 */
import { addDays, dayInBeijing, daysBetween, type Day } from '#lib/domain/day.ts';
import { documentNumberOn, type DocumentNumber, type DocumentNumberProblem } from '#lib/domain/document-number.ts';
import type { Category, ChannelKind } from '#lib/domain/parties.ts';
import type { Court, ReportState } from '#lib/domain/report-state.ts';
import { courtOf, courtSince } from '#lib/domain/report/court.ts';
import { latenessOf, type Lateness, type Transition } from '#lib/domain/report/lateness.ts';
import type { ProgressCounts } from '#lib/domain/report/progress.ts';
import { standingReturn, type ReportCase } from '#lib/domain/report/report-case.ts';
import { dateWithin, effectiveDueOn, enterpriseDueOn, type ReportingYear } from '#lib/domain/report/reporting-year.ts';
import { partyDueOn } from './reminder-ladder.ts';

/** 催办函 asks for what is missing; 通报 tells every channel how all of them stand, and is the ministries' alone. */
export const LETTER_KINDS = ['urging', 'circular'] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

/** A department writes to its enterprises, a ministry to the channels. */
export type LetterTo = 'enterprises' | 'channels';

/** Signed by one office, or by both of a channel or of the ministries (会同): either may prepare it, and they are equals. */
export const SIGNERS = ['own', 'joint'] as const;
export type Signers = (typeof SIGNERS)[number];

/** Whether the red head is printed, or its room left for headed paper. */
export const HEADS = ['blank', 'printed'] as const;
export type LetterHead = (typeof HEADS)[number];

/** So many reports at most in one letter: what is longer nobody reads. */
export const LETTER_LINES_MOST = 2_000;

/** A letter tells how things stand when it is made: its date is not before, and lies near (非方案规定). */
export const LETTER_DATED_WITHIN_DAYS = 30;

/** One report, as a letter is written from it. */
export interface LetterReport {
	readonly id: string;
	readonly enterpriseName: string;
	readonly category: Category;
	readonly channelId: string;
	readonly case: ReportCase;
	/** The channel's own earlier date; null = the year's. */
	readonly channelOwnOn: Day | null;
	readonly transitions: readonly Transition[];
}

/** Why a report stands in no letter. */
export type LetterSkip = 'not_open' | 'done' | 'not_owed' | 'excuse_pending' | 'with_channel';

/** One report as a letter names it. */
export interface LetterLine {
	readonly reportId: string;
	readonly enterpriseName: string;
	readonly category: Category;
	readonly channelId: string;
	readonly channelKind: ChannelKind;
	readonly state: ReportState;
	readonly court: Court;
	/** Since when its holder has it. */
	readonly sinceOn: Day;
	/** Submitted once, and back with the enterprise: a letter that says "not submitted" of it would be wrong. */
	readonly returned: boolean;
	/** The date its holder acts by. */
	readonly ownDueOn: Day;
	/** The date at the ministries, with any extension: late is judged by it alone. */
	readonly ministryDueOn: Day;
	/** Days past the enterprise's own date, the first clock; 0 = not past, or not with the enterprise. */
	readonly daysPastOwn: number;
	/** Days past the ministries' date, the second clock, and whose they were: they add up. */
	readonly daysLate: number;
	readonly daysByOwner: Lateness['daysByOwner'];
}

/**
 * The report as a line, or why it has none: nobody is pressed for what is done, not owed, in a year that has not begun, or what a ministry has first to
 * decide; an enterprise is not pressed for what its channel holds.
 */
export function letterLineOf(report: LetterReport, to: LetterTo, now: Date): LetterLine | { readonly skip: LetterSkip } {
	const { case: of, channelOwnOn } = report;
	const today = dayInBeijing(now);
	const court = courtOf(of);
	const since = courtSince(of);
	if (today < of.year.opensOn) return { skip: 'not_open' };
	if (court === 'ministries' || court === 'nobody' || since === null) return { skip: 'done' };
	if (of.voluntary) return { skip: 'not_owed' };
	if (of.excusePending) return { skip: 'excuse_pending' };
	if (to === 'enterprises' && court !== 'enterprise') return { skip: 'with_channel' };
	const dueOn = effectiveDueOn(of.year, of.extensionOn, of.owedOn);
	const correctByOn = of.state === 'returned' ? (standingReturn(of)?.correctByOn ?? null) : null;
	const ownDueOn = partyDueOn({ ...of, court, channelOwnOn, correctByOn, courtSince: since }, of.year) ?? dueOn;
	const { daysLate, daysByOwner } = latenessOf(
		{
			dueOn,
			enterpriseDueOn: enterpriseDueOn(of.year, channelOwnOn, of.extensionOn, of.owedOn),
			firstSubmittedAt: of.firstSubmittedAt,
			firstOpinionAt: {},
			firstForwardedAt: of.firstForwardedAt,
			receivedAt: of.receivedAt,
			transitions: report.transitions,
			closedAt: null,
			unableToFile: false
		},
		now
	);
	return {
		reportId: report.id,
		enterpriseName: report.enterpriseName,
		category: report.category,
		channelId: report.channelId,
		channelKind: of.channelKind,
		state: of.state,
		court,
		sinceOn: dayInBeijing(since),
		returned: of.state === 'returned',
		ownDueOn,
		ministryDueOn: dueOn,
		daysPastOwn: court === 'enterprise' ? Math.max(0, daysBetween(ownDueOn, today)) : 0,
		daysLate,
		daysByOwner
	};
}

/** The lines of a letter in the order of the reports, and how many reports have none, by why: the two add up to all. */
export function letterLinesOf(
	reports: readonly LetterReport[],
	to: LetterTo,
	now: Date
): { readonly lines: readonly LetterLine[]; readonly skipped: Readonly<Partial<Record<LetterSkip, number>>> } {
	const lines: LetterLine[] = [];
	const skipped: Partial<Record<LetterSkip, number>> = {};
	for (const report of reports) {
		const judged = letterLineOf(report, to, now);
		if ('skip' in judged) skipped[judged.skip] = (skipped[judged.skip] ?? 0) + 1;
		else lines.push(judged);
	}
	return { lines, skipped };
}

/** Who of a channel's reports holds how many: the parts add up to `reports`. */
export interface HeldCounts {
	readonly reports: number;
	/** Not submitted, or returned. */
	readonly enterprise: number;
	/** Waiting for one department alone, or for both of a province. */
	readonly commerce: number;
	readonly industry: number;
	readonly departments: number;
	readonly group: number;
	/** Approved by all, not forwarded. */
	readonly channel: number;
	/** Of all these, past the ministries' date. */
	readonly late: number;
}

/** How many of these lie with whom. */
export function heldCounts(lines: readonly Pick<LetterLine, 'court' | 'daysLate'>[]): HeldCounts {
	const held = (court: Court) => lines.filter((line) => line.court === court).length;
	return {
		reports: lines.length,
		enterprise: held('enterprise'),
		commerce: held('commerce'),
		industry: held('industry'),
		departments: held('departments'),
		group: held('group'),
		channel: held('channel'),
		late: lines.filter(({ daysLate }) => daysLate > 0).length
	};
}

/** How a channel stands, for a letter to all: everything has come, or something is missing. */
export interface ChannelStanding {
	readonly channelId: string;
	readonly name: string;
	readonly counts: ProgressCounts;
}

/** Those of whom something is expected, parted: nothing is missing, or so much. The two add up to all. */
export function standingsOf<Standing extends Pick<ChannelStanding, 'counts'>>(
	channels: readonly Standing[]
): { readonly complete: readonly Standing[]; readonly missing: readonly Standing[] } {
	const expected = channels.filter(({ counts }) => counts.expected > 0);
	return { complete: expected.filter(({ counts }) => counts.missing === 0), missing: expected.filter(({ counts }) => counts.missing > 0) };
}

/**
 * Parts per thousand of a whole, in whole parts: never 1000 while something is missing, never 0 while there is something; null of nothing. A letter that says
 * 100 % of 999 of 1,000 would be untrue.
 */
export function honestPermille(part: number, whole: number): number | null {
	if (whole === 0) return null;
	if (part === whole) return 1_000;
	if (part === 0) return 0;
	return Math.min(999, Math.max(1, Math.round((part * 1_000) / whole)));
}

/** What an official types for a letter, and what of it is wrong, by field. */
export interface LetterWish {
	/** '' = not known yet: the office's own system gives it after signing. */
	readonly letterNo: string;
	readonly letterOn: string;
}

export type LetterProblem = `number_${DocumentNumberProblem}` | 'missing' | 'date_invalid' | 'date_out_of_range';

export interface LetterTerms {
	readonly number: DocumentNumber | null;
	readonly on: Day;
}

/** The number as the standard writes it, and a date from today on: what the letter tells of is how things stand today. */
export function letterTerms(wish: LetterWish, today: Day): LetterTerms | { readonly problems: Readonly<Partial<Record<keyof LetterWish, LetterProblem>>> } {
	const dated = dateWithin('letterOn', wish.letterOn, today, addDays(today, LETTER_DATED_WITHIN_DAYS));
	const dateProblem: LetterProblem | null =
		wish.letterOn.trim() === '' ? 'missing' : dated.ok ? null : dated.refusal.code === 'date_invalid' ? 'date_invalid' : 'date_out_of_range';
	const number = wish.letterNo.trim() === '' ? null : documentNumberOn(wish.letterNo, dated.ok ? dated.on : today);
	const problems = {
		...(typeof number === 'string' ? { letterNo: `number_${number}` as const } : {}),
		...(dateProblem === null ? {} : { letterOn: dateProblem })
	};
	if (Object.keys(problems).length > 0 || typeof number === 'string' || !dated.ok) return { problems };
	return { number, on: dated.on };
}

/** The year a letter is about, as it cites it. */
export type LetterYear = Pick<ReportingYear, 'year' | 'ministryDueOn' | 'departureNo'>;
