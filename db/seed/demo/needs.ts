import { readContent } from '#lib/domain/form/report-content.ts';
import { NEED_KINDS, type NeedKind, type NeedOffice } from '#lib/domain/need-state.ts';
import { answerNeed, NEED_FIELDS, needAfterForwarding, passOnNeed, takeUpNeed, type Need, type NeedActor } from '#lib/domain/report/need.ts';
import type { Decision } from '#lib/domain/refusal.ts';
import { NEED_ANSWERS, NEED_PASSED } from './narratives.ts';
import type { DemoOffice } from './parties.ts';
import { chanceOf } from './random.ts';
import type { DemoRegister } from './register.ts';
import { iso, journalLine, type Harvest, type Row } from './rows.ts';

const DAY = 86_400_000;

/**
 * What the forwarded reports ask for (方案第十二条), led through its life by the domain's own moves up to `until`: older years mostly answered, the running
 * one in every state.
 */
export function harvestNeeds(register: DemoRegister, harvest: Harvest, until: number): void {
	const forwarded = harvest.rows.annual_report_version.filter((row) => typeof row['forwarded_at'] === 'string');
	const ofReport = new Map<unknown, Row[]>();
	for (const row of forwarded) ofReport.set(row['report_id'], [...(ofReport.get(row['report_id']) ?? []), row]);
	const newest = Math.max(...harvest.rows.annual_report.map((row) => Number(row['year'])));
	let [needs, answers] = [0, 0];
	for (const report of harvest.rows.annual_report) {
		const versions = (ofReport.get(report['id']) ?? []).toSorted((a, b) => Number(a['no']) - Number(b['no']));
		for (const kind of NEED_KINDS) {
			const life = lead(register, harvest, { report, versions, kind, id: needs + 1, until, closing: Number(report['year']) < newest }, () => (answers += 1));
			if (life) needs += 1;
		}
	}
}

interface Given {
	readonly report: Row;
	/** The forwarded ones, oldest first. */
	readonly versions: readonly Row[];
	readonly kind: NeedKind;
	readonly id: number;
	readonly until: number;
	/** Of a year that is over: hardly anything is left open. */
	readonly closing: boolean;
}

function lead(register: DemoRegister, harvest: Harvest, { report, versions, kind, id, until, closing }: Given, answerId: () => number): boolean {
	const chance = chanceOf(`need/${String(report['id'])}/${kind}`);
	const [first, ...later] = versions;
	const textOf = (row: Row) => readContent(String(row['content'])).answers[NEED_FIELDS[kind]] ?? '';
	let need = first ? needAfterForwarding(null, { text: textOf(first), versionNo: Number(first['no']) }) : null;
	if (!first || need === null) return false;
	const channelId = String(report['channel_id']);
	let saidAt = Date.parse(String(first['forwarded_at']));
	let [since, at] = [saidAt, saidAt];
	let name: string | null = null;
	const entries: (() => void)[] = [];
	const act = (office: DemoOffice, act: string, next: Need, after: Row) => {
		const [when, before] = [at, { state: need?.state, office: need?.office }];
		entries.push(() =>
			harvest.journal.push(journalLine(office, office.handler, when, { act, objectKind: 'report_need', objectId: String(id), article: '12', before, after }))
		);
		[need, since, name] = [next, at, next.personId === null ? null : office.handler.name];
	};
	const officeFor = (office: NeedOffice): DemoOffice =>
		officeIn(register, office === 'channel' ? (chance.odds(0.6) ? 'commerce' : 'industry') : office, office === 'channel' ? channelId : null);
	const by = (office: NeedOffice, at: DemoOffice): NeedActor => ({ office, personId: at.handler.id });
	/** Goes on to a later moment; false when that lies ahead. */
	const wait = (days: number): boolean => {
		const next = at + Math.round(days * DAY);
		if (next >= until || next >= Date.parse(String(later[0]?.['forwarded_at'] ?? '9999-12-31T00:00:00Z'))) return false;
		at = next;
		return true;
	};
	let office: NeedOffice = chance.odds(0.6) ? 'mofcom' : 'miit';
	let sits = officeFor(office);
	const answerIt = () => {
		const text = chance.pick(NEED_ANSWERS[kind]);
		const done = accepted(answerNeed(need as Need, by(office, sits), { text, versionNo: (need as Need).versionNo, before: null }));
		harvest.rows.report_need_answer.push({
			id: answerId(),
			need_id: id,
			version_no: (need as Need).versionNo,
			text: done.text,
			by_kind: sits.kind,
			person_id: sits.handler.id,
			person_name: sits.handler.name,
			answered_at: iso(at)
		});
		act(sits, 'answer-need', done.next, { state: 'answered', office, version: done.next.versionNo, answer: done.text });
	};
	if ((closing || chance.odds(0.75)) && wait(chance.between(0.4, closing ? 20 : 6))) {
		act(sits, 'take-up-need', accepted(takeUpNeed(need, by(office, sits))).next, { state: 'taken_up', office });
		if (chance.odds(0.3) && wait(chance.between(0.2, 4))) {
			const to: NeedOffice = chance.odds(0.75) ? 'channel' : office === 'mofcom' ? 'miit' : 'mofcom';
			const passed = accepted(passOnNeed(need, by(office, sits), to, chance.pick(NEED_PASSED)));
			act(sits, 'pass-on-need', passed.next, { state: 'passed_on', office: to, remark: passed.next.passedRemark });
			office = to;
			sits = officeFor(to);
		}
		if ((closing ? chance.odds(0.95) : chance.odds(0.55)) && wait(chance.between(0.5, closing ? 40 : 8))) answerIt();
	}
	for (const row of later) {
		const next: Need | null = needAfterForwarding(need, { text: textOf(row), versionNo: Number(row['no']) });
		if (next === null || next === need) continue;
		need = next;
		saidAt = since = at = Date.parse(String(row['forwarded_at']));
	}
	for (const entry of entries) entry();
	harvest.rows.report_need.push({
		id,
		report_id: report['id'],
		kind,
		year: report['year'],
		category: report['category'],
		channel_id: channelId,
		enterprise_id: report['enterprise_id'],
		text: need.text,
		version_no: need.versionNo,
		said_at: iso(saidAt),
		state: need.state,
		office: need.office,
		person_id: need.personId,
		person_name: need.personId === null ? null : name,
		since_at: iso(since),
		passed_remark: need.passedRemark,
		row_version: 1
	});
	return true;
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
