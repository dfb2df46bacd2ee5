import { day, type Day } from '#lib/domain/day.ts';
import type { LetterReport } from '#lib/domain/chase/official-letter.ts';
import type { OrganisationKind } from '#lib/domain/parties.ts';
import type { Db } from '#lib/server/db/door.ts';
import { viewReports } from '#lib/server/store/report/annual-report.ts';
import { transitionsOf } from '#lib/server/store/report/report-transitions.ts';

/** The reports a letter is written of, with what says in whose hands they are and whose the late days were; in the order of the ids. Three statements. */
export async function loadLetterReports(db: Db, reportIds: readonly string[]): Promise<readonly LetterReport[]> {
	if (reportIds.length === 0) return [];
	const { sql, within } = db;
	const dates = await sql<{ id: string; own_due_on: string }[]>`
		select r.id, k.due_on as own_due_on from annual_report r join channel_year k on k.channel_id = r.channel_id and k.year = r.year
		where r.id = any(${reportIds as string[]}::bigint[]) and ${within.report}`;
	const ownOn = new Map<string, Day>(dates.map((row) => [row.id, day(row.own_due_on)]));
	const events = await transitionsOf(db, reportIds);
	const reports = new Map(
		(await viewReports(db, reportIds)).map((report): [string, LetterReport] => [
			report.id,
			{
				id: report.id,
				enterpriseName: report.enterpriseName,
				category: report.category,
				channelId: report.channelId,
				case: report.case,
				channelOwnOn: ownOn.get(report.id) ?? null,
				transitions: events.get(report.id) ?? []
			}
		])
	);
	return reportIds.flatMap((id) => reports.get(id) ?? []);
}

/** An office as a letter writes to it or is signed by it. */
export interface LetterOffice {
	readonly kind: OrganisationKind;
	readonly channelId: string | null;
	readonly name: string;
}

/** The offices of these kinds that the actor may know of. */
export async function loadLetterOffices({ sql, within }: Db, kinds: readonly OrganisationKind[]): Promise<readonly LetterOffice[]> {
	const rows = await sql<{ kind: string; channel_id: string | null; name_zh: string }[]>`
		select o.kind, o.channel_id, o.name_zh from organisation o where o.kind = any(${kinds as string[]}::text[]) and ${within.organisation} order by o.id`;
	return rows.map((row) => ({ kind: row.kind as OrganisationKind, channelId: row.channel_id, name: row.name_zh }));
}
