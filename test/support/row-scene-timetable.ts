import type { Actor } from '#lib/server/actor.ts';
import type { TestDatabase } from './database.ts';

interface Firm {
	readonly reportId: string;
	readonly enterpriseId: string;
	readonly filer: Actor;
}

/** One row of every kind the timetable knows, for each firm or office it can belong to. The fourth firm is a group's. */
export async function setTimetableScene({ adminSql: sql }: Pick<TestDatabase, 'adminSql'>, firms: readonly Firm[]): Promise<void> {
	await sql`insert into job_run (job, run_key, claimed_by) values ('remind', '2026-11-27', 'test')`;
	await sql`insert into reminder_policy (version, valid_from_on, content, made_by, made_by_name) values (1, '2026-01-01', '{}', 'p', 'p')`;
	await sql`insert into working_calendar (year, version, source, entered_by, entered_by_name) values (2090, 1, 'test', 'p', 'p')`;
	await sql`insert into working_calendar_day (year, version, on_day, kind, name) values (2090, 1, '2090-10-01', 'holiday', 'x')`;
	// One day of one year stands for all the seeded ones.
	for (const table of ['working_calendar_day', 'working_calendar']) {
		await sql`alter table ${sql(table)} disable trigger user`;
		await sql`delete from ${sql(table)} where year <> 2090`;
		await sql`alter table ${sql(table)} enable trigger user`;
	}
	await sql`insert into person (id, name, email) values ('colleague', '同事', 'colleague@example.invalid')`;
	for (const [index, { reportId, enterpriseId, filer }] of firms.entries()) {
		const offices = index === 3 ? ['group'] : ['commerce', 'industry'];
		for (const kind of ['enterprise', ...offices]) {
			await sql`
				insert into reminder (report_id, audience, step, party_due_on, court, recipient_key, recipient_name, to_address, delivery)
				values (${reportId}, ${kind}, 'T-7', '2026-11-30', 'enterprise', ${kind}, 'x', 'a@example.invalid', 'sent')`;
			await sql`insert into contact_check (enterprise_id, address, result, by_kind) values (${enterpriseId}, 'a@example.invalid', 'confirmed', ${kind})`;
			await sql`
				insert into report_excuse (report_id, reason_code, remark, declared_by, person_id, person_name, lifted_at, lifted_by_name)
				values (${reportId}, 'closed', 'x', ${kind}, 'p', 'p', now(), 'p')`;
		}
		for (const kind of offices)
			await sql`insert into contact_log (report_id, org_kind, person_id, person_name, means, outcome)
				values (${reportId}, ${kind}, 'p', 'p', 'phone', 'no_answer')`;
		const [request] = await sql<{ id: string }[]>`
			insert into extension_request (report_id, until_on, reason_code, reason, person_id, person_name)
			values (${reportId}, '2026-12-10', 'other', 'x', 'p', 'p') returning id`;
		for (const kind of offices)
			await sql`insert into extension_remark (request_id, department, remark, person_id, person_name) values (${request?.id ?? ''}, ${kind}, 'x', 'p', 'p')`;
		for (const ministry of ['mofcom', 'miit']) {
			await sql`insert into extension_decision (request_id, ministry, verdict, person_id, person_name)
				values (${request?.id ?? ''}, ${ministry}, 'granted', 'p', 'p')`;
			await sql`insert into report_reopening (report_id, reason, ministry, person_id, person_name) values (${reportId}, 'x', ${ministry}, 'p', 'p')`;
		}
		const [need] = await sql<{ id: string }[]>`
			insert into report_need (report_id, kind, year, category, channel_id, enterprise_id, text, version_no, said_at, since_at)
			select r.id, 'support', r.year, r.category, r.channel_id, r.enterprise_id, 'x', 1, now(), now()
			from annual_report r where r.id = ${reportId} returning id`;
		for (const kind of ['mofcom', 'miit', ...offices])
			await sql`insert into report_need_answer (need_id, version_no, text, by_kind, person_id, person_name, answered_at)
				values (${need?.id ?? ''}, 1, 'x', ${kind}, 'p', 'p', now())`;
		await sql`insert into calendar_feed (person_id, token_hash) values (${filer.personId}, ${`h${index}`})`;
	}
	const channels = await sql<
		{ id: string; kind: string }[]
	>`select c.id, o.kind from channel c join organisation o on o.channel_id = c.id where c.id in ('320000', '440000', 'g90')`;
	for (const { id, kind } of channels) {
		await sql`insert into reminder_batch (year, channel_id, org_kind, person_id, person_name, undo_until) values (2026, ${id}, ${kind}, 'p', 'p', now())`;
	}
	for (const ministry of ['mofcom', 'miit'])
		await sql`insert into reminder_batch (year, org_kind, person_id, person_name, undo_until) values (2026, ${ministry}, 'p', 'p', now())`;
	const offices = await sql<{ id: string }[]>`select id from organisation where channel_id in ('320000', '440000', 'g90') or kind in ('mofcom', 'miit')`;
	for (const { id } of offices) {
		const [robot] = await sql<
			{ id: string }[]
		>`insert into robot (org_id, kind, webhook, set_by) values (${id}, 'wecom', 'https://example.invalid/', 'p') returning id`;
		await sql`insert into robot_message (robot_id, message_key, body) values (${robot?.id ?? ''}, 'k', 'x')`;
	}
	// One's own and a colleague's in one's own office, a colleague's in an office of the state, and one's own where one does not ask from.
	const [firm] = firms;
	const [office] = offices;
	if (!firm || !office) throw new Error('a scene without a firm and an office');
	const { orgId, personId } = firm.filer;
	for (const shared of [true, false]) {
		await saveView(sql, orgId, personId, shared);
		await saveView(sql, orgId, 'colleague', shared);
		await saveView(sql, office.id, 'colleague', shared);
	}
	await saveView(sql, office.id, personId, false);
}

async function saveView(sql: TestDatabase['adminSql'], orgId: string, personId: string, shared: boolean): Promise<void> {
	await sql`insert into saved_view (org_id, person_id, person_name, page, query, name, shared)
		values (${orgId}, ${personId}, '示例', '/ministry/reports', '?late=ent', ${shared ? '共用' : '自用'}, ${shared})`;
}
