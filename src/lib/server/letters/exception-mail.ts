import type { Day } from '#lib/domain/day.ts';
import type { ExcuseVerdict, ExtensionVerdict } from '#lib/domain/report/report-exceptions.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ActorDb } from '#lib/server/db/door.ts';
import { dayIn, linkTo, queueMails, type Letter, type MailLocale } from '#lib/server/mail/mail.ts';
import type { LockedReport } from '#lib/server/store/report/annual-report.ts';
import { recipientsOf } from './recipients.ts';
import { pathOf } from './report-mail.ts';

export interface Reader {
	readonly id: string | null;
	readonly name: string;
	readonly email: string;
	readonly locale: MailLocale;
	readonly side: 'enterprise' | 'channel';
}

/**
 * Who reads of a report's exceptions: everybody who can act for the enterprise or its channel and has not left; contacts stand in where the enterprise has no
 * account yet.
 */
export async function readersOf(db: ActorDb, report: LockedReport): Promise<readonly Reader[]> {
	const readers: readonly Reader[] = await recipientsOf(db, [report.id], [report.id], null);
	if (readers.some(({ side }) => side === 'enterprise')) return readers;
	const contacts = await db.sql<{ name: string; email: string }[]>`
		select name, email from enterprise_contact where enterprise_id = ${report.enterpriseId}::bigint and email is not null order by place`;
	return [...readers, ...contacts.map(({ name, email }): Reader => ({ id: null, name, email, locale: 'zh-CN', side: 'enterprise' }))];
}

async function tell(
	db: ActorDb,
	report: LockedReport,
	page: '' | '/extension',
	to: (reader: Reader) => boolean,
	write: (reader: Reader) => Pick<Letter, 'template' | 'subject' | 'paragraphs'>
): Promise<void> {
	const { year } = report.case.year;
	const own = await pathOf(db, { enterpriseId: report.enterpriseId, year, category: report.category });
	const readers = (await readersOf(db, report)).filter(to);
	await queueMails(
		db,
		readers.map((reader): Letter => {
			const { locale, name, email, id } = reader;
			const href = linkTo(reader.side === 'channel' ? `/channel/reports/${report.id}` : `${own}${page}`);
			return { ...write(reader), locale, to: email, personId: id, name, link: { label: m.exception_mail_action({}, { locale }), href } };
		})
	);
}

/** What the ministries decided on a request for more time, to the enterprise and its channel. Names stay out of the subject. */
export function mailOfDecision(
	db: ActorDb,
	report: LockedReport,
	decided: { readonly outcome: ExtensionVerdict; readonly untilOn: Day; readonly reason: string }
): Promise<void> {
	const { year } = report.case.year;
	return tell(
		db,
		report,
		'/extension',
		() => true,
		({ locale }) => {
			const said = { locale };
			const words = { enterprise: report.enterpriseName, year, day: dayIn(decided.untilOn, locale) };
			return decided.outcome === 'granted'
				? {
						template: 'extension-granted',
						subject: m.exception_mail_granted_subject({ year }, said),
						paragraphs: [m.exception_mail_granted_text(words, said), m.exception_mail_granted_new_date(words, said)]
					}
				: {
						template: 'extension-refused',
						subject: m.exception_mail_refused_subject({ year }, said),
						paragraphs: [m.exception_mail_refused_text(words, said), m.exception_mail_refused_why({ reason: decided.reason }, said)]
					};
		}
	);
}

/** What became of "unable to file": asked for or taken back by somebody else, to the enterprise alone; decided by a ministry, to its channel too. */
export function mailOfExcuse(db: ActorDb, report: LockedReport, what: 'asked' | 'lifted' | ExcuseVerdict, reason = ''): Promise<void> {
	const { year } = report.case.year;
	const decided = what === 'confirmed' || what === 'refused';
	return tell(
		db,
		report,
		'/extension',
		({ side }) => decided || side === 'enterprise',
		({ locale }) => {
			const said = { locale };
			const words = { enterprise: report.enterpriseName, year };
			switch (what) {
				case 'asked':
					return {
						template: 'excuse-asked',
						subject: m.exception_mail_excused_subject({ year }, said),
						paragraphs: [m.exception_mail_excused_text(words, said)]
					};
				case 'confirmed':
					return {
						template: 'excuse-confirmed',
						subject: m.exception_mail_confirmed_subject({ year }, said),
						paragraphs: [m.exception_mail_confirmed_text(words, said)]
					};
				case 'refused':
					return {
						template: 'excuse-refused',
						subject: m.exception_mail_unconfirmed_subject({ year }, said),
						paragraphs: [m.exception_mail_unconfirmed_text(words, said), m.exception_mail_refused_why({ reason }, said)]
					};
				case 'lifted':
					return {
						template: 'excuse-lifted',
						subject: m.exception_mail_lifted_subject({ year }, said),
						paragraphs: [m.exception_mail_lifted_text(words, said)]
					};
			}
		}
	);
}

/** That the ministries have taken one report up again in a closed year. */
export function mailOfReopening(db: ActorDb, report: LockedReport, reason: string): Promise<void> {
	const { year } = report.case.year;
	return tell(
		db,
		report,
		'',
		() => true,
		({ locale }) => ({
			template: 'report-reopened',
			subject: m.exception_mail_reopened_subject({ year }, { locale }),
			paragraphs: [m.exception_mail_reopened_text({ enterprise: report.enterpriseName, year, reason }, { locale })]
		})
	);
}
