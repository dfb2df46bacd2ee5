import { addDays, dayInBeijing } from '#lib/domain/day.ts';
import { METRICS, type FigureBasis, type FigureRow } from '#lib/domain/form/figure-metric.ts';
import type { HistoryRow } from '#lib/domain/form/figures.ts';
import { CATEGORIES, type Category } from '#lib/domain/parties.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import type { Decision } from '#lib/domain/refusal.ts';
import type { FollowUpEntry } from '#lib/domain/follow-up-state.ts';
import { acceptFollowUp, answerFollowUp, askedComparison, askFollowUp, askFollowUpAgain, passOnFollowUp, type FollowUp } from '#lib/domain/trend/follow-up.ts';
import { OUTLIER_RULE } from '#lib/domain/trend/outlier.ts';
import { outlierRows, type OutlierRow } from '#lib/domain/trend/outlier-list.ts';
import { metricsOf } from '#lib/domain/trend/trend-metric.ts';
import type { Member } from '#lib/domain/trend/trend-point.ts';
import { FOLLOW_UP_ANSWERS, FOLLOW_UP_QUESTIONS } from './narratives.ts';
import type { DemoOffice } from './parties.ts';
import { chanceOf } from './random.ts';
import type { DemoRegister } from './register.ts';
import { iso, journalLine, type Harvest, type Row } from './rows.ts';

const DAY = 86_400_000;
/** So many figures are asked about: enough for every state, few enough to be read. */
const ASKED = 10;

/**
 * Figures of the last report year that is over, as far outside as the rule finds them, asked about and led through their life by the domain's own moves up to
 * `until`: each of them another stretch of the way.
 */
export function harvestFollowUps(register: DemoRegister, harvest: Harvest, until: number): void {
	const newest = Math.max(...harvest.rows.annual_report.map((row) => Number(row['year'])));
	const members = membersOf(harvest);
	const found = CATEGORIES.flatMap((category) =>
		metricsOf(category).flatMap((metric) =>
			outlierRows(members, metric, newest - 2, 'final', {
				category,
				channels: null,
				policyOf: () => DEFAULT_POLICY,
				definitionBreaks: [],
				closedThrough: newest - 1,
				asOf: dayInBeijing(new Date(until))
			})
		)
	);
	// One of each enterprise, in an order drawn once: not all about one metric.
	const drawn = [...Map.groupBy(found, ({ designationId }) => designationId).values()].flatMap((own) => own.slice(0, 1));
	drawn.sort((a, b) => chanceOf(`asked/${a.designationId}`).next() - chanceOf(`asked/${b.designationId}`).next());
	let [cases, entries] = [0, 0];
	for (const row of drawn.slice(0, ASKED)) if (lead(register, harvest, row, until, cases + 1, () => (entries += 1))) cases += 1;
}

function membersOf(harvest: Harvest): readonly Member[] {
	const spoken = new Map<unknown, number>();
	for (const version of harvest.rows.annual_report_version)
		if (typeof version['forwarded_at'] === 'string') spoken.set(version['report_id'], Math.max(spoken.get(version['report_id']) ?? 0, Number(version['no'])));
	const yearOf = new Map(harvest.rows.annual_report.map((row) => [row['id'], Number(row['year'])]));
	const stated = Map.groupBy(
		harvest.rows.annual_figure.filter((row) => spoken.get(row['report_id']) === row['version_no']),
		(row) => row['designation_id']
	);
	const reports = Map.groupBy(harvest.rows.annual_report, (row) => row['designation_id']);
	return [...reports].map(([designationId, own]): Member => ({
		designationId: String(designationId),
		enterpriseId: String(own[0]?.['enterprise_id']),
		category: own[0]?.['category'] as Category,
		history: (stated.get(designationId) ?? []).map((row): HistoryRow => ({
			forYear: Number(row['figure_year']),
			basis: row['basis'] as FigureBasis,
			reportYear: yearOf.get(row['report_id']) ?? 0,
			row: Object.fromEntries(METRICS.map(({ metric, fieldId, kind }) => [metric, row[kind === 'money' ? `${fieldId}_wan` : fieldId] ?? null])) as FigureRow
		})),
		reports: new Map(
			own.map((row) => [Number(row['year']), { owed: true, forwarded: spoken.has(row['id']), corrected: false, channelId: String(row['channel_id']) }])
		)
	}));
}

