import type { DemoOffice, DemoPerson } from './parties.ts';

/** A row as its table takes it: column → JSON value. Instants are ISO text. */
export type Row = Readonly<Record<string, unknown>>;

/** One entry of the journal, in the name of whoever did the act. */
export interface JournalLine {
	readonly at: number;
	readonly orgId: number;
	readonly orgKind: string;
	readonly personId: string;
	readonly personName: string;
	readonly act: string;
	readonly objectKind: string;
	readonly objectId: string;
	readonly article: string | null;
	readonly before: Row | null;
	readonly after: Row | null;
}

/** Tables in the order in which their rows can be laid down. */
export const TABLES = [
	'channel',
	'enterprise',
	'organisation',
	'person',
	'membership',
	'enterprise_profile',
	'enterprise_contact',
	'designation',
	'enterprise_event',
	'reporting_year',
	'reporting_year_closing',
	'channel_year',
	'annual_report',
	'annual_report_draft',
	'draft_answer',
	'annual_report_version',
	'report_need',
	'report_need_answer',
	'annual_figure',
	'follow_up',
	'follow_up_entry',
	'version_verdict',
	'annual_field_revenue',
	'attachment',
	'opinion',
	'report_return',
	'return_comment',
	'explanation_mark',
	'forwarding',
	'forwarding_item',
	'reception',
	'late_reason',
	'report_event'
] as const;
export type Table = (typeof TABLES)[number];

/** Everything the demonstration will put into the database. */
export interface Harvest {
	readonly rows: Record<Table, Row[]>;
	readonly journal: JournalLine[];
}

export function emptyHarvest(): Harvest {
	return { rows: Object.fromEntries(TABLES.map((table) => [table, []])) as unknown as Record<Table, Row[]>, journal: [] };
}

export function iso(at: number | Date | null | undefined): string | null {
	return at === null || at === undefined ? null : new Date(at).toISOString();
}

export function journalLine(
	office: DemoOffice,
	person: DemoPerson,
	at: number,
	entry: Omit<JournalLine, 'at' | 'orgId' | 'orgKind' | 'personId' | 'personName' | 'before' | 'after'> & { readonly before?: Row; readonly after?: Row }
): JournalLine {
	return { at, orgId: office.orgId, orgKind: office.kind, personId: person.id, personName: person.name, before: null, after: null, ...entry };
}
