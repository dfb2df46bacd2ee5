import type { Actor } from '#lib/server/actor.ts';

/** The words in which it is said who may see and change a row: whose the row is, who asks, and the rule between them. */
export type Kind = Actor['orgKind'] | 'system' | 'public' | 'nobody';
export interface Party {
	readonly name: string;
	readonly kind: Kind;
	readonly actor: Actor | null;
}
/** Whose a row is, as far as it is anybody's. */
export interface Row {
	readonly key: string;
	readonly enterprise: string | null;
	readonly channel: string | null;
	readonly org: string | null;
	readonly person: string | null;
	/** A version that was forwarded; a department's or ministry's own mark; anything a rule asks for. */
	readonly mark: string | null;
}
export type Rule = (party: Party, row: Row) => boolean;

export const isDepartment = ({ kind }: Party) => kind === 'commerce' || kind === 'industry' || kind === 'group';
export const isMinistry = ({ kind }: Party) => kind === 'mofcom' || kind === 'miit';
export const system: Rule = ({ kind }) => kind === 'system';
export const all: Rule = () => true;
export const none: Rule = () => false;
export const ministries: Rule = (party) => system(party, EMPTY) || isMinistry(party);
export const ownEnterprise: Rule = (party, row) => party.kind === 'enterprise' && party.actor?.enterpriseId === row.enterprise;
export const ownChannel: Rule = (party, row) => isDepartment(party) && party.actor?.channelId === row.channel;
export const ownPerson: Rule = (party, row) => party.actor !== null && party.actor.personId === row.person;
export const ownOrg: Rule = (party, row) => party.actor !== null && party.actor.orgId === row.org;
export const any =
	(...rules: Rule[]): Rule =>
	(party, row) =>
		rules.some((rule) => rule(party, row));
export const both =
	(...rules: Rule[]): Rule =>
	(party, row) =>
		rules.every((rule) => rule(party, row));
export const ofReport = any(ministries, ownChannel, ownEnterprise);
/** Of what goes to several sides, an enterprise sees what goes to it. */
export const forEnterprise: Rule = (party, row) =>
	party.kind === 'enterprise' ? row.mark === 'enterprise' && ownEnterprise(party, row) : ofReport(party, row);
export const marked: Rule = (party, row) => row.mark === party.kind;
export const forwardedOnly: Rule = (party, row) => (isMinistry(party) ? row.mark === 'forwarded' : ofReport(party, row));
export const EMPTY: Row = { key: '', enterprise: null, channel: null, org: null, person: null, mark: null };

export interface Expectation {
	/** Key, enterprise, channel, org, person and mark of every row. */
	readonly rows: string;
	readonly sees: Rule;
	/** A row of this content may be added. */
	readonly adds: Rule;
	/** The row may be changed by an update the role is granted. */
	readonly changes: Rule;
	/** The row may be deleted; hardly anything may. */
	readonly removes?: Rule;
}

export const REPORT = 'join annual_report r on r.id = t.report_id';
export const byReport = (key: string, mark = 'null::text', more = '') =>
	`select ${key} as key, r.enterprise_id::text as enterprise, r.channel_id as channel, null::text as org, null::text as person, ${mark} as mark
		from %T t ${REPORT} ${more}`;
export const byEnterprise = (key: string) =>
	`select ${key} as key, e.id::text as enterprise, e.channel_id as channel, null::text as org, null::text as person, null::text as mark from %T t
		join enterprise e on e.id = t.enterprise_id`;
export const byNobody = (key: string, mark = 'null::text') =>
	`select ${key} as key, null::text as enterprise, null::text as channel, null::text as org, null::text as person, ${mark} as mark from %T t`;
export const enterpriseOrSystem = any(system, ownEnterprise);
