import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { waitsRefusal, type ClosingOutcome } from '#lib/domain/report/report-exceptions.ts';
import { closingRefusal } from '#lib/domain/report/reporting-year.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice, type Db } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { lockReportingYear } from '#lib/server/store/report/reporting-year.ts';

/** How many reports of the year became what; all 0 until both have agreed. */
export type ClosedReports = Readonly<Record<Exclude<ClosingOutcome, 'excused'>, number>>;

const NOTHING: ClosedReports = { received: 0, not_delivered: 0, not_filed: 0 };

/**
 * A ministry agrees that a year be closed; with the second ministry's agreement it is (会同: each for itself). Refused while somebody waits for the
 * ministries' answer. What a ministry has not received by then it receives by agreeing; what was never forwarded is not delivered or not filed
 * (`closeReport`). Nothing is deleted.
 */
export function agreeToCloseYear(actor: Actor, year: number): Promise<Decision<{ closed: boolean; became: ClosedReports }>> {
	return asOffice(actor, 'agreeToCloseYear', async (db, now) => {
		const reportingYear = await lockReportingYear(db, year);
		if (!reportingYear) return refuse({ code: 'not_found' });
		const refusal = closingRefusal(reportingYear, now) ?? waitsRefusal(await waitingOf(db, year));
		if (refusal) return refuse(refusal);
		const agreed = await db.sql`
			insert into reporting_year_closing (year, ministry, person_id, person_name, agreed_at)
			values (${year}, ${actor.orgKind}, ${actor.personId}, ${actor.personName}, ${now}) on conflict do nothing`;
		if (agreed.count === 0) return refuse({ code: 'already_done' });
		const [both] = await db.sql<{ ministries: number }[]>`select count(*)::int as ministries from reporting_year_closing where year = ${year}`;
		const closed = both?.ministries === 2;
		const became = closed ? await close(db, year, now) : NOTHING;
		await writeJournal(db, {
			act: 'agree-to-close-year',
			objectKind: 'reporting_year',
			objectId: String(year),
			article: '11',
			after: { ministry: actor.orgKind, closed, ...became }
		});
		return { ok: true, closed, became };
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

/** Who waits for an answer of the ministries. The reports are held as they are: nobody asks, forwards or submits between the look and the close. */
async function waitingOf({ sql, within }: Db, year: number): Promise<{ excuses: number; extensions: number }> {
	await sql<{ id: string }[]>`select r.id from annual_report r where r.year = ${year} and ${within.report} order by r.id for update`;
	const [row] = await sql<{ excuses: number; extensions: number | null }[]>`
		select count(*) filter (where r.excuse_pending)::int as excuses,
			(select count(*)::int from extension_request x join annual_report q on q.id = x.report_id where q.year = ${year} and x.withdrawn_at is null
				and x.decided_at is null) as extensions
		from annual_report r where r.year = ${year} and ${within.report}`;
	return { excuses: row?.excuses ?? 0, extensions: row?.extensions ?? 0 };
}

/** `closeReport` of the domain, for all reports of the year in four statements; a test asks both. */
async function close({ sql }: Db, year: number, now: Date): Promise<ClosedReports> {
	await sql`update reporting_year set closed_at = ${now}, row_version = row_version + 1 where year = ${year}`;
	// Each ministry receives what it lacks, by its own agreement.
	await sql<{ done: unknown | null }[]>`select receive_by_closing(${year}, ${now}) as done`;
	await sql`
		insert into report_event (report_id, at, act, by_kind, version_no, state, court, detail)
		select r.id, ${now}, 'close-year', 'ministries', nullif(r.current_version, 0),
			k.outcome, 'nobody',
			jsonb_build_object('outcome', k.outcome, 'settled', k.settled)
		from annual_report r cross join lateral (
			select case when r.state = 'excused' then 'excused' when r.first_forwarded_at is not null then 'received'
					when r.state = 'submitted' then 'not_delivered' else 'not_filed' end as outcome,
				case when r.state = 'excused' or r.first_forwarded_at is null or r.state = 'received' then null
					when r.state = 'forwarded' then 'reception' else 'correction' end as settled
		) k
		where r.year = ${year}`;
	const closed = await sql<{ state: string; n: number }[]>`
		with became as (
			update annual_report r set closed_at = ${now}, reopened_at = null, row_version = row_version + 1,
				state = case when r.state = 'excused' then 'excused' when r.first_forwarded_at is not null then 'received'
					when r.state = 'submitted' then 'not_delivered' else 'not_filed' end,
				mofcom_received_version = case when r.forwarded_at is not null then r.current_version else r.mofcom_received_version end,
				miit_received_version = case when r.forwarded_at is not null then r.current_version else r.miit_received_version end,
				received_at = case when r.first_forwarded_at is not null then coalesce(r.received_at, ${now}) else r.received_at end
			where r.year = ${year} returning r.state
		)
		select state, count(*)::int as n from became group by state`;
	const count = (state: ClosingOutcome) => closed.find((row) => row.state === state)?.n ?? 0;
	return { received: count('received'), not_delivered: count('not_delivered'), not_filed: count('not_filed') };
}
