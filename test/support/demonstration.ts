import type { ReferenceParties } from '#db/seed/demo/register.ts';
import { METRICS, type FigureRow } from '#lib/domain/form/figure-metric.ts';
import type { HistoryRow } from '#lib/domain/form/figures.ts';
import type { Actor } from '#lib/server/actor.ts';
import type { TestDatabase } from './database.ts';

type Owner = Pick<TestDatabase, 'adminSql'>;

/** Who signs in with a name, as the acts know them. */
export async function actorOf({ adminSql }: Owner, username: string): Promise<Actor> {
	const [row] = await adminSql<
		{
			personId: string;
			personName: string;
			orgId: string;
			orgKind: Actor['orgKind'];
			duty: Actor['duty'];
			channelId: string | null;
			enterpriseId: string | null;
		}[]
	>`
		select p.id as "personId", p.name as "personName", o.id as "orgId", o.kind as "orgKind", m.duty, coalesce(o.channel_id, e.channel_id)
			as "channelId", o.enterprise_id as "enterpriseId"
		from auth."user" u join person p on p.id = u.id join membership m on m.person_id = p.id join organisation o on o.id = m.org_id left join enterprise e
			on e.id = o.enterprise_id
		where u.username = ${username}`;
	if (!row) throw new Error(`nobody is called ${username}`);
	return { ...row, requestId: 'request', address: '203.0.113.7' };
}

/** Provinces and offices as the demonstration found them. */
export async function referenceParties({ adminSql }: Owner): Promise<ReferenceParties> {
	const channels = await adminSql<ReferenceParties['channels'][number][]>`
		select id, kind, name_zh as "nameZh", short_zh as "shortZh", quota_per_category as quota from channel where kind = 'province' order by id`;
	const offices = await adminSql<ReferenceParties['offices'][number][]>`
		select id::int as "orgId", kind, channel_id as "channelId", name_zh as "nameZh" from organisation where kind not in ('enterprise', 'group') order by id`;
	return { channels, offices };
}

/** What the current versions of filed reports state, by designation. */
export async function historyByDesignation({ adminSql }: Owner): Promise<Map<string, HistoryRow[]>> {
	const rows = await adminSql<(Record<string, string | null> & { designation_id: string; year: number; figure_year: number; basis: 'final' | 'forecast' })[]>`
		select r.designation_id, r.year, f.* from annual_report r join annual_figure f on f.report_id = r.id and f.version_no = r.current_version
		where r.state in ('submitted', 'returned', 'forwarded', 'received')`;
	const found = new Map<string, HistoryRow[]>();
	for (const row of rows) {
		const figures = Object.fromEntries(
			METRICS.map(({ metric, fieldId, kind }) => [metric, row[kind === 'money' ? `${fieldId}_wan` : fieldId] ?? null])
		) as FigureRow;
		found.set(row.designation_id, [
			...(found.get(row.designation_id) ?? []),
			{ forYear: row.figure_year, basis: row.basis, reportYear: row.year, row: figures }
		]);
	}
	return found;
}
