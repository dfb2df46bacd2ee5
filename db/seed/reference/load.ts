import { readFile } from 'node:fs/promises';
import postgres from 'postgres';
import { z } from 'zod';
import { POLICIES } from '#lib/domain/policy.ts';
import { loadWorkingCalendars } from './working-calendar.ts';

const Channels = z.object({
	provinces: z.array(
		z.object({
			code: z.string().regex(/^\d{6}$/),
			nameZh: z.string(),
			shortZh: z.string(),
			nameEn: z.string(),
			abbr: z.string(),
			gdpTierTrillionCny: z.enum(['>5', '3-5', '1-3', 'other']),
			quotaPerCategory: z.number().int(),
			tile: z.tuple([z.number().int(), z.number().int()]).nullable()
		})
	)
});

/** Offices there is exactly one of. */
const SINGLE_OFFICES = [
	{ kind: 'mofcom', nameZh: '商务部', nameEn: 'Ministry of Commerce' },
	{ kind: 'miit', nameZh: '工业和信息化部', nameEn: 'Ministry of Industry and Information Technology' },
	{ kind: 'expert_pool', nameZh: '专家库', nameEn: 'Expert pool' },
	{ kind: 'administration', nameZh: '系统管理', nameEn: 'Administration' },
	{ kind: 'audit', nameZh: '审计', nameEn: 'Audit' }
] as const;

/**
 * What every database has: the provinces and the Corps with their two departments, the single offices, the policies, the arranged working days. Safe to run
 * again: it adds what is missing.
 */
export async function loadReference({ url }: { url: string }): Promise<void> {
	const { provinces } = Channels.parse(JSON.parse(await readFile(new URL('./channels.json', import.meta.url), 'utf8')));
	const sql = postgres(url, { max: 1, onnotice: () => {} });
	try {
		await sql.begin(async (tx) => {
			await tx`select set_config('app.system_reason', 'reference data', true)`;
			for (const province of provinces) {
				const [column, row] = province.tile ?? [null, null];
				await tx`
					insert into channel (id, kind, name_zh, short_zh, name_en, abbr, gdp_tier, quota_per_category, tile_column, tile_row)
					values (${province.code}, 'province', ${province.nameZh}, ${province.shortZh}, ${province.nameEn}, ${province.abbr},
						${province.gdpTierTrillionCny}, ${province.quotaPerCategory}, ${column}, ${row})
					on conflict (id) do nothing`;
				await tx`
					insert into organisation (kind, channel_id, name_zh, name_en) values
						('commerce', ${province.code}, ${`${province.nameZh}商务主管部门`}, ${`${province.nameEn}, commerce department`}),
						('industry', ${province.code}, ${`${province.nameZh}工业和信息化主管部门`}, ${`${province.nameEn}, industry and information technology department`})
					on conflict do nothing`;
			}
			for (const office of SINGLE_OFFICES) {
				await tx`insert into organisation (kind, name_zh, name_en) values (${office.kind}, ${office.nameZh}, ${office.nameEn}) on conflict do nothing`;
			}
			for (const policy of POLICIES) {
				await tx`
					insert into policy (version, valid_from_on, content) values (${policy.version}, ${policy.validFromOn}, ${JSON.stringify(policy)}::text::jsonb)
					on conflict (version) do nothing`;
			}
			await loadWorkingCalendars(tx);
		});
	} finally {
		await sql.end({ timeout: 5 });
	}
}
