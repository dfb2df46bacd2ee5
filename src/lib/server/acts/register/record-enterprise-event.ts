import { changesNothing, validateEventDay, type EnterpriseEventKind } from '#lib/domain/register/enterprise-event.ts';
import type { Day } from '#lib/domain/day.ts';
import { ministryOf } from '#lib/domain/parties.ts';
import { refuse, type Decision, type Refusal } from '#lib/domain/refusal.ts';
import { excuseByEvent } from '#lib/domain/report/report-exceptions.ts';
import { owes } from '#lib/domain/report/duty.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice, type ActorDb } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { recordStep, saveReport, type LockedReport } from '#lib/server/store/report/annual-report.ts';
import { decideStandingExcuse } from '#lib/server/store/report/excuse.ts';
import { loadPolicies, policyIn } from '#lib/server/store/report/policy.ts';
import { lockReportsOf, moveReports } from '#lib/server/store/report/enterprise-reports.ts';

export interface EnterpriseEventInput {
	readonly kind: EnterpriseEventKind;
	/** As typed. */
	readonly effectiveOn: string;
	/** The new name, for `renamed`. */
	readonly name: string;
	/** The new channel, for `moved`. */
	readonly channelId: string;
	/** What it rests on: the registration notice, the letter of the two provinces. */
	readonly note: string;
	/** The enterprise's row version on the screen. */
	readonly rowVersion: number;
}

export interface RecordedEvent {
	readonly eventId: string;
	/** Years whose reports took on the name or channel, or are no longer owed. */
	readonly years: readonly number[];
}

/**
 * Records a new name, a move to another channel, a merger or the end of an enterprise with the day it takes effect. Reports that were due
 * before that day, or that were forwarded once, stay with the name and channel they had (domain.md 1, 方案第十一条).
 */
export function recordEnterpriseEvent(actor: Actor, enterpriseId: string, input: EnterpriseEventInput): Promise<Decision<RecordedEvent>> {
	return asOffice(actor, 'recordEnterpriseEvent', async (db, now) => {
		const [enterprise] = await db.sql<{ id: string; name: string; channel_id: string; row_version: number; last_on: string | null; active: number | null }[]>`
			select e.id, e.name, e.channel_id, e.row_version,
				(select max(v.effective_on) from enterprise_event v where v.enterprise_id = e.id and v.kind = ${input.kind}) as last_on,
				(select count(*)::int from designation d where d.enterprise_id = e.id and d.status = 'active') as active
			from enterprise e where e.id = ${enterpriseId}::bigint and ${db.within.enterprise} for update of e`;
		if (!enterprise) return refuse({ code: 'not_found' });
		if (enterprise.row_version !== input.rowVersion) return refuse({ code: 'stale_version', expected: input.rowVersion, actual: enterprise.row_version });
		const dated = validateEventDay(input.effectiveOn, enterprise.last_on as Day | null, now);
		if (!dated.ok) return dated;

		const refusal = await refusalOf(db, input, enterprise);
		if (refusal) return refuse(refusal);

		const before = { name: enterprise.name, channelId: enterprise.channel_id };
		const after = { renamed: { name: input.name }, moved: { channelId: input.channelId }, merged: { status: 'ceased' }, ceased: { status: 'ceased' } }[
			input.kind
		];
		const [event] = await db.sql<{ id: string }[]>`
			insert into enterprise_event (enterprise_id, kind, effective_on, before, after, note, recorded_by)
			values (${enterprise.id}::bigint, ${input.kind}, ${dated.on}, ${JSON.stringify(before)}::text::jsonb, ${JSON.stringify(after)}::text::jsonb,
				${input.note}, ${actor.personId})
			returning id`;
		if (!event) throw new Error('the event was not stored');
		const years = await takeEffect(db, enterprise.id, dated.on, input, now);
		await writeJournal(db, {
			act: 'record-enterprise-event',
			objectKind: 'enterprise',
			objectId: enterprise.id,
			article: '11',
			before,
			after: { ...after, kind: input.kind, effectiveOn: dated.on, years }
		});
		return { ok: true, eventId: event.id, years };
	});
}

async function refusalOf(
	{ sql }: ActorDb,
	input: EnterpriseEventInput,
	known: { readonly name: string; readonly channel_id: string; readonly active: number | null }
): Promise<Refusal | null> {
	switch (input.kind) {
		case 'renamed': {
			const another = changesNothing(known.name, input.name);
			return another.ok ? null : another.refusal;
		}
		case 'moved': {
			const another = changesNothing(known.channel_id, input.channelId);
			if (!another.ok) return another.refusal;
			const [channel] = await sql<{ id: string }[]>`select id from channel where id = ${input.channelId}`;
			return channel ? null : { code: 'invalid_input', fields: { channelId: 'unknown' } };
		}
		case 'merged':
		case 'ceased':
			return (known.active ?? 0) === 0 ? { code: 'already_done' } : null;
	}
}

const yearOf = (report: LockedReport) => report.case.year.year;

async function takeEffect(db: ActorDb, enterpriseId: string, on: Day, input: EnterpriseEventInput, at: Date): Promise<number[]> {
	const change = { act: 'record-enterprise-event', at, effectiveOn: on };
	switch (input.kind) {
		case 'renamed':
			await db.sql`
				update enterprise e set former_names = concat_ws(chr(10), nullif(e.former_names, ''), e.name) where e.id = ${enterpriseId}::bigint`;
			return (await moveReports(db, enterpriseId, { ...change, name: input.name, channelId: null })).map(yearOf);
		case 'moved':
			return (await moveReports(db, enterpriseId, { ...change, name: null, channelId: input.channelId })).map(yearOf);
		case 'merged':
			return end(db, enterpriseId, on, 'merged', at);
		case 'ceased':
			return end(db, enterpriseId, on, 'closed', at);
	}
}

/**
 * Designations end with the day, nothing is deleted. A year no longer owed is excused where nothing was filed for it, and confirmed by being recorded here;
 * what was filed goes on.
 */
async function end(db: ActorDb, enterpriseId: string, on: Day, reason: 'closed' | 'merged', at: Date): Promise<number[]> {
	const { orgKind, personId, personName } = db.actor;
	const by = { ministry: ministryOf(orgKind), personId, personName, at };
	const ended = await db.sql<{ id: string; announced_on: string }[]>`
		update designation set status = 'ceased', ended_on = ${on}, row_version = row_version + 1
		where enterprise_id = ${enterpriseId}::bigint and status = 'active' returning id, announced_on`;
	await db.sql`update enterprise set row_version = row_version + 1 where id = ${enterpriseId}::bigint`;
	const announcedOf = new Map(ended.map(({ id, announced_on }) => [id, announced_on as Day]));
	const years: number[] = [];
	const reports = await lockReportsOf(db, enterpriseId);
	const policies = await loadPolicies(
		db,
		reports.map((report) => report.case.year.policyVersion)
	);
	for (const report of reports) {
		const announcedOn = announcedOf.get(report.designationId);
		const { year } = report.case;
		if (announcedOn === undefined || owes({ announcedOn, status: 'ceased', endedOn: on }, year, policyIn(policies, year.policyVersion))) continue;
		const decided = excuseByEvent(report.case);
		if (!decided.ok) continue;
		if (report.case.excusePending) await decideStandingExcuse(db, report.id, by, { verdict: 'confirmed', reason: null });
		await saveReport(db, report, decided.next);
		await recordStep(db, report, decided.next, { act: 'record-enterprise-event', at, detail: { reasonCode: reason } });
		years.push(yearOf(report));
	}
	return years;
}
