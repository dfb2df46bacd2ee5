import type { LetterTerms } from '#lib/domain/chase/official-letter.ts';
import type { Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';

export interface MadeLetter {
	readonly year: number;
	/** Its title, as it stands over the text. */
	readonly title: string;
	readonly terms: LetterTerms;
	/** By whom it is to be signed, as it says. */
	readonly offices: readonly string[];
	readonly reports: number;
	/** The channels it is about, or the one whose office wrote it. */
	readonly channelIds: readonly string[];
	/** Of the bytes handed out: the file is not kept, and cannot be made again the same. */
	readonly sha256: string;
}

/** An office takes a letter of its reports away as Word; nothing else changes, so the entry is all of it. @returns refusals: not_your_duty, other_page */
export function makeLetter(actor: Actor, { year, title, terms, offices, reports, channelIds, sha256 }: MadeLetter): Promise<Decision<object>> {
	return asOffice(actor, 'makeLetter', async (db) => {
		await writeJournal(db, {
			act: 'make-letter',
			objectKind: 'reporting_year',
			objectId: String(year),
			article: '11',
			after: { name: title, letterNo: terms.number?.text ?? null, letterOn: terms.on, signers: offices.join(' '), reports, channels: channelIds, sha256 }
		});
		return { ok: true };
	});
}
