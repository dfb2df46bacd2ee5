import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import postgres from 'postgres';

/**
 * What the same rows cost with nothing around them: bare node:http, the driver, the same statements, rows as the plainest HTML.
 * No session, no scope, no row security, no words, no checks. A process of its own, told its database by DATABASE_URL.
 */
const url = process.env['DATABASE_URL'];
if (url === undefined) throw new Error('DATABASE_URL is not set');
const sql = postgres(url, { max: 16, onnotice: () => undefined });

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const row = (cells: readonly unknown[]) =>
	`<tr>${cells.map((cell) => `<td>${cell instanceof Date ? cell.toISOString() : escape(String(cell ?? ''))}</td>`).join('')}</tr>`;
const page = (rows: readonly string[]) => `<!doctype html><table>${rows.join('')}</table>`;

/** A page of 50 of one year and category by name from a place in the list, and how many there are. */
async function list(asked: URLSearchParams): Promise<string> {
	const year = Number(asked.get('year'));
	const category = asked.get('category') ?? 'manufacturing';
	const [rows, counts] = await Promise.all([
		sql`
			select r.id, r.enterprise_id, r.enterprise_name, r.credit_code, c.short_zh, r.category, r.cohort_year, r.state, r.court, r.current_version,
				r.submitted_at, r.first_forwarded_at,
				r.received_at, r.extension_on, v.warnings, v.criteria_unmet
			from annual_report r
			join channel c on c.id = r.channel_id
			left join annual_report_version v on v.report_id = r.id and v.no = r.current_version
			where r.year = ${year} and r.category = ${category} and (r.enterprise_name, r.id) > (${asked.get('name') ?? ''}, ${asked.get('id') ?? '0'}::bigint)
			order by r.enterprise_name, r.id limit 51`,
		sql`select court, count(*)::int as count from annual_report where year = ${year} and category = ${category} group by court`
	]);
	return page([...counts.map((one) => row(Object.values(one))), ...rows.map((one) => row(Object.values(one)))]);
}

async function enterprise(id: string): Promise<string> {
	const [heads, contacts, events, reports, figures] = await Promise.all([
		sql`select e.id, e.name, e.credit_code, p.address, p.postcode, p.legal_representative, p.ownership from enterprise e left join enterprise_profile p
			on p.enterprise_id = e.id where e.id = ${id}::bigint`,
		sql`select name, phone, email, updated_at from enterprise_contact where enterprise_id = ${id}::bigint order by place`,
		sql`select id, kind, effective_on, note, before, after from enterprise_event where enterprise_id = ${id}::bigint order by effective_on desc, id desc`,
		sql`
			select d.id as designation, d.category, d.cohort_year, d.announced_on, d.announcement_no, d.status, r.id, r.year, r.state, r.court, y.ministry_due_on,
				r.extension_on, r.first_forwarded_at
			from designation d left join annual_report r on r.designation_id = d.id left join reporting_year y on y.year = r.year
			where d.enterprise_id = ${id}::bigint order by d.category desc, r.year desc`,
		sql`
			select f.* from annual_report r join annual_figure f on f.report_id = r.id and f.version_no = r.current_version
			where r.enterprise_id = ${id}::bigint and r.state in ('submitted', 'returned', 'forwarded', 'received') order by f.figure_year, f.basis desc`
	]);
	return page([heads, contacts, events, reports, figures].flatMap((rows) => rows.map((one) => row(Object.values(one)))));
}

