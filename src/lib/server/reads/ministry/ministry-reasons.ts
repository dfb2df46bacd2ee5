import type { Category } from '#lib/domain/parties.ts';
import { REASON_CODES, REASON_KINDS, type ReasonKind } from '#lib/domain/report/reason-kinds.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { hasOutcome } from '#lib/server/store/report/clauses.ts';
import { ministryYears, yearShown } from './ministry-year.ts';

/** How often one reason was told, by category. Its list of reports may be shorter: one report may give a reason twice. */
export interface ReasonCount {
	readonly code: string;
	readonly times: Readonly<Record<Category, number>>;
	/** Reports behind it. */
	readonly reports: number;
}

export interface MinistryReasons {
	readonly years: readonly number[];
	readonly year: ReportingYear | null;
	/** Every code of every kind, those never told with 0; codes of an older policy last. */
	readonly reasons: Readonly<Record<ReasonKind, readonly ReasonCount[]>>;
	/** How many reports are late or were not delivered, and of how many of them somebody whose days they were has said why. */
	readonly late: { readonly reports: number; readonly explained: number };
}

interface CountRow {
	code: string;
	category: string;
	times: number;
	reports: number;
}

/** Powers /ministry/reasons. Six queries; explanations and lateness are counted from rows kept by code, the others are few. */
export function ministryReasons(actor: Actor, askedYear: number | null, now: Date): Promise<MinistryReasons> {
	return asActor(
		actor,
		async (db) => {
			const { sql, within } = db;
			const years = await ministryYears(db);
			const year = yearShown(years, askedYear, now);
			const known = { years: years.map((one) => one.year), year };
			if (year === null) return { ...known, reasons: { returned: [], explained: [], late: [], extension: [], unable: [] }, late: { reports: 0, explained: 0 } };
			const kept = await sql<(CountRow & { kind: string })[]>`
				select coalesce(k.kind, '') as kind, coalesce(k.code, '') as code, coalesce(k.category, '') as category, count(*)::int as times,
					count(distinct k.report_id)::int as reports
				from (
					select s.kind, s.code, s.category, s.report_id from report_reason s where s.year = ${year.year}
					union all
					select 'late', x.reason_code, r.category, r.id from late_reason x join annual_report r on r.id = x.report_id
					where r.year = ${year.year} and ${within.report}
				) k (kind, code, category, report_id) group by 1, 2, 3`;
			const returned = await sql<CountRow[]>`
				select t.reason_code as code, r.category, count(*)::int as times, count(distinct r.id)::int as reports
				from report_return t join annual_report r on r.id = t.report_id
				where r.year = ${year.year} and t.undone_at is null and ${within.report} group by t.reason_code, r.category`;
			const extension = await sql<CountRow[]>`
				select x.reason_code as code, r.category, count(*)::int as times, count(distinct r.id)::int as reports
				from extension_request x join annual_report r on r.id = x.report_id
				where r.year = ${year.year} and x.withdrawn_at is null and ${within.report} group by x.reason_code, r.category`;
			const unable = await sql<CountRow[]>`
				select x.reason_code as code, r.category, count(*)::int as times, count(distinct r.id)::int as reports
				from report_excuse x join annual_report r on r.id = x.report_id
				where r.year = ${year.year} and x.lifted_at is null and x.verdict is distinct from 'refused' and ${within.report} group by x.reason_code, r.category`;
			const [late] = await sql<{ reports: number; explained: number }[]>`
				select count(*)::int as reports,
					count(*) filter (where exists (select from late_reasons_of(r.id)))::int as explained
				from annual_report r where r.year = ${year.year} and ${hasOutcome(db, year, now, ['late', 'not_delivered'])} and ${within.report}`;
			const rows: Record<ReasonKind, readonly CountRow[]> = {
				returned,
				explained: kept.filter(({ kind }) => kind === 'explained'),
				late: kept.filter(({ kind }) => kind === 'late'),
				extension,
				unable
			};
			return {
				...known,
				late: late ?? { reports: 0, explained: 0 },
				reasons: Object.fromEntries(REASON_KINDS.map((kind) => [kind, countsOf(kind, rows[kind])])) as Record<ReasonKind, ReasonCount[]>
			};
		},
		{ readOnly: true }
	);
}

function countsOf(kind: ReasonKind, rows: readonly CountRow[]): ReasonCount[] {
	const codes = [...new Set([...REASON_CODES[kind], ...rows.map(({ code }) => code)])];
	return codes.map((code) => {
		const of = (category: Category) => rows.find((row) => row.code === code && row.category === category);
		const [made, served] = [of('manufacturing'), of('it_outsourcing')];
		return { code, times: { manufacturing: made?.times ?? 0, it_outsourcing: served?.times ?? 0 }, reports: (made?.reports ?? 0) + (served?.reports ?? 0) };
	});
}
