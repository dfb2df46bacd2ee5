/** The left navigation of each kind of organisation. Pure: place in, entries out; a page that does not exist is not named here. */
import type { OrganisationKind } from '#lib/domain/parties.ts';
import { metricOfPage } from '#lib/domain/saved-view.ts';
import { m } from '#lib/paraglide/messages.js';
import type { IconName } from './icon.ts';
import { fieldLabel } from './form-words.ts';
import { wordOf, type Word } from './words.ts';

/** One entry of the left navigation. */
export interface NavItem {
	href: string;
	label: string;
	icon: IconName;
	/** True on the page itself and on those below it. */
	current?: boolean;
	/** Things waiting there; shown when above zero. */
	count?: number;
}

interface Entry {
	href: string;
	word: Word;
	icon: IconName;
}

const enterprise: readonly Entry[] = [
	{ href: '/enterprise/home', word: m.shell_nav_home, icon: 'home' },
	{ href: '/enterprise/reports', word: m.shell_nav_reports, icon: 'report' },
	{ href: '/enterprise/needs', word: m.need_own, icon: 'help' },
	{ href: '/enterprise/people', word: m.shell_nav_people, icon: 'people' }
];
const channel: readonly Entry[] = [
	{ href: '/channel/home', word: m.shell_nav_home, icon: 'home' },
	{ href: '/channel/chase', word: m.shell_nav_chase, icon: 'phone' },
	{ href: '/channel/reports', word: m.shell_nav_reports, icon: 'report' },
	{ href: '/channel/forward', word: m.shell_nav_batches, icon: 'forward' },
	{ href: '/channel/extensions', word: m.shell_nav_extensions, icon: 'clock' },
	{ href: '/channel/needs', word: m.shell_nav_needs, icon: 'help' },
	{ href: '/channel/follow-ups', word: m.follow_list, icon: 'search' },
	{ href: '/channel/enterprises', word: m.shell_nav_enterprises, icon: 'building' },
	{ href: '/channel/contacts', word: m.shell_nav_contacts, icon: 'mail' },
	{ href: '/channel/people', word: m.shell_nav_people, icon: 'people' }
];
const ministry: readonly Entry[] = [
	{ href: '/ministry/home', word: m.shell_nav_home, icon: 'home' },
	{ href: '/ministry/progress', word: m.shell_nav_progress, icon: 'chart' },
	{ href: '/ministry/cohort', word: m.trend_nav, icon: 'chart' },
	{ href: '/ministry/reports', word: m.shell_nav_reports, icon: 'report' },
	{ href: '/ministry/extensions', word: m.shell_nav_extensions, icon: 'clock' },
	{ href: '/ministry/needs', word: m.shell_nav_needs, icon: 'help' },
	{ href: '/ministry/follow-ups', word: m.follow_list, icon: 'search' },
	{ href: '/ministry/enterprises', word: m.shell_nav_enterprises, icon: 'building' },
	{ href: '/ministry/cohort/import', word: m.shell_nav_cohort, icon: 'list' },
	{ href: '/ministry/years', word: m.shell_nav_years, icon: 'calendar' },
	{ href: '/ministry/calendar', word: m.shell_nav_calendar, icon: 'calendar' },
	{ href: '/ministry/reminders', word: m.shell_nav_reminders, icon: 'clock' },
	{ href: '/ministry/people', word: m.shell_nav_people, icon: 'people' }
];

const byKind = {
	enterprise,
	commerce: channel,
	industry: channel,
	group: channel,
	mofcom: ministry,
	miit: ministry,
	// Experts have no tasks yet; until then they have their inbox.
	expert_pool: [{ href: '/inbox', word: m.shell_nav_inbox, icon: 'inbox' }],
	administration: [
		{ href: '/admin/organisations', word: m.shell_nav_organisations, icon: 'building' },
		{ href: '/admin/people', word: m.shell_nav_people, icon: 'people' }
	],
	audit: [{ href: '/audit', word: m.shell_nav_audit, icon: 'shield' }]
} satisfies Record<OrganisationKind, readonly Entry[]>;

/** The entries for an organisation, the one that leads to `pathname` or above it marked. */
export function navigationFor(kind: OrganisationKind, pathname: string): NavItem[] {
	const entries: readonly Entry[] = byKind[kind];
	// Of two entries of which one lies below the other, the nearer one is meant.
	const nearest = entries
		.map(({ href }) => href)
		.filter((href) => pathname === href || pathname.startsWith(`${href}/`))
		.sort((a, b) => b.length - a.length)[0];
	return entries.map((entry) => ({ href: entry.href, label: entry.word(), icon: entry.icon, current: entry.href === nearest }));
}

/** Where the search box of a role sends its question: the list it works on, or a page of what was found where it has none. */
export function searchActionFor(kind: OrganisationKind): string {
	if (kind === 'mofcom' || kind === 'miit') return '/ministry/reports';
	if (kind === 'commerce' || kind === 'industry' || kind === 'group') return '/channel/enterprises';
	return kind === 'administration' ? '/admin/organisations' : '/search';
}

/** Lists that lie below an entry, with views of their own. */
const below: Readonly<Partial<Record<string, Word>>> = {
	'/ministry/follow-ups/candidates': m.follow_candidates,
	'/ministry/views': m.frozen_list,
	'/ministry/cohort/trial': m.trial_title
};

/** The same for the search, which leads there too: whoever has the entry above has them. */
export function screensBelow(kind: OrganisationKind): { readonly href: string; readonly label: string }[] {
	const entries: readonly Entry[] = byKind[kind];
	const area = entries[0]?.href.split('/')[1] ?? '';
	return Object.entries(below).flatMap(([href, word]) => (word && href.startsWith(`/${area}/`) ? [{ href, label: word() }] : []));
}

/** What a list is called, in whichever office it stands; its path for one that stands in none. */
export function pageWord(path: string): string {
	const metric = metricOfPage(path);
	if (metric !== null) return fieldLabel(metric);
	const own = wordOf(below, path);
	if (own !== undefined) return own;
	for (const entries of Object.values(byKind)) for (const { href, word } of entries) if (href === path) return word();
	return path;
}
