import type { NeedKind, NeedOffice, NeedState } from '#lib/domain/need-state.ts';
import { NEED_KINDS } from '#lib/domain/need-state.ts';
import { NEED_FIELDS, needAfterForwarding, type Need } from '#lib/domain/report/need.ts';
import type { ActorDb, Db } from '#lib/server/db/door.ts';
import type { LockedReport } from './annual-report.ts';

/** A need as it is stored. */
export interface KnownNeed extends Need {
	readonly id: string;
	readonly reportId: string;
	readonly kind: NeedKind;
	readonly personName: string | null;
	readonly rowVersion: number;
}

interface NeedRow {
	id: string;
	report_id: string;
	kind: string;
	text: string;
	version_no: number;
	state: string;
	office: string | null;
	person_id: string | null;
	person_name: string | null;
	passed_remark: string | null;
	row_version: number;
}

/** Of which report a need is, if the actor may reach it. Locks nothing: the report is locked first, then the need is read. */
export async function reportOfNeed({ sql, within }: Db, needId: string): Promise<readonly string[]> {
	const rows = await sql<
		{ id: string }[]
	>`select r.id from report_need n join annual_report r on r.id = n.report_id where n.id = ${needId}::bigint and ${within.report}`;
	return rows.map(({ id }) => id);
}

/** The needs of reports that are locked, as they stand now. */
export async function loadNeeds({ sql }: Pick<Db, 'sql'>, reportIds: readonly string[]): Promise<readonly KnownNeed[]> {
	const rows = await sql<NeedRow[]>`
		select n.id, n.report_id, n.kind, n.text, n.version_no, n.state, n.office, n.person_id, n.person_name, n.passed_remark, n.row_version
		from report_need n where n.report_id = any(${reportIds as string[]}::bigint[]) order by n.id`;
	return rows.map(needOf);
}

/** The newest answer to the text of a version; null if there is none. */
export async function newestAnswer({ sql }: Pick<Db, 'sql'>, needId: string, versionNo: number): Promise<string | null> {
	const [row] = await sql<{ text: string }[]>`
		select a.text from report_need_answer a where a.need_id = ${needId}::bigint and a.version_no = ${versionNo} order by a.id desc limit 1`;
	return row?.text ?? null;
}

/** Writes back what an office did with a need; its report is locked, so nobody was in between. */
export async function saveNeed({ sql }: Db, need: KnownNeed, next: Need, personName: string | null, at: Date): Promise<void> {
	const saved = await sql`
		update report_need set state = ${next.state}, office = ${next.office}, person_id = ${next.personId}, person_name = ${personName},
			passed_remark = ${next.passedRemark}, since_at = ${at}, row_version = row_version + 1
		where id = ${need.id}::bigint and row_version = ${need.rowVersion}`;
	if (saved.count !== 1) throw new Error(`need ${need.id} was changed by somebody else`);
}

interface SaidRow {
	report_id: string;
	no: number;
	support: string | null;
	problem: string | null;
}

/** Brings the needs of reports to what their current versions say: part of forwarding them. Four statements at most, however many reports. */
export async function takeOverNeeds(db: ActorDb, reports: readonly LockedReport[], at: Date): Promise<void> {
	const { sql } = db;
	const ids = reports.map(({ id }) => id);
	const said = await sql<SaidRow[]>`
		select v.report_id, v.no, v.content::jsonb -> 'answers' ->> ${NEED_FIELDS.support} as support,
			v.content::jsonb -> 'answers' ->> ${NEED_FIELDS.problem} as problem
		from annual_report_version v join annual_report r on r.id = v.report_id and r.current_version = v.no where r.id = any(${ids}::bigint[])`;
	const before = await loadNeeds(db, ids);
	const changed = said.flatMap((row) =>
		NEED_KINDS.flatMap((kind) => {
			const need = before.find((one) => one.reportId === row.report_id && one.kind === kind) ?? null;
			const next = needAfterForwarding(need, { text: row[kind] ?? '', versionNo: row.no });
			if (next === null || next === need) return [];
			return [{ id: need?.id ?? null, report_id: row.report_id, kind, text: next.text, version_no: next.versionNo, state: next.state }];
		})
	);
	const [made, moved] = [changed.filter(({ id }) => id === null), changed.filter(({ id }) => id !== null)];
	if (made.length > 0)
		await sql`
			insert into report_need (report_id, kind, year, category, channel_id, enterprise_id, text, version_no, said_at, state, since_at)
			select r.id, g.kind, r.year, r.category, r.channel_id, r.enterprise_id, g.text, g.version_no, ${at}, g.state, ${at}
			from jsonb_to_recordset(${JSON.stringify(made)}::text::jsonb) as g (report_id bigint, kind text, text text, version_no integer, state text)
			join annual_report r on r.id = g.report_id`;
	if (moved.length > 0)
		await sql`
			update report_need n set text = g.text, version_no = g.version_no, said_at = ${at}, state = g.state, since_at = ${at}, row_version = n.row_version + 1
			from jsonb_to_recordset(${JSON.stringify(moved)}::text::jsonb) as g (id bigint, text text, version_no integer, state text) where n.id = g.id`;
}

function needOf(row: NeedRow): KnownNeed {
	return {
		id: row.id,
		reportId: row.report_id,
		kind: row.kind as NeedKind,
		text: row.text,
		versionNo: row.version_no,
		state: row.state as NeedState,
		office: row.office as NeedOffice | null,
		personId: row.person_id,
		personName: row.person_name,
		passedRemark: row.passed_remark,
		rowVersion: row.row_version
	};
}
