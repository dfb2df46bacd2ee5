/** An entry of the journal as the auditor reads it: one set of words for the screen, the sheet and whatever else shows it. */
import { isArticleId } from '#lib/domain/notice.ts';
import type { OrganisationKind } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { articleCitation } from './form-words.ts';
import { journalDifferences } from './journal-differences.ts';
import { actWord, objectKindWord } from './journal-words.ts';
import { officeNameIn } from './place-words.ts';
import { organisationKindWord } from './standing-words.ts';

export interface JournalOffice {
	readonly orgId: string;
	readonly orgName: string | null;
	readonly orgKind?: OrganisationKind | null;
}

interface JournalEntry extends JournalOffice {
	readonly personName: string | null;
	readonly act: string;
	readonly objectKind: string;
	readonly article: string | null;
	readonly before: string | null;
	readonly after: string | null;
}

export interface JournalChange {
	readonly field: string;
	/** What it said, and what it says now. */
	readonly change: string;
}

export interface JournalEntryWords {
	readonly who: string;
	readonly office: string;
	readonly act: string;
	/** Empty where the act rests on no article. */
	readonly article: string;
	readonly objectKind: string;
	readonly changes: readonly JournalChange[];
}

/** Whose chain an entry stands in. */
export function journalOffice({ orgId, orgName, orgKind }: JournalOffice): string {
	if (orgId === '0') return m.records_audit_system();
	if (orgName !== null) return officeNameIn(getLocale(), { nameZh: orgName, nameEn: null });
	return `${orgKind ? organisationKindWord[orgKind]() : organisationKindWord.enterprise()} #${orgId}`;
}

export function journalEntryWords(entry: JournalEntry): JournalEntryWords {
	const { article } = entry;
	return {
		who: entry.personName ?? m.records_audit_nobody(),
		office: journalOffice(entry),
		act: actWord(entry.act),
		article: article === null ? '' : isArticleId(article) ? articleCitation(article).text : article,
		objectKind: objectKindWord(entry.objectKind),
		changes: journalDifferences(entry.before, entry.after).map(({ field, before, after }) => ({
			field,
			change: before === null ? (after ?? '') : after === null ? before : m.records_value_change({ before, after })
		}))
	};
}
