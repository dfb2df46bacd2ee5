import { formFor } from '#lib/domain/form/annual-report-form.ts';
import { compareAnswers, type Difference } from '#lib/domain/form/compare-answers.ts';
import type { Court, ReportState } from '#lib/domain/report-state.ts';
import { readContent } from '#lib/domain/form/report-content.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { findOwnReport, type OwnReport } from './filing-report.ts';

/** A dated step of the report. */
export interface HistoryStep {
	readonly id: string;
	readonly at: Date;
	readonly act: string;
	readonly byKind: string;
	readonly personName: string | null;
	readonly versionNo: number | null;
	readonly state: ReportState;
	readonly court: Court;
	/** What a department or ministry wrote with it. */
	readonly remark: string | null;
	readonly reasonCode: string | null;
	readonly letter: { readonly no: string; readonly on: string } | null;
}

/** A submitted version of this or another year of the same designation; `ref` names it in addresses: `2026-2`. */
export interface VersionRef {
	readonly ref: string;
	readonly year: number;
	readonly no: number;
	readonly submittedAt: Date;
	readonly receiptNo: string;
	readonly current: boolean;
}

export interface ReportHistory {
	readonly own: OwnReport;
	readonly steps: readonly HistoryStep[];
	readonly versions: readonly VersionRef[];
	readonly from: VersionRef | null;
	readonly to: VersionRef | null;
	readonly differences: readonly Difference[];
	/** A version was asked for that is not there; the usual two are shown instead. */
	readonly ignored: boolean;
}

/**
 * Powers /enterprise/reports/[year]/history: what happened, and the comparison of any two versions of any two years. Unless asked
 * otherwise the current version beside the one before it, or beside last year's.
 */
export function readReportHistory(
	actor: Actor,
	address: string,
	asked: { readonly from: string | null; readonly to: string | null }
): Promise<ReportHistory | null> {
	return asActor(
		actor,
		async (db) => {
			const { sql, within } = db;
			const own = await findOwnReport(db, address);
			if (own === null) return null;
			const events = await sql<
				{
					id: string;
					at: Date;
					act: string;
					by_kind: string;
					person_name: string | null;
					version_no: number | null;
					state: string;
					court: string;
					remark: string | null;
					reason_code: string | null;
					letter_no: string | null;
					letter_on: string | null;
				}[]
			>`
				select v.id, v.at, v.act, v.by_kind, v.person_name, v.version_no, v.state, v.court,
					(select coalesce(t.remark, p.remark)) as remark, t.reason_code, f.letter_no, f.letter_on
				from annual_report r
				join report_event v on v.report_id = r.id
				left join report_return t on t.report_id = v.report_id and v.act = 'return-annual-report' and t.returned_at = v.at
				left join opinion p on p.report_id = v.report_id and v.act = 'give-opinion' and p.version_no = v.version_no and p.signed_at = v.at
				left join forwarding_item i on i.report_id = v.report_id and v.act like 'forward-annual-report%' and i.version_no = v.version_no
				left join forwarding f on f.id = i.forwarding_id
				where r.id = ${own.id}::bigint and ${within.report} order by v.id desc`;
			const rows = await sql<{ year: number; no: number; submitted_at: Date; receipt_no: string; current_version: number }[]>`
				select r.year, v.no, v.submitted_at, v.receipt_no, r.current_version
				from annual_report r join annual_report_version v on v.report_id = r.id
				where r.designation_id = (select s.designation_id from annual_report s where s.id = ${own.id}::bigint) and ${within.report}
				order by r.year desc, v.no desc`;
			const versions = rows.map((row): VersionRef => ({
				ref: `${row.year}-${row.no}`,
				year: row.year,
				no: row.no,
				submittedAt: row.submitted_at,
				receiptNo: row.receipt_no,
				current: row.no === row.current_version
			}));
			const named = (ref: string | null) => versions.find((version) => version.ref === ref) ?? null;
			const to = named(asked.to) ?? versions.find((version) => version.year === own.year) ?? versions[0] ?? null;
			const from =
				named(asked.from) ??
				(to &&
					(versions.find((version) => version.year === to.year && version.no < to.no) ??
						versions.find((version) => version.year < to.year && version.current))) ??
				null;
			const texts =
				from && to
					? await sql<{ ref: string; content: string }[]>`
					select r.year::text || '-' || v.no::text as ref, v.content
					from annual_report r join annual_report_version v on v.report_id = r.id
					where r.designation_id = (select s.designation_id from annual_report s where s.id = ${own.id}::bigint) and ${within.report}
						and (r.year = ${from.year} and v.no = ${from.no} or r.year = ${to.year} and v.no = ${to.no})`
					: [];
			return {
				own,
				steps: events.map((row): HistoryStep => ({
					id: row.id,
					at: row.at,
					act: row.act,
					byKind: row.by_kind,
					personName: row.person_name,
					versionNo: row.version_no,
					state: row.state as ReportState,
					court: row.court as Court,
					remark: row.remark,
					reasonCode: row.reason_code,
					letter: row.letter_no === null || row.letter_on === null ? null : { no: row.letter_no, on: row.letter_on }
				})),
				versions,
				from,
				to,
				differences: from && to ? compareTexts(texts.find((text) => text.ref === from.ref)?.content, texts.find((text) => text.ref === to.ref)?.content) : [],
				ignored: (asked.from !== null && named(asked.from) === null) || (asked.to !== null && named(asked.to) === null)
			};
		},
		{ readOnly: true }
	);
}

/** Both by the form of the newer text: what only the older form knew comes last, so nothing that differs is left unsaid. */
function compareTexts(before: string | undefined, after: string | undefined): readonly Difference[] {
	if (before === undefined || after === undefined) return [];
	const [was, is] = [readContent(before), readContent(after)];
	const form = formFor(is.formVersion, is.category);
	if (form === null) throw new Error(`form ${is.formVersion} does not exist`);
	return compareAnswers(form, withExplanations(was), withExplanations(is));
}

/** Explanations change like answers do. */
function withExplanations(content: ReturnType<typeof readContent>): {
	answers: Record<string, string>;
	attachments: ReturnType<typeof readContent>['attachments'];
} {
	const said = content.explained.map(({ checkKey, text }) => [`explain:${checkKey}:text`, text] as const);
	return { answers: { ...content.answers, ...Object.fromEntries(said) }, attachments: content.attachments };
}
