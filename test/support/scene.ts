import type postgres from 'postgres';
import { giveOpinion } from '#lib/server/acts/report/give-opinion.ts';
import { submitAnnualReport } from '#lib/server/acts/report/submit-annual-report.ts';
import type { Category, Duty, OrganisationKind } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { syntheticCreditCode } from '#lib/domain/credit-code.ts';
import { answersOf } from '../domain/form/filing-examples.ts';

/**
 * Firms, offices and reports as tests need them. What stands in the register is laid down as the owner of the database; what a report goes
 * through is done by the acts themselves, so that a scene never shows what cannot happen.
 */

/** The owner's connection, past row level security. */
type Owner = { readonly adminSql: postgres.Sql };

const OPEN_YEAR = {
	opensOn: '2026-10-08',
	channelDueOn: '2026-11-15',
	ministryDueOn: '2026-11-30',
	acceptedLateUntilOn: '2026-12-31',
	correctionsUntilOn: '2027-03-31'
};

/** A complete set of answers without errors; `changes` lays others over it. */
export const answersFor = answersOf;

/** A reporting year with the dates of the notice around the real present, so that acts judge it as open. */
export async function openYear({ adminSql }: Owner, year: number, dates: Partial<typeof OPEN_YEAR> = {}, formVersion = '2026-1'): Promise<void> {
	const moved = Object.fromEntries(Object.entries(OPEN_YEAR).map(([name, on]) => [name, `${Number(on.slice(0, 4)) - 2026 + year}${on.slice(4)}`]));
	const given = { ...(moved as typeof OPEN_YEAR), ...dates };
	await adminSql`
		insert into reporting_year (year, opens_on, channel_due_on, ministry_due_on, accepted_late_until_on, corrections_until_on, form_version, policy_version,
			opened_by, departure_no)
		values (${year}, ${given.opensOn}, ${given.channelDueOn}, ${given.ministryDueOn}, ${given.acceptedLateUntilOn}, ${given.correctionsUntilOn}, ${formVersion},
			'2026-1', 'scene', ${given.ministryDueOn === `${year}-11-30` ? null : '示例文号'})
		on conflict (year) do nothing`;
}

/** Somebody of an office that exists; provinces and ministries do in every database. */
export async function buildOfficial(
	{ adminSql }: Owner,
	kind: OrganisationKind,
	channelId: string | null = null,
	duty: Duty = 'approver',
	name = `${kind}-${duty}`
): Promise<Actor> {
	const [known] = await adminSql<{ id: string }[]>`select id from organisation where kind = ${kind} and channel_id is not distinct from ${channelId}`;
	if (!known) throw new Error(`no office ${kind} of ${channelId ?? 'the country'}`);
	return {
		personId: `${name}-${channelId ?? 'national'}`,
		personName: name,
		orgId: known.id,
		orgKind: kind,
		duty,
		channelId,
		enterpriseId: null,
		requestId: 'request',
		address: '203.0.113.7'
	};
}

/** A central group with its office; provinces exist already. */
export async function buildGroup({ adminSql }: Owner, channelId: string): Promise<string> {
	await adminSql`
		insert into channel (id, kind, name_zh, short_zh, name_en, quota_per_category)
			values (${channelId}, 'central_group', ${`示例集团${channelId}`}, ${channelId}, ${`Example Group ${channelId}`}, 1)`;
	await adminSql`insert into organisation (kind, channel_id, name_zh) values ('group', ${channelId}, ${`示例集团${channelId}总部`})`;
	return channelId;
}

export interface SceneReport {
	readonly reportId: string;
	readonly enterpriseId: string;
	readonly designationId: string;
	readonly category: Category;
	/** The one who fills in and submits. */
	readonly filer: Actor;
}

let firms = 0;

