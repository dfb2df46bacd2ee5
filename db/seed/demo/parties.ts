import type { Category, ChannelKind, DesignationStatus, Duty, OrganisationKind } from '#lib/domain/parties.ts';
import type { Day } from '#lib/domain/day.ts';

/** A channel as the database has it, with the quota of 方案第七条. */
export interface DemoChannel {
	readonly id: string;
	readonly kind: ChannelKind;
	readonly nameZh: string;
	readonly shortZh: string;
	readonly quota: number;
}

export interface DemoPerson {
	readonly id: string;
	readonly name: string;
	readonly email: string;
	readonly phone: string;
	readonly duty: Duty;
}

/** An office with somebody who handles and somebody who approves. */
export interface DemoOffice {
	readonly orgId: number;
	readonly kind: OrganisationKind;
	readonly channelId: string | null;
	readonly enterpriseId: number | null;
	readonly nameZh: string;
	readonly handler: DemoPerson;
	readonly approver: DemoPerson;
	readonly reader: DemoPerson | null;
}

export interface DemoDesignation {
	readonly id: number;
	readonly category: Category;
	readonly cohortYear: number;
	readonly announcedOn: Day;
	readonly announcementNo: string;
	readonly status: DesignationStatus;
	readonly endedOn: Day | null;
}

/** Something that happened to a firm: from this day on it has another name or channel. */
export interface DemoEvent {
	readonly kind: 'renamed' | 'moved' | 'ceased' | 'revoked';
	readonly on: Day;
	readonly before: Readonly<Record<string, string>>;
	readonly after: Readonly<Record<string, string>>;
	readonly note: string;
}

export interface DemoEnterprise {
	readonly id: number;
	readonly creditCode: string;
	/** At designation. */
	readonly firstName: string;
	readonly firstChannelId: string;
	readonly line: string;
	readonly address: string;
	readonly postcode: string;
	readonly legalRepresentative: string;
	readonly ownership: string;
	readonly contacts: readonly { readonly name: string; readonly phone: string; readonly email: string }[];
	readonly designations: readonly DemoDesignation[];
	readonly events: readonly DemoEvent[];
	readonly office: DemoOffice;
}

/** The name and channel a firm has on a day. */
export function identityOn(enterprise: DemoEnterprise, on: Day): { readonly name: string; readonly channelId: string } {
	let name = enterprise.firstName;
	let channelId = enterprise.firstChannelId;
	for (const event of enterprise.events) {
		if (event.on > on) continue;
		name = event.after['name'] ?? name;
		channelId = event.after['channelId'] ?? channelId;
	}
	return { name, channelId };
}
