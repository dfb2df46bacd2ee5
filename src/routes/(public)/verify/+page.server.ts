import { hashEndIn, receiptNumberIn, verifyReceipt } from '#lib/server/acts/records/verify-receipt.ts';
import type { PageServerLoad } from './$types';

/** A plain form that asks by GET: fit for print-outs and codes, and without script. What cannot be a receipt is not looked up. */
export const load: PageServerLoad = async ({ url, locals, setHeaders }) => {
	const receipt = url.searchParams.get('receipt') ?? '';
	const hash = url.searchParams.get('hash') ?? '';
	setHeaders({ 'cache-control': 'private, no-store' });
	if (receipt.trim() === '' && hash.trim() === '') return { receipt: '', hash: '', problems: {}, answer: null };
	const [number, end] = [receiptNumberIn(receipt), hashEndIn(hash)];
	if (number === null || end === null) return { receipt, hash, problems: { receipt: number === null, hash: end === null }, answer: null };
	return { receipt, hash, problems: {}, answer: await verifyReceipt(number, end, locals.address) };
};