/** The statements of a submission, one after the other in one transaction, with nothing asked of what is in the draft. */
async function submit(id: string): Promise<string> {
	return sql.begin(async (tx) => {
		const [at] = await tx<{ now: Date }[]>`select app_now() as now`;
		const [report] = await tx`
			select r.*, y.form_version, y.policy_version, (select o.id from organisation o where o.enterprise_id = r.enterprise_id) as org_id,
				(select t.id from report_return t where t.report_id = r.id order by t.id desc limit 1) as return_id
			from annual_report r join reporting_year y on y.year = r.year where r.id = ${id}::bigint for update of r`;
		if (!report || report['state'] !== 'draft') throw new Error(`report ${id} is no draft`);
		const answers = await tx`select answer_key, typed, version, edited_at, edited_by, edited_by_name from draft_answer where report_id = ${id}::bigint`;
		const files = await tx`select id, slot, file_name, content_type, size_bytes, sha256 from attachment where report_id = ${id}::bigint and removed_at is null
				order by uploaded_at, id`;
		await tx`select content from policy where version = ${report['policy_version'] as string}`;
		await tx`
			select f.* from annual_report r join annual_figure f on f.report_id = r.id and f.version_no = r.current_version
			where r.designation_id = ${report['designation_id'] as string}::bigint and r.year < ${report['year'] as number} and r.state
				in ('submitted', 'returned', 'forwarded', 'received') order by r.year, f.figure_year`;
		await tx`select name_zh from channel where id = ${report['channel_id'] as string}`;
		const typed = Object.fromEntries(answers.map((answer) => [answer['answer_key'] as string, answer['typed'] as string]));
		const content = JSON.stringify({ report, typed, files });
		const hash = createHash('sha256').update(content).digest('hex');
		await tx`
			insert into annual_report_version (report_id, no, form_version, policy_version, submitted_at, submitted_by, submitted_by_name, receipt_no, content,
				content_hash)
			values (${id}::bigint, 1, '2026-1', '2026-1', ${at?.now ?? null}, 'floor', 'floor', ${`floor-${id}`}, ${content}, ${hash})`;
		for (const basis of ['final', 'forecast']) {
			const figure = (name: string) => typed[`${name}@${basis}`] ?? null;
			await tx`
				insert into annual_figure (report_id, version_no, figure_year, basis, designation_id, employees, bachelor_or_above, intermediate_title_or_above,
					total_assets_wan, total_liabilities_wan,
					revenue_wan, profit_wan, rd_spending_wan, informatisation_wan, equipment_total, equipment_networked, ito_executed_wan, manufacturing_customers,
						manufacturing_revenue_wan,
					patents_invention, patents_utility, patents_design, software_copyrights)
				values (${id}::bigint, 1, ${(report['year'] as number) - (basis === 'final' ? 1 : 0)}, ${basis}, ${report['designation_id'] as string}::bigint,
					${figure('employees')}, ${figure('bachelor_or_above')},
					${figure('intermediate_title_or_above')}, ${figure('total_assets')}, ${figure('total_liabilities')}, ${figure('revenue')}, ${figure('profit')},
						${figure('rd_spending')}, ${figure('informatisation')},
					${figure('equipment_total')}, ${figure('equipment_networked')}, ${figure('ito_executed')}, ${figure('manufacturing_customers')},
						${figure('manufacturing_revenue')}, ${figure('patents_invention')},
					${figure('patents_utility')}, ${figure('patents_design')}, ${figure('software_copyrights')})`;
		}
		const firm = report['enterprise_id'] as string;
		await tx`
			insert into enterprise_profile (enterprise_id, address, postcode, legal_representative, ownership)
				values (${firm}::bigint, ${typed['address'] ?? null}, ${typed['postcode'] ?? null}, ${typed['legal_representative'] ?? null},
				${typed['ownership'] ?? null})
			on conflict (enterprise_id) do update set address = excluded.address, postcode = excluded.postcode, legal_representative = excluded.legal_representative,
				ownership = excluded.ownership, row_version = enterprise_profile.row_version + 1`;
		for (const place of [1, 2]) {
			await tx`
				insert into enterprise_contact (enterprise_id, place, name, phone, email)
					values (${firm}::bigint, ${place}, ${typed[`contact${place}_name`] ?? ''}, ${typed[`contact${place}_phone`] ?? null},
					${typed[`contact${place}_email`] ?? null})
				on conflict (enterprise_id, place) do update set name = excluded.name, phone = excluded.phone, email = excluded.email, updated_at = app_now()`;
		}
		await tx`delete from annual_report_draft where report_id = ${id}::bigint`;
		await tx`update annual_report set state = 'submitted', current_version = 1, first_submitted_at = ${at?.now ?? null}, submitted_at = ${at?.now ?? null},
			row_version = row_version + 1 where id = ${id}::bigint`;
		await tx`insert into report_event (report_id, at, act, by_kind, person_name, version_no, state, court, detail)
			values (${id}::bigint, ${at?.now ?? null}, 'submit-annual-report', 'enterprise', 'floor', 1, 'submitted', 'departments', '{}')`;
		await tx`select set_config('app.org_id', ${report['org_id'] as string}, true), set_config('app.person_id', 'floor', true)`;
		await tx`select journal_write('submit-annual-report', 'annual_report', ${id}, '11', null, ${JSON.stringify({ hash })}::text::jsonb)`;
		const people = await tx`select p.id, p.name, p.email, p.locale from membership b join person p on p.id = b.person_id
				where b.org_id = ${report['org_id'] as string}::bigint and b.ended_at is null and p.disabled_at is null order by p.id`;
		for (const person of people) {
			await tx`
				insert into mail (person_id, to_address, template, locale, subject, text_body, html_body, message_id, state)
				values (${person['id'] as string}, ${person['email'] as string}, 'receipt', 'zh-CN', 'receipt', ${hash}, ${hash}, ${`<${randomUUID()}@floor>`},
					'kept')`;
		}
		return page([row([id, hash])]);
	});
}