function lead(register: DemoRegister, harvest: Harvest, outlier: OutlierRow, until: number, id: number, entryId: () => number): boolean {
	const chance = chanceOf(`follow-up/${outlier.designationId}/${outlier.metric}`);
	const report = harvest.rows.annual_report.find(
		(row) => String(row['designation_id']) === outlier.designationId && Number(row['year']) === outlier.reportYear
	);
	const versions = harvest.rows.annual_report_version.filter((row) => row['report_id'] === report?.['id'] && typeof row['forwarded_at'] === 'string');
	const version = versions.toSorted((a, b) => Number(a['no']) - Number(b['no'])).at(-1);
	const comparison = askedComparison(outlier.inCategory, outlier.asStep);
	if (!report || !version || comparison === null) return false;
	const channelId = String(report['channel_id']);
	// So far back that the whole way fits, so late that some of it is still to come.
	let at = Math.max(Date.parse(String(version['forwarded_at'])) + DAY, until - chance.between(2, 45) * DAY);
	if (at >= until) return false;
	const ministry = officeIn(register, chance.odds(0.6) ? 'mofcom' : 'miit', null);
	const department = officeIn(register, chance.odds(0.5) ? 'commerce' : 'industry', channelId);
	const firm = register.enterprises.find(({ id: firmId }) => firmId === Number(report['enterprise_id']))?.office;
	if (!firm) return false;
	const dueOn = (days: number) => addDays(dayInBeijing(new Date(at)), days);
	const asked = accepted(askFollowUp({ text: chance.pick(FOLLOW_UP_QUESTIONS), dueOn: dueOn(14) }, dayInBeijing(new Date(at))));
	const askedAt = at;
	let followUp: FollowUp = asked.next;
	let [since, answeredAt] = [at, null as number | null];
	const lines: (() => void)[] = [];
	const say = (office: DemoOffice, act: string, kind: FollowUpEntry, decided: { readonly next: FollowUp; readonly text: string }) => {
		const [when, before, { next, text }] = [at, followUp.state, decided];
		const question = kind === 'question' ? { value: outlier.value, due_on: next.dueOn } : { value: null, due_on: null };
		lines.push(() => {
			harvest.rows.follow_up_entry.push({
				id: entryId(),
				follow_up_id: id,
				round: next.round,
				kind,
				text,
				...question,
				by_kind: office.kind,
				person_id: office.handler.id,
				person_name: office.handler.name,
				at: iso(when)
			});
			const entry = { act, objectKind: 'follow_up', objectId: String(id), article: 'system', after: { state: next.state } };
			harvest.journal.push(journalLine(office, office.handler, when, act === 'ask-follow-ups' ? entry : { ...entry, before: { state: before } }));
		});
		[followUp, since, answeredAt] = [next, when, kind === 'answer' ? when : kind === 'question' ? null : answeredAt];
	};
	/** Goes on to a later moment; false when that lies ahead. */
	const wait = (days: number): boolean => {
		if (at + days * DAY >= until) return false;
		at += Math.round(days * DAY);
		return true;
	};
	say(ministry, 'ask-follow-ups', 'question', asked);
	if (wait(chance.between(0.5, 4))) {
		if (chance.odds(0.7)) {
			say(department, 'pass-on-follow-up', 'passed_on', accepted(passOnFollowUp(followUp, 'channel', '')));
			if (wait(chance.between(1, 9))) say(firm, 'answer-follow-up', 'answer', accepted(answerFollowUp(followUp, 'enterprise', chance.pick(FOLLOW_UP_ANSWERS))));
		} else say(department, 'answer-follow-up', 'answer', accepted(answerFollowUp(followUp, 'channel', chance.pick(FOLLOW_UP_ANSWERS))));
	}
	if (followUp.state === 'answered' && chance.odds(0.7) && wait(chance.between(1, 6))) {
		if (chance.odds(0.3)) {
			const again = { text: chance.pick(FOLLOW_UP_QUESTIONS), dueOn: dueOn(10) };
			say(ministry, 'ask-follow-up-again', 'question', accepted(askFollowUpAgain(followUp, 'ministries', again, dayInBeijing(new Date(at)))));
		} else say(ministry, 'accept-follow-up', 'accepted', accepted(acceptFollowUp(followUp, 'ministries', '')));
	}
	harvest.rows.follow_up.push(caseRow(id, outlier, report, version, comparison, { followUp, askedAt, since, answeredAt }));
	for (const line of lines) line();
	return true;
}

function caseRow(
	id: number,
	outlier: OutlierRow,
	report: Row,
	version: Row,
	{ comparison, n }: NonNullable<ReturnType<typeof askedComparison>>,
	{
		followUp,
		askedAt,
		since,
		answeredAt
	}: { readonly followUp: FollowUp; readonly askedAt: number; readonly since: number; readonly answeredAt: number | null }
): Row {
	return {
		id,
		designation_id: report['designation_id'],
		metric: outlier.metric,
		year: outlier.year,
		basis: outlier.basis,
		report_id: report['id'],
		report_year: report['year'],
		version_no: version['no'],
		category: report['category'],
		channel_id: report['channel_id'],
		enterprise_id: report['enterprise_id'],
		value: outlier.value,
		rule: OUTLIER_RULE.code,
		comparison,
		n,
		state: followUp.state,
		round: followUp.round,
		due_on: followUp.dueOn,
		asked_at: iso(askedAt),
		since_at: iso(since),
		answered_at: iso(answeredAt),
		row_version: 1
	};
}

/** A group has one office where a province has two departments. */
function officeIn(register: DemoRegister, kind: string, channelId: string | null): DemoOffice {
	const found =
		register.offices.find((office) => office.kind === kind && office.channelId === channelId) ??
		register.offices.find((office) => office.kind === 'group' && office.channelId === channelId);
	if (!found) throw new Error(`no office ${kind} of ${channelId ?? 'the country'}`);
	return found;
}

function accepted<T extends object>(decision: Decision<T>): T {
	if (!decision.ok) throw new Error(`a demonstration move was refused: ${JSON.stringify(decision.refusal)}`);
	return decision;
}
