import type { NeedKind, NeedOffice, NeedState } from '#lib/domain/need-state.ts';
import type { Category, Department, Ministry } from '#lib/domain/parties.ts';
import { NEED_FIELDS, needMoves, needOffice, type NeedMove } from '#lib/domain/report/need.ts';
import { dutyRefusal } from '#lib/domain/duties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';

/** An answer with what it answered, where the report says something else since. */
export interface ShownAnswer {
	readonly id: string;
	readonly versionNo: number;
	readonly text: string;
	readonly by: Department | Ministry;
	readonly personName: string;
	readonly at: Date;
	/** The text of its version; null where it is the text that stands. */
	readonly answered: string | null;
}

/** One need whole: as its own page and its enterprise read it. */
export interface ShownNeed {
	readonly id: string;
	readonly reportId: string;
	readonly enterpriseId: string;
	readonly enterpriseName: string;
	readonly channelName: string;
	readonly category: Category;
	readonly year: number;
	readonly kind: NeedKind;
	readonly text: string;
	readonly versionNo: number;
	readonly saidAt: Date;
	readonly state: NeedState;
	readonly office: NeedOffice | null;
	readonly personName: string | null;
	readonly sinceAt: Date;
	readonly passedRemark: string | null;
	/** Newest first; more than one to a text where the first was superseded. */
	readonly answers: readonly ShownAnswer[];
}

/** Powers /ministry/needs/[id] and /channel/needs/[id]. Two queries; null: no such need, or not theirs. */
export function needOfOffice(actor: Actor, needId: string): Promise<{ readonly need: ShownNeed; readonly moves: readonly NeedMove[] } | null> {
	return asActor(
		actor,
		async (db) => {
			const { sql: clause } = db;
			const [found] = await shownNeeds(db, clause`r.id = ${needId}::bigint`);
			const office = needOffice(actor.orgKind);
			if (!found || office === null) return null;
			const { need, personId } = found;
			const open = needMoves({ ...need, personId }, { office, personId: actor.personId });
			return { need, moves: open.filter((move) => dutyRefusal({ kind: actor.orgKind, duty: actor.duty }, move) === null) };
		},
		{ readOnly: true }
	);
}

/** @param which condition on r (report_need) */
export async function shownNeeds(db: ActorDb, which: Clause): Promise<readonly { readonly need: ShownNeed; readonly personId: string | null }[]> {
	const { sql, within } = db;
	const rows = await sql<
		{
			id: string;
			report_id: string;
			enterprise_id: string;
			enterprise_name: string;
			channel_name: string;
			category: string;
			year: number;
			kind: string;
			text: string;
			version_no: number;
			said_at: Date;
			state: string;
			office: string | null;
			person_id: string | null;
			person_name: string | null;
			since_at: Date;
			passed_remark: string | null;
		}[]
	>`
		select r.id, r.report_id, r.enterprise_id, a.enterprise_name, c.short_zh as channel_name, r.category, r.year, r.kind, r.text, r.version_no, r.said_at,
			r.state, r.office, r.person_id, r.person_name, r.since_at, r.passed_remark
		from report_need r join annual_report a on a.id = r.report_id join channel c on c.id = r.channel_id
		where ${within.report} and ${which} order by r.year desc, r.id`;
	const answers = await sql<
		{ id: string; need_id: string; version_no: number; text: string; by_kind: string; person_name: string; answered_at: Date; answered: string | null }[]
	>`
		select x.id, x.need_id, x.version_no, x.text, x.by_kind, x.person_name, x.answered_at,
			case when x.version_no <> r.version_no then (select v.content::jsonb -> 'answers' ->>
				case r.kind when 'support' then ${NEED_FIELDS.support} else ${NEED_FIELDS.problem} end
				from annual_report_version v where v.report_id = r.report_id and v.no = x.version_no) end as answered
		from report_need_answer x join report_need r on r.id = x.need_id
		where ${within.report} and ${which} order by x.id desc`;
	return rows.map((row) => ({
		personId: row.person_id,
		need: {
			id: row.id,
			reportId: row.report_id,
			enterpriseId: row.enterprise_id,
			enterpriseName: row.enterprise_name,
			channelName: row.channel_name,
			category: row.category as Category,
			year: row.year,
			kind: row.kind as NeedKind,
			text: row.text,
			versionNo: row.version_no,
			saidAt: row.said_at,
			state: row.state as NeedState,
			office: row.office as NeedOffice | null,
			personName: row.person_name,
			sinceAt: row.since_at,
			passedRemark: row.passed_remark,
			answers: answers
				.filter((one) => one.need_id === row.id)
				.map((one) => ({
					id: one.id,
					versionNo: one.version_no,
					text: one.text,
					by: one.by_kind as ShownAnswer['by'],
					personName: one.person_name,
					at: one.answered_at,
					answered: one.answered
				}))
		}
	}));
}
