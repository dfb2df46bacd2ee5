/** What the frame around every page needs to know; the layout's load fills it. */
import type { NavItem } from '#lib/words/navigation.ts';
import type { OrganisationKind } from '#lib/domain/parties.ts';

/** A role a person holds in an organisation. */
export interface Seat {
	id: string;
	organisationName: string;
	kind: OrganisationKind;
	/** The duty as that kind of organisation says it. */
	dutyWord: string;
}

/** Chosen look; remembered per person and, before sign-in, by cookie. */
export interface Preferences {
	locale: 'zh-CN' | 'en';
	theme: 'light' | 'dark' | 'auto';
	text: 's' | 'm' | 'l';
}

/** Who helps: the same place on every page (WCAG 3.2.6). Parts that nobody has set are empty. */
export interface HelpContact {
	name: string;
	phone: string;
	hours: string;
}

/** An office an enterprise may ring: its own channel's. */
export interface HelpOffice {
	name: string;
	nameEn: string | null;
	phone: string;
}

/** A government footer, from configuration; empty texts are left out. */
export interface FooterText {
	host: string;
	siteCode: string;
	icp: string;
	police: string;
}

/** Known on every page, signed in or not. */
export interface FrameData {
	preferences: Preferences;
	help: HelpContact;
	footer: FooterText;
	/** The instant the clock was set to; null when the real clock runs. */
	rehearsalAt: Date | null;
	demonstration: boolean;
}

/** Known when somebody is signed in. */
export interface ShellData {
	personId: string;
	personName: string;
	seat: Seat;
	/** The person's other roles, for the switch. */
	otherSeats: readonly Seat[];
	nav: readonly NavItem[];
	inboxCount: number;
	/** Where the search box sends `?q=`. */
	searchAction: string;
}
