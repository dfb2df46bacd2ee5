/** Recognises a channel by the ways people write it: 江苏, 江苏省, 320000, JS, Jiangsu, 江苏省商务厅; the Corps; a central group by its name. */
import type { ChannelKind } from './parties.ts';

/** The names one channel answers to. The list comes from the register of channels. */
export interface ChannelName {
	readonly id: string;
	readonly kind: ChannelKind;
	/** Full and short names in Chinese and English, the GB/T 2260 code, the abbreviation: any spelling. */
	readonly names: readonly string[];
}

export type ChannelReading = { readonly ok: true; readonly channelId: string } | { readonly ok: false; readonly code: 'channel_unknown' | 'channel_ambiguous' };

const DEPARTMENT_SUFFIX = /(商务|工业和信息化|经济和信息化|工信|经信)(主管部门|委员会|厅|局|委)$/;
const PROVINCE_SUFFIX = /(壮族自治区|回族自治区|维吾尔自治区|自治区|省|市)$/;
const COMPANY_SUFFIX = /(股份有限公司|有限责任公司|有限公司|总公司|公司)$/;
const ENGLISH_SUFFIX = /(province|municipality|autonomousregion|city)$/;
const CORPS = ['新疆生产建设兵团', '新疆兵团', '生产建设兵团', '兵团', '660000', '66', 'xpcc'];

/** Every spelling → the channels it can mean. Made once for a list of many rows. */
export type ChannelIndex = ReadonlyMap<string, ReadonlySet<string>>;

/** Longer text names no channel; reading it would only cost time. */
const NAME_MAX_LENGTH = 200;

export function indexChannels(channels: readonly ChannelName[]): ChannelIndex {
	const index = new Map<string, Set<string>>();
	for (const channel of channels) {
		for (const key of channel.names.flatMap((name) => keysOf(name, channel.kind))) {
			if (key !== '') index.set(key, (index.get(key) ?? new Set()).add(channel.id));
		}
	}
	return index;
}

/** The channel meant by the text. Two departments of one province, joined by 、 or /, mean that province. */
export function readChannel(given: string, index: ChannelIndex): ChannelReading {
	if (given.length > NAME_MAX_LENGTH) return { ok: false, code: 'channel_unknown' };
	const found = index.get(keyOf(given)) ?? joined(given, index);
	const [first] = found;
	if (first === undefined) return { ok: false, code: 'channel_unknown' };
	return found.size === 1 ? { ok: true, channelId: first } : { ok: false, code: 'channel_ambiguous' };
}

function joined(given: string, index: ChannelIndex): ReadonlySet<string> {
	const parts = given.split(/[、,，/;；]/).filter((part) => part.trim() !== '');
	const perPart = parts.map((part) => index.get(keyOf(part)) ?? new Set<string>());
	return perPart.length < 2 || perPart.some((ids) => ids.size === 0) ? new Set() : new Set(perPart.flatMap((ids) => [...ids]));
}

/** A six-figure province code also answers to its first two figures (GB/T 2260). */
function keysOf(name: string, kind: ChannelKind): readonly string[] {
	const key = keyOf(name);
	return kind === 'province' && /^\d{2}0000$/.test(key) ? [key, key.slice(0, 2)] : [key];
}

function keyOf(text: string): string {
	const plain = text
		.normalize('NFKC')
		.replace(/[\s\p{Cf}\p{Cc}]/gu, '')
		.toLowerCase();
	const place = plain.replace(DEPARTMENT_SUFFIX, '');
	if (CORPS.includes(place)) return '新疆生产建设兵团';
	return place.replace(PROVINCE_SUFFIX, '').replace(COMPANY_SUFFIX, '').replace(ENGLISH_SUFFIX, '');
}
