import type { Ministry } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { config } from '#lib/server/config.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import { linkTo, queueMails, type Letter } from '#lib/server/mail/mail.ts';
import { officeWord } from './report-notice.ts';

/** A comment on a frozen view goes to the handlers and approvers of the other ministry. The sentence of the view stays out of the subject. */
export async function mailOfComment(
	{ sql, ...db }: ActorDb,
	{ code, title, by, text }: { readonly code: string; readonly title: string; readonly by: Ministry; readonly text: string }
): Promise<void> {
	const rows = await sql<{ id: string; name: string; email: string; locale: string }[]>`
		select distinct p.id, p.name, p.email, p.locale from organisation o
		join membership b on b.org_id = o.id and b.ended_at is null and b.duty in ('handler', 'approver')
		join person p on p.id = b.person_id and p.disabled_at is null and not (p.synthetic and ${config().production}::boolean)
		where o.kind = ${by === 'mofcom' ? 'miit' : 'mofcom'} and ${db.within.organisation} order by p.id`;
	await queueMails(
		{ sql, ...db },
		rows.map(({ id, name, email, locale: own }): Letter => {
			const locale = own === 'en' ? 'en' : 'zh-CN';
			const said = { locale } as const;
			return {
				template: 'frozen_view_comment',
				locale,
				to: email,
				personId: id,
				name,
				subject: m.frozen_mail_subject({ by: officeWord(by, locale) }, said),
				paragraphs: [m.frozen_mail_text({ by: officeWord(by, locale), title }, said), text],
				link: { label: m.frozen_mail_action({}, said), href: linkTo(`/s/${code}`) }
			};
		})
	);
}
