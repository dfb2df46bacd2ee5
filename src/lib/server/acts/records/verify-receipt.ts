import { createHash } from 'node:crypto';
import type { Category } from '#lib/domain/parties.ts';
import { asSystem } from '#lib/server/db/door.ts';

/** Questions one network address may ask in ten minutes. */
export const RECEIPT_CHECKS_ALLOWED = 20;
const WINDOW_MINUTES = 10;

export type ReceiptVerdict =
	| { readonly verdict: 'genuine'; readonly submittedAt: Date; readonly year: number; readonly category: Category }
	/** Number or hash is wrong: which of the two is not said. */
	| { readonly verdict: 'unknown' }
	| { readonly verdict: 'too_many' };

/** Receipt numbers as they are printed, whatever was pasted around them; null for what cannot be one. */
export function receiptNumberIn(text: string): string | null {
	const plain = text
		.normalize('NFKC')
		.replace(/[\s\p{Cf}]/gu, '')
		.replace(/[‐-―−]/g, '-')
		.toUpperCase();
	return /^\d{4}-[MS]-[0-9A-Z_-]{1,40}-\d{6,18}-\d{2,4}$/.test(plain) ? plain : null;
}

/** The last six characters of the hash, lower case; more of it may be pasted. Null for what cannot be them. */
export function hashEndIn(text: string): string | null {
	const plain = text
		.normalize('NFKC')
		.replace(/[\s\p{Cf}]/gu, '')
		.toLowerCase();
	return /^[0-9a-f]{6,64}$/.test(plain) ? plain.slice(-6) : null;
}

/**
 * Whether a receipt is genuine: number and the end of the hash, which only who holds the receipt knows. Says when and for which kind of
 * report, and nothing about whose. Counted in the database, so that every web process counts together.
 */
export function verifyReceipt(receiptNo: string, hashEnd: string, address: string): Promise<ReceiptVerdict> {
	return asSystem('verify a receipt', async ({ sql }): Promise<ReceiptVerdict> => {
		const [window] = await sql<
			{ since: Date | null }[]
		>`select date_bin(${`${WINDOW_MINUTES} minutes`}::interval, app_now(), timestamptz '2020-01-01T00:00:00Z')::timestamptz as since`;
		const since = window?.since;
		if (!since) throw new Error('the database gave no time');
		const asker = createHash('sha256').update(`${address} ${since.toISOString()}`).digest('hex');
		const [count] = await sql<{ tried: number }[]>`
			insert into receipt_check (asker_hash, since) values (${asker}, ${since})
			on conflict (asker_hash, since) do update set tried = receipt_check.tried + 1 returning tried`;
		if (count?.tried === 1) await sql`delete from receipt_check where since < ${since}::timestamptz - interval '1 day'`;
		if ((count?.tried ?? 0) > RECEIPT_CHECKS_ALLOWED) return { verdict: 'too_many' };
		const [row] = await sql<{ submitted_at: Date; year: number; category: string }[]>`
			select v.submitted_at, r.year, r.category from annual_report_version v join annual_report r on r.id = v.report_id
			where v.receipt_no = ${receiptNo} and right(v.content_hash, 6) = ${hashEnd}`;
		return row ? { verdict: 'genuine', submittedAt: row.submitted_at, year: row.year, category: row.category as Category } : { verdict: 'unknown' };
	});
}
