import type { Category } from '#lib/domain/parties.ts';

export interface ReceiptOf {
	readonly reportYear: number;
	readonly category: Category;
	readonly channelId: string;
	readonly reportId: string;
	readonly version: number;
}

/** Year, category, channel, report, version: can be read out over the telephone and says what it is for. */
export function receiptNumber({ reportYear, category, channelId, reportId, version }: ReceiptOf): string {
	return [reportYear, category === 'manufacturing' ? 'M' : 'S', channelId.toUpperCase(), reportId.padStart(6, '0'), String(version).padStart(2, '0')].join('-');
}
