import { createRequire } from 'node:module';
import type postgres from 'postgres';
import { z } from 'zod';

const Days = z.record(z.string().regex(/^\d{4}-\d{2}-\d{2}$/), z.string());
const Published = z.object({ holidays: Days, workdays: Days });

/** No annual report is older than the notice. */
const FIRST_YEAR = 2021;

/**
 * The State Council's arrangements as the package chinese-days carries them, each as version 1 of its year. A year it does not know stays
 * unknown, until a later release of the package or the ministries enter it; a year that has a version already is left as it is.
 */
export async function loadWorkingCalendars(tx: postgres.TransactionSql): Promise<void> {
	const require = createRequire(import.meta.url);
	const { holidays, workdays } = Published.parse(require('chinese-days/dist/chinese-days.json'));
	const { version } = z.object({ version: z.string() }).parse(require('chinese-days/package.json'));
	const years = [...new Set(Object.keys(holidays).map((on) => Number(on.slice(0, 4))))].filter((year) => year >= FIRST_YEAR).sort((a, b) => a - b);
	for (const year of years) {
		const entered = await tx`
			insert into working_calendar (year, version, source, entered_by, entered_by_name)
			select ${year}, 1, ${`国务院办公厅关于${year}年部分节假日安排的通知（chinese-days ${version}）`}, 'system', 'chinese-days'
			where not exists (select from working_calendar c where c.year = ${year})`;
		if (entered.count === 0) continue;
		for (const [kind, days] of [
			['holiday', holidays],
			['make_up', workdays]
		] as const) {
			for (const [on, said] of Object.entries(days).filter(([on]) => on.startsWith(`${year}-`))) {
				await tx`insert into working_calendar_day (year, version, on_day, kind, name) values (${year}, 1, ${on}, ${kind}, ${said.split(',')[1] ?? said})`;
			}
		}
	}
}
