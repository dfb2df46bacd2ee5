import type { NeedKind } from '#lib/domain/need-state.ts';
import { authorityOf, type OrganisationKind } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ActorDb } from '#lib/server/db/door.ts';
import { linkTo, queueMails, type Letter, type MailLocale } from '#lib/server/mail/mail.ts';
import type { LockedReport } from '#lib/server/store/report/annual-report.ts';
import type { KnownNeed } from '#lib/server/store/report/need.ts';
import { readersOf } from './exception-mail.ts';
import { officeWord } from './report-notice.ts';

/** What happened to a need that somebody else has to know of. */
export interface NeedNews {
	readonly what: 'answered' | 'passed_on';
	readonly by: OrganisationKind;
	/** The answer, or why it was passed on. */
	readonly text: string;
}

export function needKindIn(kind: NeedKind, locale: MailLocale): string {
	return kind === 'support' ? m.need_kind_support({}, { locale }) : m.need_kind_problem({}, { locale });
}

/** An answer goes to the enterprise and its channel; what was passed on, to the channel that has it now. Names stay out of the subject. */
export async function mailOfNeed(db: ActorDb, report: LockedReport, need: Pick<KnownNeed, 'id' | 'kind'>, news: NeedNews): Promise<void> {
	const readers = (await readersOf(db, report)).filter(({ side }) => news.what === 'answered' || side === 'channel');
	const { year } = report.case.year;
	await queueMails(
		db,
		readers.map(({ id, name, email, locale, side }): Letter => {
			const said = { locale };
			const words = { year, name: report.enterpriseName, by: officeWord(authorityOf(news.by), locale), kind: needKindIn(need.kind, locale) };
			const answered = news.what === 'answered';
			return {
				template: `need_${news.what}`,
				locale,
				to: email,
				personId: id,
				name,
				subject: answered ? m.mail_need_answered_subject(words, said) : m.mail_need_passed_subject(words, said),
				paragraphs: [answered ? m.mail_need_answered_text(words, said) : m.mail_need_passed_text(words, said), news.text],
				link: { label: m.mail_need_action({}, said), href: linkTo(side === 'channel' ? `/channel/needs/${need.id}` : `/enterprise/needs#need-${need.id}`) }
			};
		})
	);
}
