import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { closingRefusal } from '#lib/domain/report/reporting-year.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice, type Db } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { lockReportingYear } from '#lib/server/store/report/reporting-year.ts';

/**
 * A ministry agrees that a year be closed; with the second ministry's agreement it is (会同: each for itself). What was never submitted is
 * then *not filed*; what stands with the channel or beyond keeps its state. Nothing is deleted.
 */
export function agreeToCloseYear(actor: Actor, year: number): Promise<Decision<{ closed: boolean; notFiled: number }>> {
	return asOffice(actor, 'agreeToCloseYear', async (db, now) => {
		const reportingYear = await lockReportingYear(db, year);
		if (!reportingYear) return refuse({ code: 'not_found' });
		const refusal = closingRefusal(reportingYear, now);
		if (refusal) return refuse(refusal);
		const agreed = await db.sql`
			insert into reporting_year_closing (year, ministry, person_id, person_name, agreed_at)
			values (${year}, ${actor.orgKind}, ${actor.personId}, ${actor.personName}, ${now}) on conflict do nothing`;
		if (agreed.count === 0) return refuse({ code: 'already_done' });
		const [both] = await db.sql<{ ministries: number }[]>`select count(*)::int as ministries from reporting_year_closing where year = ${year}`;
		const closed = both?.ministries === 2;
		const notFiled = closed ? await close(db, year, now) : 0;
		await writeJournal(db, {
			act: 'agree-to-close-year',
			objectKind: 'reporting_year',
			objectId: String(year),
			article: '11',
			after: { ministry: actor.orgKind, closed, notFiled }
		});
		return { ok: true, closed, notFiled };
	});
}

/** Takes the own agreement back while the other ministry has not agreed. */
export function withdrawClosingAgreement(actor: Actor, year: number): Promise<Decision<object>> {
	return asOffice(actor, 'agreeToCloseYear', async (db) => {
		const [row] = await db.sql<{ closed_at: Date | null }[]>`select closed_at from reporting_year where year = ${year} for update`;
		if (!row) return refuse({ code: 'not_found' });
		if (row.closed_at !== null) return refuse({ code: 'year_closed', year });
		const withdrawn = await db.sql`delete from reporting_year_closing where year = ${year} and ministry = ${actor.orgKind}`;
		if (withdrawn.count === 0) return refuse({ code: 'nothing_to_undo' });
		await writeJournal(db, {
			act: 'withdraw-closing-agreement',
			objectKind: 'reporting_year',
			objectId: String(year),
			article: '11',
			before: { ministry: actor.orgKind }
		});
		return { ok: true };
	});
}

/** `closeReport` of the domain, for all reports of the year in two statements. */
async function close({ sql }: Db, year: number, now: Date): Promise<number> {
	await sql`update reporting_year set closed_at = ${now}, row_version = row_version + 1 where year = ${year}`;
	const closed = await sql<{ not_filed: boolean | null }[]>`
		update annual_report set closed_at = ${now}, reopened_at = null, row_version = row_version + 1,
			state = case when state in ('not_started', 'draft') then 'not_filed' else state end
		where year = ${year}
		returning state = 'not_filed' as not_filed`;
	await sql`
		insert into report_event (report_id, at, act, by_kind, version_no, state, court)
		select id, ${now}, 'close-year', 'ministries', nullif(current_version, 0), state, court from annual_report where year = ${year}`;
	return closed.filter((row) => row.not_filed).length;
}
