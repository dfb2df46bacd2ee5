/** To which offices a letter of the ministries goes, and what its figures are limited to. */
import type { Category, ChannelKind } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { categoryWord } from '#lib/words/words.ts';
import { joined, ZH } from './letter-words.ts';

export interface AddressedChannel {
	readonly id: string;
	readonly kind: ChannelKind;
	readonly name: string;
	/** Its departments, or the office of its group, by name. */
	readonly offices: readonly string[];
}

/** So many channels are addressed by their offices' names; more are addressed as the notice addresses them. */
const ADDRESSED_BY_NAME = 3;
/** 新疆生产建设兵团: the notice names it beside the provinces. */
const CORPS = '660000';

/** 方案第七、十一条: a province is addressed in both its departments, which are equals; a central group in its office. */
export function addresseesOf(channels: readonly AddressedChannel[], everyone: boolean): string {
	const provinces = channels.filter(({ kind }) => kind === 'province');
	const groups = channels.filter(({ kind }) => kind === 'central_group');
	if (everyone && provinces.length > ADDRESSED_BY_NAME) return m.letter_to_all_channels({}, ZH);
	if (channels.length <= ADDRESSED_BY_NAME) return joined(channels.flatMap(({ name, offices }) => (offices.length > 0 ? offices : [name])));
	const some = provinces.some(({ id }) => id === CORPS) ? m.letter_to_some_with_corps({}, ZH) : m.letter_to_some_provinces({}, ZH);
	return [...(provinces.length > 0 ? [some] : []), ...(groups.length > 0 ? [m.letter_to_groups({}, ZH)] : [])].join(m.letter_to_between({}, ZH));
}

/** A figure that leaves names what it was limited to; '' where it was not. */
export function scopeText({ category, cohort }: { readonly category: Category | null; readonly cohort: number | null }): string {
	const filters = [...(category === null ? [] : [categoryWord[category]({}, ZH)]), ...(cohort === null ? [] : [m.letter_scope_cohort({ year: cohort }, ZH)])];
	return filters.length === 0 ? '' : m.letter_scope({ filters: joined(filters) }, ZH);
}
