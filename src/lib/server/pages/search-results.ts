/** What the search box and its page find, in words and with the way there: the same for both. */
import { searchedText } from '#lib/domain/enterprise-search.ts';
import { ARTICLE_IDS, citationOf, textOf } from '#lib/domain/notice.ts';
import { DEPARTMENTS, MINISTRIES } from '#lib/domain/parties.ts';
import { reportPath } from '#lib/forms/report-address.ts';
import type { Actor } from '#lib/server/actor.ts';
import { NAMED_AT_MOST, search, type Found } from '#lib/server/reads/person/search.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { guideSections } from '#lib/words/guide-words.ts';
import { otherNamesText } from '#lib/words/name-words.ts';
import { navigationFor, screensBelow } from '#lib/words/navigation.ts';
import { categoryWord } from '#lib/words/words.ts';

export interface FoundItem {
	readonly href: string;
	readonly label: string;
	/** What tells it from others of its name. */
	readonly note: string;
}

/** Things of one kind, by what they are called. */
export interface FoundGroup {
	readonly kind: 'enterprise' | 'report' | 'screen' | 'help';
	readonly label: string;
	readonly items: readonly FoundItem[];
}

/** One person's searches on their way: whoever types fast, or a program in their name, waits for these before it asks again. */
const underWay = new Map<string, number>();
const AT_ONCE = 3;

/** Null while this person asks too much at once. */
export async function searchResults(actor: Actor, typed: string): Promise<readonly FoundGroup[] | null> {
	const waiting = underWay.get(actor.personId) ?? 0;
	if (waiting >= AT_ONCE) return null;
	underWay.set(actor.personId, waiting + 1);
	try {
		return groupsOf(actor, typed, await search(actor, typed));
	} finally {
		const left = (underWay.get(actor.personId) ?? 1) - 1;
		if (left > 0) underWay.set(actor.personId, left);
		else underWay.delete(actor.personId);
	}
}

function groupsOf(actor: Actor, typed: string, { enterprises, reports }: Found): readonly FoundGroup[] {
	const door = MINISTRIES.some((kind) => kind === actor.orgKind) ? '/ministry' : DEPARTMENTS.some((kind) => kind === actor.orgKind) ? '/channel' : null;
	const text = searchedText(typed);
	const groups: readonly FoundGroup[] = [
		{
			kind: 'enterprise',
			label: m.shell_search_enterprises(),
			items:
				door === null
					? []
					: enterprises.map(({ id, name, formerNames, creditCode }) => ({
							href: `${door}/enterprises/${id}`,
							label: name,
							note: [creditCode, otherNamesText({ now: null, former: formerNames })].filter(Boolean).join(' · ')
						}))
		},
		{
			kind: 'report',
			label: m.shell_search_reports(),
			items: reports.map((report) => ({
				href: door === null ? reportPath(report) : `${door}/reports/${report.id}`,
				label: m.shell_search_report({ enterprise: report.enterpriseName, year: report.year }),
				note: categoryWord[report.category]()
			}))
		},
		{
			kind: 'screen',
			label: m.shell_search_screens(),
			items: screensOf(actor)
				.filter(({ label }) => text !== '' && searchedText(label).includes(text))
				.map((screen) => ({ ...screen, note: '' }))
		},
		{ kind: 'help', label: m.shell_search_help(), items: text === '' ? [] : helpOn(text) }
	];
	return groups.filter(({ items }) => items.length > 0);
}

/** Where this office may go from anywhere: its navigation, and what everybody has. */
function screensOf(actor: Actor): readonly { readonly href: string; readonly label: string }[] {
	const own = [...navigationFor(actor.orgKind, ''), ...screensBelow(actor.orgKind)].map(({ href, label }) => ({ href, label }));
	const everybodys = [
		{ href: '/inbox', label: m.shell_inbox() },
		{ href: '/me', label: m.shell_account_settings() },
		{ href: '/guide', label: m.shell_help_guide() }
	];
	return [...own, ...everybodys.filter(({ href }) => !own.some((other) => other.href === href))];
}

/** Topics of the guide, then articles of the notice, whose text is Chinese: in English they are found by their number. */
function helpOn(text: string): readonly FoundItem[] {
	const locale = getLocale();
	const says = (...texts: readonly string[]) => texts.some((one) => searchedText(one).includes(text));
	const topics = guideSections
		.filter(({ title, points }) => says(title(), ...points.map((point) => point())))
		.map(({ id, title, points }) => ({ href: `/guide#${id}`, label: title(), note: points.map((point) => point()).find((point) => says(point)) ?? '' }));
	const articles = ARTICLE_IDS.filter((article) => says(citationOf(article, locale)) || (locale === 'zh-CN' && says(textOf(article)))).map((article) => ({
		href: `/guide#article-${article.replaceAll('.', '-')}`,
		label: citationOf(article, locale),
		note: locale === 'zh-CN' ? textOf(article).replace(/\s+/g, ' ') : ''
	}));
	return [...topics, ...articles].slice(0, NAMED_AT_MOST).map((item) => ({ ...item, note: shortened(item.note) }));
}

const SHOWN_OF_TEXT = 60;
const shortened = (text: string): string => ([...text].length <= SHOWN_OF_TEXT ? text : `${[...text].slice(0, SHOWN_OF_TEXT).join('')}…`);