/** A designated enterprise with its organisation and the report it owes for the year; not begun. */
export async function buildReport(
	{ adminSql }: Owner,
	{
		channelId,
		year = 2026,
		category = 'manufacturing',
		name,
		cohortYear = 2025
	}: { channelId: string; year?: number; category?: Category; name?: string; cohortYear?: number }
): Promise<SceneReport> {
	firms += 1;
	const creditCode = syntheticCreditCode(700_000 + firms);
	const called = name ?? `示例企业${firms}`;
	const [enterprise] = await adminSql<
		{ id: string }[]
	>`insert into enterprise (credit_code, name, channel_id) values (${creditCode}, ${called}, ${channelId}) returning id`;
	const enterpriseId = String(enterprise?.id);
	const [office] = await adminSql<
		{ id: string }[]
	>`insert into organisation (kind, enterprise_id, name_zh) values ('enterprise', ${enterpriseId}, ${called}) returning id`;
	const [designation] = await adminSql<{ id: string }[]>`
		insert into designation (enterprise_id, category, cohort_year, announced_on, announcement_no)
			values (${enterpriseId}, ${category}, ${cohortYear}, ${`${cohortYear}-06-01`}, '示例公告') returning id`;
	const designationId = String(designation?.id);
	const filer: Actor = {
		personId: `filer-${enterpriseId}`,
		personName: '王填报',
		orgId: String(office?.id),
		orgKind: 'enterprise',
		duty: 'approver',
		channelId,
		enterpriseId,
		requestId: 'request',
		address: '203.0.113.7'
	};
	const reportId = await oweReport({ adminSql }, { designationId, year });
	return { reportId, enterpriseId, designationId, category, filer };
}

/** The report a designation owes for a (further) year. */
export async function oweReport({ adminSql }: Owner, { designationId, year }: { designationId: string; year: number }): Promise<string> {
	const [report] = await adminSql<{ id: string }[]>`
		insert into annual_report (designation_id, enterprise_id, year, category, cohort_year, channel_id, channel_kind, enterprise_name, credit_code)
		select d.id, e.id, ${year}, d.category, d.cohort_year, c.id, c.kind, e.name, e.credit_code
		from designation d join enterprise e on e.id = d.enterprise_id join channel c on c.id = e.channel_id where d.id = ${designationId} returning id`;
	return String(report?.id);
}

/** Answers that go with the report's channel (方案第七条). */
async function answersAt({ adminSql }: Owner, { reportId, category }: SceneReport): Promise<Record<string, string>> {
	const [row] = await adminSql<{ channel_kind: string }[]>`select channel_kind from annual_report where id = ${reportId}`;
	return answersFor(category, row?.channel_kind === 'central_group' ? { ownership: 'central' } : {});
}

/** Lays a draft with these answers, whatever was in it, and the audited statements beside it. */
export async function fillDraft({ adminSql }: Owner, report: SceneReport, given?: Readonly<Record<string, string>>): Promise<void> {
	const { reportId, filer } = report;
	const answers = given ?? (await answersAt({ adminSql }, report));
	await adminSql`update annual_report set state = 'draft' where id = ${reportId} and state = 'not_started'`;
	await adminSql`
		insert into annual_report_draft (report_id, form_version, based_on_version, started_by, last_edited_by)
		select ${reportId}, '2026-1', r.current_version, ${filer.personId}, ${filer.personId} from annual_report r where r.id = ${reportId}
			on conflict (report_id) do nothing`;
	await adminSql`delete from draft_answer where report_id = ${reportId}`;
	const rows = Object.entries(answers).map(([answer_key, typed]) => ({
		report_id: reportId,
		answer_key,
		typed,
		edited_by: filer.personId,
		edited_by_name: filer.personName
	}));
	await adminSql`insert into draft_answer ${adminSql(rows)}`;
	await adminSql`
		insert into attachment (report_id, slot, file_name, content_type, size_bytes, sha256, uploaded_by, uploaded_by_name)
		select ${reportId}, 'audited_statements', '审计报告.pdf', 'application/pdf', 1024, ${'a'.repeat(64)}, ${filer.personId}, ${filer.personName}
		where not exists (select from attachment where report_id = ${reportId})`;
}

/** Fills and submits; throws what was refused. */
export async function submitReport(owner: Owner, report: SceneReport, answers?: Readonly<Record<string, string>>): Promise<void> {
	await fillDraft(owner, report, answers);
	const [row] = await owner.adminSql<{ current_version: number }[]>`select current_version from annual_report where id = ${report.reportId}`;
	const done = await submitAnnualReport(report.filer, report.reportId, {
		afterVersion: row?.current_version ?? 0,
		lateReasonCode: 'other',
		lateReason: '示例原因'
	});
	if (!done.ok) throw new Error(`not submitted: ${JSON.stringify(done.refusal)}`);
}

/** Each of these officials signs the current version; throws what was refused. */
export async function signReport({ adminSql }: Owner, reportId: string, signers: readonly Actor[]): Promise<void> {
	const [row] = await adminSql<{ current_version: number }[]>`select current_version from annual_report where id = ${reportId}`;
	for (const signer of signers) {
		const done = await giveOpinion(signer, reportId, { version: row?.current_version ?? 0, remark: '同意报送。' });
		if (!done.ok) throw new Error(`not signed: ${JSON.stringify(done.refusal)}`);
	}
}
