import { CHASE_LISTS, type ChaseList } from '#lib/domain/chase/chase-risk.ts';
import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import { departmentsOf, isDepartment, type ChannelKind, type Department } from '#lib/domain/parties.ts';
import { isRemindable } from '#lib/domain/chase/remind-by-hand.ts';
import { effectiveDueOn } from '#lib/domain/report/reporting-year.ts';
import { workingDaysUntil } from '#lib/domain/working-calendar.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { loadWorkingCalendar } from '#lib/server/store/chase/working-calendar.ts';
import { pageOfAll, type Page, type Place } from '#lib/server/reads/page.ts';
import { chaseFacts, comparePlaces, inView, sortKey, type ChaseFacts, type ChaseQuery } from './channel-chase-facts.ts';
import { chaseLog, type ChaseLine } from './channel-chase-log.ts';
import { chasePace, type ChasePace } from './channel-chase-pace.ts';
import { chaseRows, type ChaseRow } from './channel-chase-rows.ts';
import { channelYears, yearAsked, type ChannelYear } from './channel-year.ts';

export interface ChannelChase extends Page<ChaseRow> {
	readonly years: readonly number[];
	readonly year: ChannelYear | null;
	readonly departments: readonly Department[];
	readonly cohorts: readonly number[];
	/** Working days to each of the two dates; null = the calendar of a year between is not arranged. */
	readonly workingDays: { readonly own: number | null; readonly ministries: number | null };
	readonly pace: ChasePace;
	/** How many stand in each list under the filters, and in any of them. */
	readonly lists: Readonly<Record<ChaseList | 'all', number>>;
	/** Past the enterprises' date and not submitted; past the ministries' date and not forwarded. */
	readonly late: { readonly enterprises: number; readonly ministries: number };
	/** Submitted and without my office's opinion. */
	readonly toSign: number;
	readonly total: number;
	/** How many in view somebody else than this office holds. */
	readonly remindable: number;
	/** The report whose log lies open, and the log. */
	readonly open: { readonly row: ChaseRow; readonly lines: readonly ChaseLine[] } | null;
}

const NOTHING = {
	cohorts: [],
	workingDays: { own: null, ministries: null },
	pace: { funnel: {}, years: [] },
	lists: { all: 0, not_started: 0, unfinished: 0, waiting: 0, overdue: 0 },
	late: { enterprises: 0, ministries: 0 },
	toSign: 0,
	rows: [],
	total: 0,
	remindable: 0,
	next: null,
	previous: null,
	open: null
};

/** Powers /channel/chase. Six questions, however many reports; the funnel and the pace come from the kept counts. */
export function channelChase(actor: Actor, query: ChaseQuery, now: Date): Promise<ChannelChase> {
	return asActor(
		actor,
		async (db) => {
			const years = await channelYears(db, actor.channelId ?? '');
			const year = yearAsked(years, query.year) ?? null;
			const channelKind: ChannelKind = actor.orgKind === 'group' ? 'central_group' : 'province';
			const known = { years: years.map((one) => one.year), year, departments: departmentsOf(channelKind) };
			if (year === null) return { ...NOTHING, ...known };
			const today = dayInBeijing(now);
			// Everything is read although a list may ask for less: the drawer shows a report that has just left the list.
			const facts = await chaseFacts(db, year, query, true, now, today);
			const pace = await chasePace(db, years, year, query, today);
			const calendar = await loadWorkingCalendar(db);
			const listed = arranged(facts, query);
			const page = pageOfAll(listed, query, comparePlaces(query.sort, query.descending), ({ key, id }) => ({ key, id }));
			const opened = query.open === null ? undefined : facts.find(({ id }) => id === query.open);
			const shown = page.rows.map(({ facts: one }) => one);
			const rows = await chaseRows(db, opened && !shown.includes(opened) ? [...shown, opened] : shown, year, now);
			const openRow = opened && rows.find(({ id }) => id === opened.id);
			return {
				...known,
				cohorts: [...new Set(facts.map(({ cohortYear }) => cohortYear))].sort((a, b) => a - b),
				workingDays: { own: workingDaysUntil(today, year.dueOn, calendar), ministries: workingDaysUntil(today, year.ministryDueOn, calendar) },
				pace,
				lists: listCounts(facts),
				late: lateCounts(facts, year, today),
				toSign: facts.filter(
					({ report, signed }) => report.state === 'submitted' && report.court !== 'nobody' && !signed.some((department) => department === actor.orgKind)
				).length,
				rows: rows.slice(0, shown.length),
				total: listed.length,
				remindable: listed.filter(({ facts: { report } }) => isDepartment(actor.orgKind) && isRemindable(report, actor.orgKind)).length,
				next: page.next,
				previous: page.previous,
				open: openRow ? { row: openRow, lines: await chaseLog(db, openRow.id) } : null
			};
		},
		{ readOnly: true }
	);
}

/** Powers /channel/chase/export: the same filters and order, every page. */
export function channelChaseForExport(
	actor: Actor,
	query: ChaseQuery,
	now: Date
): Promise<{ readonly year: ChannelYear | null; readonly rows: readonly ChaseRow[] }> {
	return asActor(
		actor,
		async (db) => {
			const year = yearAsked(await channelYears(db, actor.channelId ?? ''), query.year) ?? null;
			if (year === null) return { year, rows: [] };
			const facts = await chaseFacts(db, year, query, query.stage !== null, now, dayInBeijing(now));
			return {
				year,
				rows: await chaseRows(
					db,
					arranged(facts, query).map(({ facts: one }) => one),
					year,
					now
				)
			};
		},
		{ readOnly: true }
	);
}

interface Placed extends Place {
	readonly facts: ChaseFacts;
}

/** Those in view, in the order asked for. */
export function arranged(facts: readonly ChaseFacts[], query: Pick<ChaseQuery, 'list' | 'stage' | 'sort' | 'descending'>): Placed[] {
	return facts
		.filter((one) => inView(one, query))
		.map((one) => ({ key: sortKey(one, query.sort), id: one.id, facts: one }))
		.sort(comparePlaces(query.sort, query.descending));
}

function listCounts(facts: readonly ChaseFacts[]): ChannelChase['lists'] {
	const counts = Object.fromEntries(CHASE_LISTS.map((list) => [list, facts.filter(({ risk }) => risk.lists.includes(list)).length])) as Record<
		ChaseList,
		number
	>;
	return { ...counts, all: facts.filter(({ risk }) => risk.lists.length > 0).length };
}

/** The two kinds of lateness (domain.md 2): an enterprise past its own date, and a report not forwarded by the ministries' date, whoever holds it. */
function lateCounts(facts: readonly ChaseFacts[], year: ChannelYear, today: Day): ChannelChase['late'] {
	const open = facts.filter(({ risk }) => risk.lists.length > 0);
	return {
		enterprises: open.filter(({ report, risk }) => report.court === 'enterprise' && risk.lists.includes('overdue')).length,
		ministries: open.filter(({ report, firstForwardedAt }) => firstForwardedAt === null && effectiveDueOn(year, report.extensionOn, report.owedOn) < today)
			.length
	};
}
