import postgres from 'postgres';

/** Whether a migrated database holds no enterprise and no person yet: only such a one is filled with demonstration data. */
export async function isEmpty(url: string): Promise<boolean> {
	const sql = postgres(url, { max: 1, onnotice: () => {} });
	try {
		return await sql.begin(async (tx) => {
			await tx`select set_config('app.system_reason', 'is the database empty', true)`;
			const [row] = await tx<{ used: boolean }[]>`select exists (select from enterprise) or exists (select from person) as used`;
			return row?.used === false;
		});
	} finally {
		await sql.end({ timeout: 5 });
	}
}
