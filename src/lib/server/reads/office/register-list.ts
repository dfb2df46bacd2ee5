/** The register as a list by name: what the public and the ministries ask of it, and the part of a row that both see. */
import type { Category, DesignationStatus } from '#lib/domain/parties.ts';
import type { Db } from '#lib/server/db/door.ts';
import type { Clause } from '#lib/server/db/scope.ts';
import type { Page, Place } from '#lib/server/reads/page.ts';
import type { ChannelChoice } from './channel-choices.ts';

export interface RegisterQuery {
	readonly cohort: number | null;
	readonly category: Category | null;
	readonly channelId: string | null;
	readonly status: DesignationStatus | null;
	/** Part of the name. */
	readonly q: string;
	/** The last row of the page before: name and designation. */
	readonly after: Place | null;
}

/** One designation, by its id, as every list of the register names it. */
export interface DesignationLine {
	readonly id: string;
	readonly name: string;
	/** Names it had, the newest last: a list says whom an old name found. */
	readonly formerNames: readonly string[];
	readonly category: Category;
	readonly cohortYear: number;
	readonly channelName: string;
	readonly status: DesignationStatus;
}

export interface DesignationColumns {
	id: string;
	name: string;
	former_names: string;
	category: string;
	cohort_year: number;
	channel_name: string;
	status: string;
}

export interface RegisterList<Line extends DesignationLine> extends Pick<Page<Line>, 'rows' | 'next'> {
	readonly total: number;
	readonly cohorts: readonly number[];
	readonly channels: readonly ChannelChoice[];
}

export function designationLineOf(row: DesignationColumns): DesignationLine {
	return {
		id: row.id,
		name: row.name,
		formerNames: row.former_names === '' ? [] : row.former_names.split('\n'),
		category: row.category as Category,
		cohortYear: row.cohort_year,
		channelName: row.channel_name,
		status: row.status as DesignationStatus
	};
}

/** A channel that does not exist is no filter: the page says that it was left out. */
export function ofKnownChannel(query: RegisterQuery, channels: readonly ChannelChoice[]): RegisterQuery {
	return channels.some(({ id }) => id === query.channelId) ? query : { ...query, channelId: null };
}

/** The conditions asked for on e (enterprise) and d (designation); how a name is searched is each list's own. */
export function registerMatching({ sql: clause }: Pick<Db, 'sql'>, query: RegisterQuery, named: Clause): Clause {
	const conditions: Clause[] = [named];
	if (query.cohort !== null) conditions.push(clause`d.cohort_year = ${query.cohort}`);
	if (query.category) conditions.push(clause`d.category = ${query.category}`);
	if (query.channelId !== null) conditions.push(clause`e.channel_id = ${query.channelId}`);
	if (query.status) conditions.push(clause`d.status = ${query.status}`);
	return conditions.reduce<Clause>((all, one) => clause`${all} and ${one}`, clause`true`);
}

/** After a name and designation. The name alone lets the index begin at the page; the pair decides among equal names. */
export function afterName({ sql: clause }: Pick<Db, 'sql'>, after: Place | null): Clause {
	return after ? clause`(e.name >= ${after.key} and (e.name, d.id) > (${after.key}, ${after.id}::bigint))` : clause`true`;
}