/** The public register: active designations by name, 50 from a place. */
async function register(asked: URLSearchParams): Promise<string> {
	const rows = await sql`
		select e.id, e.name, d.category, c.short_zh, d.cohort_year, d.announced_on, d.announcement_no, d.status
		from enterprise e join designation d on d.enterprise_id = e.id join channel c on c.id = e.channel_id
		where (e.name, e.id) > (${asked.get('name') ?? ''}, ${asked.get('id') ?? '0'}::bigint) order by e.name, e.id limit 51`;
	return page(rows.map((one) => row(Object.values(one))));
}

/** What the ministries' overview asks, of the kept counts or, to see what they save, of the rows themselves. */
async function overview(asked: URLSearchParams): Promise<string> {
	const year = Number(asked.get('year'));
	const years = [year, year - 1, year - 2, year - 3];
	const [standing, came, days] =
		asked.get('live') === null
			? await Promise.all([
					sql`select channel_id, category, cohort_year, state, court, extension_on, min(since_on), sum(n)::int from report_tally where year = ${year}
						group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0`,
					sql`select channel_id, category, cohort_year, kind, extension_on, sum(n)::int from report_flow where year = ${year}
						group by 1, 2, 3, 4, 5 having sum(n) <> 0`,
					sql`select year, on_day, sum(n)::int from report_flow where year = any(${years}) and kind = 'submitted' group by 1, 2 having sum(n) <> 0`
				])
			: await Promise.all([
					sql`select channel_id, category, cohort_year, state, court, extension_on, min(submitted_at), count(*)::int from annual_report where year = ${year}
						group by 1, 2, 3, 4, 5, 6`,
					sql`
						select channel_id, category, cohort_year, k.kind, extension_on, count(*)::int from annual_report
						cross join lateral (values ('submitted', first_submitted_at), ('forwarded', first_forwarded_at)) k (kind, at) where year = ${year} and k.at is
							not null group by 1, 2, 3, 4, 5`,
					sql`select year, (first_submitted_at at time zone 'Asia/Shanghai')::date, count(*)::int from annual_report where year = any(${years})
						and first_submitted_at is not null group by 1, 2`
				]);
	return page([standing, came, days].map((rows) => row([rows.length, ...rows.slice(0, 50).flatMap((one) => Object.values(one))])));
}

/** What lies open at a channel, latest first, and how many in which court. */
async function board(asked: URLSearchParams): Promise<string> {
	const year = Number(asked.get('year'));
	const channel = asked.get('channel') ?? '';
	const [rows, counts] = await Promise.all([
		sql`
			select r.id, r.enterprise_name, r.category, r.state, r.court, r.submitted_at, d.last_edited_at, d.answers_filled, (select max(l.at) from contact_log l
				where l.report_id = r.id) as called_at
			from annual_report r left join annual_report_draft d on d.report_id = r.id
			where r.year = ${year} and r.channel_id = ${channel} and r.court in ('enterprise', 'commerce', 'industry', 'departments', 'channel')
				order by r.submitted_at, r.id limit 51`,
		sql`select court, count(*)::int from annual_report where year = ${year} and channel_id = ${channel} group by court`
	]);
	return page([...counts, ...rows].map((one) => row(Object.values(one))));
}

const server = createServer((request, response) => {
	const { pathname, searchParams } = new URL(request.url ?? '/', 'http://floor');
	const work =
		pathname === '/list'
			? list(searchParams)
			: pathname === '/enterprise'
				? enterprise(searchParams.get('id') ?? '0')
				: pathname === '/submit'
					? submit(searchParams.get('id') ?? '0')
					: pathname === '/overview'
						? overview(searchParams)
						: pathname === '/board'
							? board(searchParams)
							: register(searchParams);
	work.then(
		(html) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html),
		(error: unknown) => response.writeHead(500).end(String(error))
	);
});
server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => process.send?.('listening'));
process.once('disconnect', () => process.exit(0));
