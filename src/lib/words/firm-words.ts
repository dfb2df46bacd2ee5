/** An enterprise over the years, in words: what happened when, and where its figures stand. */
import type { Day } from '#lib/domain/day.ts';
import { dayInBeijing } from '#lib/domain/day.ts';
import { FOLLOW_UP_UNANSWERED } from '#lib/domain/follow-up-state.ts';
import type { FollowUpState } from '#lib/domain/follow-up-state.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { YearOutcome } from '#lib/domain/report/year-outcome.ts';
import type { OwnPlace } from '#lib/domain/trend/own-place.ts';
import { m } from '#lib/paraglide/messages.js';
import { quarterWord } from './benchmark-words.ts';
import { eventSentence, eventWord } from './event-words.ts';
import { followUpStateMark } from './follow-up-words.ts';
import { fieldLabel, valueText } from './form-words.ts';
import { formatDay, formatNumber } from './format.ts';
import { outcomeText, timelinessMark } from './standing-words.ts';
import { yearAndBasis } from './trend-words.ts';
import { categoryWord, type Tone } from './words.ts';

/** Something that happened, as the timeline of ui/kit shows it. */
export interface FirmEntry {
	id: string;
	when: string;
	what: string;
	tone?: Tone;
	href?: string;
	note?: string;
	who?: string;
}

export interface FirmFacts {
	readonly designations: readonly {
		readonly id: string;
		readonly category: Category;
		readonly cohortYear: number;
		readonly announcedOn: Day;
		readonly announcementNo: string;
		readonly endedOn: Day | null;
		readonly reports: readonly {
			readonly id: string;
			readonly year: number;
			readonly outcome: YearOutcome;
			readonly lateness: {
				readonly daysLate: number;
				readonly submitted: { readonly at: Date | null };
				readonly forwarded: { readonly at: Date | null };
			};
		}[];
	}[];
	readonly events: readonly {
		readonly id: string;
		readonly kind: string;
		readonly on: Day;
		readonly note: string | null;
		readonly before: Readonly<Record<string, unknown>>;
		readonly after: Readonly<Record<string, unknown>>;
		readonly recordedBy: string;
	}[];
	readonly matters: {
		readonly extensions: readonly {
			readonly id: string;
			readonly year: number;
			readonly reportId: string;
			readonly askedAt: string;
			readonly untilOn: string;
			readonly outcome: 'granted' | 'refused' | null;
			readonly withdrawn: boolean;
		}[];
		readonly excuses: readonly {
			readonly id: string;
			readonly year: number;
			readonly reportId: string;
			readonly declaredAt: string;
			readonly verdict: 'confirmed' | 'refused' | null;
			readonly lifted: boolean;
		}[];
		readonly followUps: readonly {
			readonly id: string;
			readonly metric: string;
			readonly year: number;
			readonly basis: FigureBasis;
			readonly state: FollowUpState;
			readonly askedAt: string;
		}[];
	};
}

interface Dated extends Omit<FirmEntry, 'when'> {
	readonly on: Day;
}

/** From the designation to now, newest first: reports with how they went, events, extensions, inability to file, questions. */
export function firmTimeline(firm: FirmFacts, channelName: (id: unknown) => string): readonly FirmEntry[] {
	const dated = [...firm.designations.flatMap(designationEntries), ...firm.events.map(eventEntry), ...matterEntries(firm.matters)];
	return dated
		.filter(({ id }) => !id.startsWith('event:designated:'))
		.sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0))
		.map(({ on, ...entry }) => ({ ...entry, when: formatDay(on, false) }));

	function eventEntry(event: FirmFacts['events'][number]): Dated {
		const note = [eventSentence(event, channelName), event.note].filter(Boolean).join(' · ');
		return { id: `event:${event.kind}:${event.id}`, on: event.on, what: eventWord(event.kind), who: event.recordedBy, tone: 'info', ...(note && { note }) };
	}
}

function designationEntries({ id, category, cohortYear, announcedOn, announcementNo, endedOn, reports }: FirmFacts['designations'][number]): readonly Dated[] {
	const words = { category: categoryWord[category](), cohort: cohortYear };
	return [
		{ id: `designated:${id}`, on: announcedOn, what: m.firm_designated(words), note: announcementNo, tone: 'ok' },
		...(endedOn === null ? [] : [{ id: `ended:${id}`, on: endedOn, what: m.firm_ended(words), tone: 'late' as const }]),
		...reports.flatMap((report): Dated[] => {
			const at = report.lateness.forwarded.at ?? report.lateness.submitted.at;
			// What has not come yet has not happened.
			if (at === null) return [];
			return [
				{
					id: `report:${report.id}`,
					on: dayInBeijing(at),
					what: m.firm_report({ year: report.year, category: categoryWord[category](), outcome: reportOutcomeText(report) }),
					tone: timelinessMark[report.outcome].tone,
					href: `/ministry/reports/${report.id}`
				}
			];
		})
	];
}

/** How a year went, with the days where it was late: the word of badge, timeline and sheet. */
export const reportOutcomeText = ({ outcome, lateness }: FirmFacts['designations'][number]['reports'][number]): string =>
	outcome === 'late' ? m.ministry_days_late({ days: lateness.daysLate }) : outcomeText(outcome, lateness.submitted.at);

function matterEntries({ extensions, excuses, followUps }: FirmFacts['matters']): readonly Dated[] {
	return [
		...extensions.map((one): Dated => ({
			id: `extension:${one.id}`,
			on: dayInBeijing(new Date(one.askedAt)),
			what: m.firm_extension({ year: one.year, until: formatDay(one.untilOn, false) }),
			note: one.withdrawn
				? m.firm_withdrawn()
				: { granted: m.firm_extension_granted, refused: m.firm_extension_refused, none: m.firm_waiting }[one.outcome ?? 'none'](),
			href: `/ministry/reports/${one.reportId}`
		})),
		...excuses.map((one): Dated => ({
			id: `excuse:${one.id}`,
			on: dayInBeijing(new Date(one.declaredAt)),
			what: m.firm_excuse({ year: one.year }),
			note: one.lifted
				? m.firm_excuse_lifted()
				: { confirmed: m.firm_excuse_confirmed, refused: m.firm_excuse_refused, none: m.firm_waiting }[one.verdict ?? 'none'](),
			href: `/ministry/reports/${one.reportId}`
		})),
		...followUps.map((one): Dated => ({
			id: `question:${one.id}`,
			on: dayInBeijing(new Date(one.askedAt)),
			what: m.firm_question({ figure: questionText(one) }),
			note: followUpStateMark[one.state].word(),
			tone: FOLLOW_UP_UNANSWERED.includes(one.state) ? 'warn' : 'plain',
			href: `/ministry/follow-ups/${one.id}`
		}))
	];
}

/** Which figure a question is about. */
export const questionText = ({ metric, year, basis }: { readonly metric: string; readonly year: number; readonly basis: FigureBasis }): string =>
	m.firm_question_figure({ metric: fieldLabel(metric), year: yearAndBasis(year, basis) });

/** Where a figure stands in its category, on how many; under five no quarter is named. */
export function placeText({ year, quarter, distribution }: OwnPlace): string {
	const words = { year: yearAndBasis(year, 'final'), n: formatNumber(distribution.n) };
	return quarter === null ? m.firm_place_few(words) : m.firm_place_said({ ...words, quarter: quarterWord[quarter]() });
}

/** The dots of a group too small for quartiles, in words. */
export const dotsSaid = ({ metric, distribution }: OwnPlace): readonly string[] =>
	distribution.kind === 'dots' ? distribution.values.map((value) => valueText(metric, value)) : [];
