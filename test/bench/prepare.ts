import { createHmac } from 'node:crypto';
import type postgres from 'postgres';
import { pageMarkText } from '#lib/server/page-mark.ts';
import { APP_NOW, LAST_YEAR, withOwner } from './data.ts';

/** What the application signs its sessions with in a bench; nobody else's. */
export const SECRET = 'a secret of the bench that nobody else uses';

export type Draft = { report: string; firm: string; cookie: string; /** The page its filer submits from. */ mark: string };
export type Ready = {
	/** Cookies of officials who are signed in. */
	mofcom: string;
	/** Their office. */
	mofcomOrg: string;
	commerce: string;
	/** Reports with a complete draft, each with its filer signed in. */
	drafts: readonly Draft[];
	firms: number;
};

/** Puts back what the last run submitted, and signs people in: sessions are rows, and we know the secret. */
export function prepare(url: string, drafts: number): Promise<Ready> {
	return withOwner(url, async (sql) => {
		await restoreDrafts(sql);
		await sql`delete from auth.session`;
		await official(sql, 'bench-mofcom', 'mofcom', null);
		await official(sql, 'bench-commerce', 'commerce', '440000');
		const rows = await sql<{ report: string; firm: string; org: string }[]>`
			select r.id as report, r.enterprise_id as firm, o.id as org
			from annual_report r join organisation o on o.enterprise_id = r.enterprise_id
			where r.year = ${LAST_YEAR} and r.state = 'draft' order by r.id limit ${drafts}`;
		await signIn(
			sql,
			rows.map(({ firm }) => `filer-${firm}`)
		);
		await signIn(sql, ['bench-mofcom', 'bench-commerce']);
		const [office] = await sql<{ id: string }[]>`select id::text from organisation where kind = 'mofcom'`;
		const [count] = await sql<{ firms: number }[]>`select count(*)::int as firms from enterprise`;
		await sql.unsafe(
			'vacuum (analyze) annual_report, annual_report_version, annual_report_draft, draft_answer, auth.session, journal, journal_head, report_event, ' +
				'report_tally, report_flow, mail'
		);
		return {
			mofcom: cookieOf('bench-mofcom'),
			mofcomOrg: office?.id ?? '',
			commerce: cookieOf('bench-commerce'),
			drafts: rows.map((row) => ({
				...row,
				cookie: cookieOf(`filer-${row.firm}`),
				mark: pageMarkText({ personId: `filer-${row.firm}`, orgId: row.org, object: '' }, SECRET)
			})),
			firms: count?.firms ?? 0
		};
	});
}

async function official(sql: postgres.Sql, id: string, kind: string, channelId: string | null): Promise<void> {
	await sql`insert into person (id, name, email, synthetic) values (${id}, '周某', ${`${id}@example.cn`}, true) on conflict do nothing`;
	await sql`insert into auth."user" (id, name, email, "emailVerified") values (${id}, '周某', ${`${id}@example.cn`}, true) on conflict do nothing`;
	await sql`
		insert into membership (person_id, org_id, duty) select ${id}, id, 'approver' from organisation where kind = ${kind} and channel_id is not distinct
			from ${channelId} on conflict do nothing`;
}

async function signIn(sql: postgres.Sql, people: readonly string[]): Promise<void> {
	await sql`
		insert into auth.session (id, "expiresAt", token, "createdAt", "updatedAt", "userId", "touchedAt")
		select 'session-' || p, ${APP_NOW}::timestamptz + interval '12 hours', 'token-'
			|| p, ${APP_NOW}::timestamptz, ${APP_NOW}::timestamptz, p, ${APP_NOW}::timestamptz
		from unnest(${people as string[]}::text[]) p`;
}

function cookieOf(person: string): string {
	const token = `token-${person}`;
	return `keyent.session_token=${encodeURIComponent(`${token}.${createHmac('sha256', SECRET).update(token).digest('base64')}`)}`;
}

/** The only place that takes back a submission: as the owner, with triggers at rest, in a database that is nobody's. */
async function restoreDrafts(sql: postgres.Sql): Promise<void> {
	await sql.begin(async (tx) => {
		await tx`set local session_replication_role = replica`;
		await tx`
			create temporary table gone on commit drop as
			select b.id, b.firm from bench.report b join annual_report r on r.id = b.id where b.state = 'draft' and r.state <> 'draft'`;
		for (const table of ['annual_figure', 'annual_report_version', 'report_event'])
			await tx.unsafe(`delete from ${table} t using gone where t.report_id = gone.id`);
		await tx`truncate mail, reminder`;
		await tx`truncate journal, journal_head`;
		// Each has a chain already, as after years of use: on an empty table the plan would be a scan, and stay one.
		await tx`insert into journal_head (org_id, seq, hash) select id, 0, '\\x' from organisation`;
		// The triggers are at rest here, so the kept counts are told of it by hand.
		await tx`select count_report(r, -1) from annual_report r join gone on gone.id = r.id`;
		await tx`update annual_report r set state = 'draft', current_version = 0, first_submitted_at = null, submitted_at = null from gone where r.id = gone.id`;
		await tx`select count_report(r, 1) from annual_report r join gone on gone.id = r.id`;
		await tx`select fold_report_counts(${LAST_YEAR})`;
		await tx`
			insert into annual_report_draft (report_id, form_version, based_on_version, started_by, last_edited_by, answers_filled, answers_asked)
			select id, '2026-1', 0, 'filer-' || firm, 'filer-' || firm, 60, 60 from gone`;
		await tx`
			insert into draft_answer (report_id, answer_key, typed, edited_by, edited_by_name)
			select b.id, a.answer_key, a.typed, 'filer-' || b.firm, '钱某' from gone join bench.report b using (id) join bench.answer a on a.category = b.category
			union all
			select g.id, regexp_replace(c.key, '_wan$', '') || '@' || s.basis, c.value, 'filer-' || g.firm, '钱某'
			from gone g join bench.stated s on s.report_id = g.id
			cross join lateral jsonb_each_text(to_jsonb(s) - array['report_id', 'firm', 'year', 'basis', 'figure_year']) c where c.value is not null`;
	});
}
