import { formFor, prefill, type AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import type { AnswerKey } from '#lib/domain/form/answer-key.ts';
import { draftOf, readContent, type ReportContent } from '#lib/domain/form/report-content.ts';
import type { ActorDb, Db } from '#lib/server/db/door.ts';
import type { LockedReport } from './annual-report.ts';

/** One answer of the draft, with what a merge needs: its version, who typed it and when. */
export interface DraftAnswer {
	readonly key: AnswerKey;
	readonly typed: string;
	readonly version: number;
	readonly editedAt: Date;
	readonly editedById: string;
	readonly editedByName: string;
}

/** All answers of a report's draft, by key; empty if there is no draft. */
export async function loadDraft({ sql }: Db, reportId: string): Promise<Map<AnswerKey, DraftAnswer>> {
	const rows = await sql<{ answer_key: string; typed: string; version: number; edited_at: Date; edited_by: string; edited_by_name: string }[]>`
		select answer_key, typed, version, edited_at, edited_by, edited_by_name from draft_answer where report_id = ${reportId}::bigint`;
	return new Map(
		rows.map((row) => [
			row.answer_key,
			{ key: row.answer_key, typed: row.typed, version: row.version, editedAt: row.edited_at, editedById: row.edited_by, editedByName: row.edited_by_name }
		])
	);
}

/** The typed texts alone, for rules. */
export function answersOf(draft: ReadonlyMap<AnswerKey, DraftAnswer>): Record<AnswerKey, string> {
	return Object.fromEntries([...draft.values()].map(({ key, typed }) => [key, typed]));
}

/** The frozen content of a version; undefined when there is none for this actor. */
export async function loadContent({ sql }: Db, reportId: string, versionNo: number): Promise<ReportContent | undefined> {
	const [row] = await sql<{ content: string }[]>`select content from annual_report_version where report_id = ${reportId}::bigint and no = ${versionNo}`;
	return row === undefined ? undefined : readContent(row.content);
}

/** The form a report is filed on. A year with an unknown form cannot be opened, so a missing one is a fault of the data. */
export function formOf(report: Pick<LockedReport, 'category'> & { readonly case: Pick<LockedReport['case'], 'year'> }): AnnualReportForm {
	const form = formFor(report.case.year.formVersion, report.category);
	if (form === null) throw new Error(`form ${report.case.year.formVersion} does not exist`);
	return form;
}

/**
 * Makes the draft of a report: from the version it corrects, or for a new year from the allow-listed stable facts of last year's report.
 * A result is never carried over (domain.md 2).
 */
export async function makeDraft(db: ActorDb, report: LockedReport, basedOn: number): Promise<void> {
	const { sql, actor } = db;
	const person = { id: actor.personId, name: actor.personName };
	const form = formOf(report);
	let answers: Record<AnswerKey, string>;
	if (basedOn > 0) {
		const content = await loadContent(db, report.id, basedOn);
		if (!content) throw new Error(`version ${basedOn} of report ${report.id} is missing`);
		answers = draftOf(content);
	} else {
		const [last] = await sql<{ content: string }[]>`
			select v.content from annual_report r
			join annual_report_version v on v.report_id = r.id and v.no = r.current_version
			where r.designation_id = ${report.designationId}::bigint and r.year < ${report.case.year.year} order by r.year desc limit 1`;
		answers = last === undefined ? await registerFacts(db, report) : prefill(form, readContent(last.content).answers);
	}
	await sql`
		insert into annual_report_draft (report_id, form_version, based_on_version, started_by, last_edited_by)
		values (${report.id}::bigint, ${form.version}, ${basedOn}, ${person.id}, ${person.id})`;
	const entries = Object.entries(answers).filter(([, typed]) => typed !== '');
	if (entries.length === 0) return;
	await sql`
		insert into draft_answer (report_id, answer_key, typed, version, edited_by, edited_by_name)
		select ${report.id}::bigint, key, typed, 0, ${person.id}, ${person.name}
		from unnest(${entries.map(([key]) => key)}::text[], ${entries.map(([, typed]) => typed)}::text[]) as given (key, typed)`;
}

/** A first report opens with what the register knows of the enterprise. */
async function registerFacts({ sql }: Db, report: LockedReport): Promise<Record<AnswerKey, string>> {
	const [profile] = await sql<{ address: string | null; postcode: string | null; legal_representative: string | null; ownership: string | null }[]>`
		select address, postcode, legal_representative, ownership from enterprise_profile where enterprise_id = ${report.enterpriseId}::bigint`;
	const contacts = await sql<{ place: number; name: string; phone: string | null; email: string | null }[]>`
		select place, name, phone, email from enterprise_contact where enterprise_id = ${report.enterpriseId}::bigint and place <= 2 order by place`;
	const facts: Record<AnswerKey, string> = {
		address: profile?.address ?? '',
		postcode: profile?.postcode ?? '',
		legal_representative: profile?.legal_representative ?? '',
		ownership: profile?.ownership ?? ''
	};
	for (const contact of contacts) {
		facts[`contact${contact.place}_name`] = contact.name;
		facts[`contact${contact.place}_phone`] = contact.phone ?? '';
		facts[`contact${contact.place}_email`] = contact.email ?? '';
	}
	return facts;
}
