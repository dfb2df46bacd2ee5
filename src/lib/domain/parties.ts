/**
 * Who takes part (domain.md 1): the words every other rule uses for people, organisations and enterprises.
 * Codes only; the screens' words are messages.
 */
import type { ArticleId } from './notice.ts';

export const ORGANISATION_KINDS = ['enterprise', 'commerce', 'industry', 'group', 'mofcom', 'miit', 'expert_pool', 'administration', 'audit'] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** What a person may do inside an organisation. In an enterprise: handler = filer, approver = the one who submits. */
export const DUTIES = ['handler', 'approver', 'reader'] as const;
export type Duty = (typeof DUTIES)[number];

/** The two kinds of key enterprise (方案第二条). */
export const CATEGORIES = ['manufacturing', 'it_outsourcing'] as const;
export type Category = (typeof CATEGORIES)[number];

/** The authority an enterprise reports through (方案第七条): a province has two departments, a central group one office. */
export const CHANNEL_KINDS = ['province', 'central_group'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export const DEPARTMENTS = ['commerce', 'industry', 'group'] as const;
export type Department = (typeof DEPARTMENTS)[number];

export const MINISTRIES = ['mofcom', 'miit'] as const;
export type Ministry = (typeof MINISTRIES)[number];

/** Offices of one kind, as lists too: whoever asks who may come here asks in one way. */
export const ENTERPRISE = ['enterprise'] as const satisfies readonly OrganisationKind[];
export const ADMINISTRATION = ['administration'] as const satisfies readonly OrganisationKind[];
export const AUDIT = ['audit'] as const satisfies readonly OrganisationKind[];
export const EXPERTS = ['expert_pool'] as const satisfies readonly OrganisationKind[];

/** Everybody a report passes through. */
export const REPORT_PARTIES = [...ENTERPRISE, ...DEPARTMENTS, ...MINISTRIES] as const;

export const DESIGNATION_STATUSES = ['active', 'revoked', 'ceased'] as const;
export type DesignationStatus = (typeof DESIGNATION_STATUSES)[number];

/** The departments whose opinion the notice asks for: annex 2 has two boxes for a province, one for a group. */
export function departmentsOf(channelKind: ChannelKind): readonly Department[] {
	return channelKind === 'province' ? ['commerce', 'industry'] : ['group'];
}

/** Where the notice asks for an opinion, its seal, signature and date. */
export function opinionArticle(department: Department): ArticleId {
	return department === 'group' ? 'annex2.group_opinion' : 'annex2.province_opinion';
}

export function isDepartment(kind: OrganisationKind): kind is Department {
	return kind === 'commerce' || kind === 'industry' || kind === 'group';
}

export function isMinistry(kind: OrganisationKind): kind is Ministry {
	return kind === 'mofcom' || kind === 'miit';
}

/** The department that acts; whether it may was asked of the table of duties before. */
export function departmentOf(kind: OrganisationKind): Department {
	if (!isDepartment(kind)) throw new RangeError(`${kind} is no department`);
	return kind;
}

/** The ministry that acts. */
export function ministryOf(kind: OrganisationKind): Ministry {
	if (!isMinistry(kind)) throw new RangeError(`${kind} is no ministry`);
	return kind;
}

/** Whoever acts for the authorities: a department or a ministry. */
export function authorityOf(kind: OrganisationKind): Department | Ministry {
	return isDepartment(kind) ? kind : ministryOf(kind);
}
