import { createHash, randomBytes } from 'node:crypto';
import type { Decision } from '#lib/domain/refusal.ts';
import { checkFrozen, codeFrom, type FrozenDocument } from '#lib/domain/trend/frozen-document.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { basisOf } from '#lib/server/store/trend/frozen-view.ts';

/** Keeps a page of trends as it is shown under a short code that never expires, with what its figures rest on (非方案规定). */
export function freezeView(actor: Actor, document: FrozenDocument): Promise<Decision<{ readonly code: string }>> {
	return asOffice(actor, 'freezeView', async (db, now) => {
		const checked = checkFrozen(document);
		if (!checked.ok) return checked;
		const { rules, statements, latestForwardedAt } = await basisOf(db, document, now);
		const text = JSON.stringify(document);
		const hash = createHash('sha256').update(text, 'utf8').digest('hex');
		const code = freshCode();
		await db.sql`
			insert into frozen_view (code, title, address, document, document_hash, rules, statements, latest_forwarded_at, frozen_at, by_kind, person_id,
				person_name)
			values (${code}, ${document.title}, ${document.address}, ${text}, ${hash}, ${[...rules]}::text[], ${statements}, ${latestForwardedAt}, ${now},
				${actor.orgKind}, ${actor.personId}, ${actor.personName})`;
		await writeJournal(db, {
			act: 'freeze-view',
			objectKind: 'frozen_view',
			objectId: code,
			article: 'system',
			after: { name: document.title, query: document.address, contentHash: hash }
		});
		return { ok: true, code };
	});
}

/** Eight letters of thirty-one: of a hundred thousand views two are called alike in one case of a hundred and seventy, and then the key refuses the second. */
function freshCode(): string {
	for (;;) {
		const code = codeFrom([...randomBytes(24)]);
		if (code !== null) return code;
	}
}
