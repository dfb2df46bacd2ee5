import type { Day } from '#lib/domain/day.ts';
import { trendMetric } from '#lib/domain/trend/trend-metric.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ActorDb } from '#lib/server/db/door.ts';
import { dayIn, linkTo, queueMails, type Letter, type MailLocale } from '#lib/server/mail/mail.ts';
import type { KnownFollowUp } from '#lib/server/store/trend/follow-up.ts';
import { derivedWords, fieldWords } from '#lib/words/form-labels.ts';
import { recipientsOf, type ReportRecipient } from './recipients.ts';

/** A question that goes to the channels of its figures' enterprises. */
export interface AskedQuestion {
	readonly text: string;
	readonly dueOn: Day;
}

/** What a figure is called in the reader's language. */
export function metricIn(id: string, locale: MailLocale): string {
	const metric = trendMetric(id)?.id;
	const word =
		metric === undefined
			? undefined
			: metric in derivedWords
				? derivedWords[metric as keyof typeof derivedWords]
				: fieldWords[metric as keyof typeof fieldWords];
	return word === undefined ? id : word({}, { locale });
}

/** One letter for each person of a channel, however many figures are asked about: with name and metric, never with a value. */
export async function mailOfQuestions(
	db: ActorDb,
	cases: readonly { readonly id: string; readonly reportId: string }[],
	question: AskedQuestion
): Promise<void> {
	const reportIds = [...new Set(cases.map(({ reportId }) => reportId))];
	const ids = cases.map(({ id }) => id);
	const asked = await db.sql<{ report_id: string; enterprise_name: string; metric: string; year: number }[]>`
		select r.report_id, a.enterprise_name, r.metric, r.year from follow_up r join annual_report a on a.id = r.report_id
		where r.id = any(${ids}::bigint[]) and ${db.within.report} order by a.enterprise_name, r.id`;
	const readers = (await recipientsOf(db, reportIds, reportIds, null)).filter(({ side }) => side === 'channel');
	const letters = [...Map.groupBy(readers, ({ id }) => id).values()].flatMap((own): readonly Letter[] => {
		const [first] = own;
		if (!first) return [];
		const { locale } = first;
		const said = { locale };
		const lines = asked
			.filter(({ report_id }) => own.some(({ reportId }) => reportId === report_id))
			.map(({ enterprise_name: name, metric, year }) => m.follow_mail_question_line({ name, year, metric: metricIn(metric, locale) }, said));
		return [
			{
				...addressed(first),
				template: 'follow_up_question',
				subject: m.follow_mail_question_subject({}, said),
				paragraphs: [m.follow_mail_question_text({}, said), ...lines, question.text, m.follow_mail_question_due({ day: dayIn(question.dueOn, locale) }, said)],
				link: {
					label: m.follow_mail_action({}, said),
					href: linkTo(ids.length === 1 ? `/channel/follow-ups/${ids[0] ?? ''}` : '/channel/follow-ups?state=mine')
				}
			}
		];
	});
	await queueMails(db, letters);
}

/** What became of a case, and what was said with it. */
export interface FollowUpNews {
	readonly what: 'passed_on' | 'answered' | 'accepted' | 'withdrawn';
	readonly text: string;
	readonly to: readonly ('enterprise' | 'channel')[];
}

/** Tells the enterprise, its channel or both what became of a question. Names and figures stay out of the subject. */
export async function mailOfFollowUp(db: ActorDb, followUp: KnownFollowUp, { what, text, to }: FollowUpNews): Promise<void> {
	const ids = [followUp.reportId];
	const readers = (await recipientsOf(db, ids, to.includes('channel') ? ids : [], db.actor.orgId)).filter(({ side }) => to.includes(side));
	await queueMails(
		db,
		readers.map((reader): Letter => {
			const said = { locale: reader.locale };
			const words = {
				name: followUp.enterpriseName,
				year: followUp.year,
				metric: metricIn(followUp.metric, reader.locale),
				day: dayIn(followUp.dueOn, reader.locale)
			};
			const { subject, first } = sentences[what];
			return {
				...addressed(reader),
				template: `follow_up_${what}`,
				subject: subject({}, said),
				paragraphs: [first(words, said), ...(text === '' ? [] : [text])],
				link: { label: m.follow_mail_action({}, said), href: linkTo(`/${reader.side}/follow-ups/${followUp.id}`) }
			};
		})
	);
}

const sentences = {
	passed_on: { subject: m.follow_mail_passed_on_subject, first: m.follow_mail_passed_on_text },
	answered: { subject: m.follow_mail_answered_subject, first: m.follow_mail_answered_text },
	accepted: { subject: m.follow_mail_accepted_subject, first: m.follow_mail_accepted_text },
	withdrawn: { subject: m.follow_mail_withdrawn_subject, first: m.follow_mail_withdrawn_text }
} as const;

function addressed({ locale, email, id, name }: ReportRecipient): Pick<Letter, 'locale' | 'to' | 'personId' | 'name'> {
	return { locale, to: email, personId: id, name };
}
