import { ministryOf } from '#lib/domain/parties.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { mailOfComment } from '#lib/server/letters/frozen-view-mail.ts';
import { ofMinistries } from '#lib/server/store/trend/frozen-view.ts';

/** Leaves a comment on a frozen view for the other ministry, which is told by mail (非方案规定). A comment stays as it was written. */
export function commentOnView(actor: Actor, code: string, comment: string): Promise<Decision<object>> {
	return asOffice(actor, 'commentOnView', async (db, now) => {
		const text = comment.trim();
		if (text === '') return refuse({ code: 'invalid_input', fields: { comment: 'missing' } });
		const [view] = await db.sql<{ title: string }[]>`select v.title from frozen_view v where v.code = ${code} and ${ofMinistries(db)}`;
		if (!view) return refuse({ code: 'not_found' });
		await db.sql`
			insert into frozen_view_comment (code, text, by_kind, person_id, person_name, at)
			values (${code}, ${text}, ${actor.orgKind}, ${actor.personId}, ${actor.personName}, ${now})`;
		await writeJournal(db, { act: 'comment-on-view', objectKind: 'frozen_view', objectId: code, article: 'system', after: { remark: text } });
		await mailOfComment(db, { code, title: view.title, by: ministryOf(actor.orgKind), text });
		return { ok: true };
	});
}
