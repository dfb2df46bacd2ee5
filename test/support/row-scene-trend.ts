import type { TestDatabase } from './database.ts';

/** A row of each table of trends for every report, of each office that may have left one. */
export async function setTrendScene({ adminSql: sql }: Pick<TestDatabase, 'adminSql'>, reportIds: readonly string[]): Promise<void> {
	for (const reportId of reportIds) {
		const [report] = await sql<{ channel_kind: string }[]>`select channel_kind from annual_report where id = ${reportId}`;
		const [followUp] = await sql<{ id: string }[]>`
			insert into follow_up (designation_id, metric, year, basis, report_id, report_year, version_no, category, channel_id, enterprise_id, value, rule,
				comparison, n, state, due_on, asked_at, since_at)
			select r.designation_id, 'revenue', 2025, 'final', r.id, r.year, 1, r.category, r.channel_id, r.enterprise_id, 1, 'modified-z-1', 'category', 12, 'asked',
				'2026-12-31', now(), now()
			from annual_report r where r.id = ${reportId} returning id`;
		const id = followUp?.id ?? '';
		for (const ministry of ['mofcom', 'miit'])
			await sql`insert into follow_up_entry (follow_up_id, round, kind, text, value, due_on, by_kind, person_id, person_name, at)
				values (${id}, 1, 'question', 'x', 1, '2026-12-31', ${ministry}, 'p', 'p', now())`;
		for (const kind of report?.channel_kind === 'province' ? ['commerce', 'industry', 'enterprise'] : ['group', 'enterprise'])
			await sql`insert into follow_up_entry (follow_up_id, round, kind, text, by_kind, person_id, person_name, at)
				values (${id}, 1, 'answer', 'x', ${kind}, 'p', 'p', now())`;
		for (const audience of report?.channel_kind === 'province' ? ['commerce', 'industry', 'enterprise'] : ['group', 'enterprise'])
			await sql`insert into follow_up_reminder (follow_up_id, round, audience, step, party_due_on, court, recipient_key, recipient_name, to_address, delivery)
				values (${id}, 1, ${audience}, 'T-7', '2026-12-31', 'departments', ${audience}, 'x', 'x@example.invalid', 'kept')`;
	}
	await sql`insert into filer_limit_year (report_year) values (2026)`;
	await sql`insert into filer_limit (category, metric, report_year, basis, n, above) values ('manufacturing', 'revenue', 2026, 'final', 12, 1000)`;
	for (const [index, ministry] of ['mofcom', 'miit'].entries()) {
		const code = `abcdefg${index + 2}`;
		await sql`insert into frozen_view (code, title, address, document, document_hash, rules, statements, frozen_at, by_kind, person_id, person_name)
			values (${code}, 'x', '/ministry/cohort', '{}', encode(sha256('{}'), 'hex'), '{}', 0, now(), ${ministry}, 'p', 'p')`;
		await sql`insert into frozen_view_comment (code, text, by_kind, person_id, person_name, at) values (${code}, 'x', ${ministry}, 'p', 'p', now())`;
	}
}
