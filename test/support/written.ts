import type postgres from 'postgres';

/** Everything a write of any kind leaves behind somewhere: two that are equal, and nothing was written between them. */
export async function writtenSoFar(sql: postgres.Sql): Promise<unknown> {
	const [row] = await sql<Record<string, number>[]>`
		select (select count(*)::int from journal) as entries, (select count(*)::int from report_event) as steps,
			(select sum(row_version)::int from annual_report) as reports, (select count(*)::int from annual_report_version) as versions,
			(select sum(version)::int from draft_answer) as answers, (select count(*)::int from opinion) as opinions, (select count(*)::int from attachment) as files,
			(select count(*)::int from forwarding) as forwardings, (select count(*)::int from contact_log) as calls,
			(select count(*)::int from invitation) as invitations,
			(select count(*)::int from enterprise_event) as events, (select count(*)::int from mail) as mails, (select count(*)::int from cohort_import) as lists,
			(select count(*)::int from reporting_year) as years, (select count(*)::int from reminder) as reminders,
			(select count(*)::int from membership where ended_at is null) as seats, (select count(*)::int from auth.session) as sessions,
			(select string_agg(concat_ws(' ', id, locale, theme, text_size, name, phone), ';' order by id) from person) as people`;
	return row;
}
