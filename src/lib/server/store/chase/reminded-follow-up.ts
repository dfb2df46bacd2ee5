import { createHash } from 'node:crypto';
import { asReminded } from '#lib/domain/chase/follow-up-reminder.ts';
import type { ChoiceTerms, ChosenReminder, PlannedBefore, PlannedFor, RecipientNow, ReportInChoice } from '#lib/domain/chase/reminder-choice.ts';
import type { Audience, Step } from '#lib/domain/chase/reminder-ladder.ts';
import type { ReminderRecipient } from '#lib/domain/chase/reminder-recipients.ts';
import type { SkipReason } from '#lib/domain/chase/skip-reason.ts';
import { day } from '#lib/domain/day.ts';
import { FOLLOW_UP_UNANSWERED, type FollowUpState } from '#lib/domain/follow-up-state.ts';
import type { Court } from '#lib/domain/report-state.ts';
import type { Db } from '#lib/server/db/door.ts';
import { firstMailState, messageIdOf, queueMails, type Letter } from '#lib/server/mail/mail.ts';
import { loadReachable } from './reminded-report.ts';

/** A question as reminding sees it: what the plan asks of it, and what a letter calls it by. */
export interface FollowUpToRemind extends ReportInChoice {
	readonly enterpriseName: string;
	readonly metric: string;
	/** The year its figure is of. */
	readonly figureYear: number;
	readonly round: number;
	readonly court: Court;
}

/** What a letter says of a question. */
export type NamedFollowUp = Pick<FollowUpToRemind, 'id' | 'enterpriseName' | 'metric' | 'figureYear'>;

interface Row {
	id: string;
	state: string;
	round: number;
	due_on: string;
	since_at: Date;
	metric: string;
	year: number;
	enterprise_id: string;
	enterprise_name: string;
	channel_id: string;
	channel_kind: string;
	excuse_pending: boolean;
}

/** The channels of whose enterprises a figure is asked about and not answered; a run looks at no other. One statement. */
export async function channelsAsked({ sql, within }: Db): Promise<ReadonlySet<string>> {
	const rows = await sql<{ channel_id: string }[]>`
		select distinct r.channel_id from follow_up r where r.state = any(${[...FOLLOW_UP_UNANSWERED]}::text[]) and ${within.report}`;
	return new Set(rows.map(({ channel_id }) => channel_id));
}

/**
 * The unanswered questions of a channel with everybody who may be written to about them.
 *
 * @param keep held as they are until the transaction ends, so that nobody is reminded of what they are just answering
 */
export async function loadFollowUpsToRemind(
	db: Db,
	channelId: string,
	{ production }: Pick<ChoiceTerms, 'production'>,
	keep: boolean
): Promise<readonly FollowUpToRemind[]> {
	const { sql, within } = db;
	if (keep)
		await sql<{ id: string }[]>`
			select r.id from follow_up r where r.channel_id = ${channelId} and r.state = any(${[...FOLLOW_UP_UNANSWERED]}::text[]) and ${within.report}
			order by r.id for share of r`;
	const rows = await sql<Row[]>`
		select r.id, r.state, r.round, r.due_on, r.since_at, r.metric, r.year, r.enterprise_id, a.enterprise_name, r.channel_id, a.channel_kind,
			exists (select from annual_report x where x.designation_id = r.designation_id and x.excuse_pending) as excuse_pending
		from follow_up r join annual_report a on a.id = r.report_id
		where r.channel_id = ${channelId} and r.state = any(${[...FOLLOW_UP_UNANSWERED]}::text[]) and ${within.report}
		order by r.id`;
	if (rows.length === 0) return [];
	const places = rows.map((row) => ({ enterpriseId: row.enterprise_id, channelId: row.channel_id }));
	const reachable = await loadReachable(db, places, { production });
	return rows.map((row, index): FollowUpToRemind => {
		const place = places[index] ?? { enterpriseId: row.enterprise_id, channelId: row.channel_id };
		const asked = asReminded(factsOf(row));
		return {
			...asked,
			id: row.id,
			court: asked.reminded.court,
			enterpriseName: row.enterprise_name,
			metric: row.metric,
			figureYear: row.year,
			round: row.round,
			people: (audience) => reachable.people(place, audience),
			contacts: reachable.contacts(place)
		};
	});
}

const factsOf = (row: Pick<Row, 'state' | 'due_on' | 'since_at' | 'channel_kind' | 'excuse_pending'>) => ({
	state: row.state as FollowUpState,
	dueOn: day(row.due_on),
	sinceAt: row.since_at,
	channelKind: row.channel_kind as 'province' | 'central_group',
	excusePending: row.excuse_pending
});

/** What has been planned about these questions as they stand now; of an earlier round nothing counts. */
export async function loadFollowUpsPlannedBefore({ sql }: Db, followUpIds: readonly string[]): Promise<readonly PlannedBefore[]> {
	if (followUpIds.length === 0) return [];
	const rows = await sql<{ follow_up_id: string; step: string; party_due_on: string; recipient_key: string; planned_at: Date; dropped: boolean }[]>`
		select d.follow_up_id, d.step, d.party_due_on, d.recipient_key, d.planned_at, d.delivery = 'dropped' as dropped
		from follow_up_reminder d join follow_up c on c.id = d.follow_up_id and c.round = d.round
		where d.follow_up_id = any(${followUpIds as string[]}::bigint[])`;
	return rows.map((row) => ({
		reportId: row.follow_up_id,
		step: row.step as Step,
		partyDueOn: day(row.party_due_on),
		recipientKey: row.recipient_key,
		plannedAt: row.planned_at,
		dropped: row.dropped
	}));
}

export type ChosenFollowUp = ChosenReminder<FollowUpToRemind>;

/** What one reminder says of its question. */
export interface FollowUpItem extends NamedFollowUp, Pick<ChosenFollowUp, 'audience' | 'step' | 'dueOn'> {}

export const itemOfFollowUp = (followUp: NamedFollowUp, { audience, step, dueOn }: Pick<ChosenFollowUp, 'audience' | 'step' | 'dueOn'>): FollowUpItem => ({
	id: followUp.id,
	enterpriseName: followUp.enterpriseName,
	metric: followUp.metric,
	figureYear: followUp.figureYear,
	audience,
	step,
	dueOn
});

/** Writes down who is reminded of which question, and queues one mail for each recipient about all that is new for them; `follow_up_reminder_once` decides. */
export async function queueFollowUpReminders(
	db: Db,
	chosen: readonly ChosenFollowUp[],
	writeLetter: (recipient: ReminderRecipient, items: readonly FollowUpItem[]) => Letter
): Promise<{ readonly reminders: number; readonly mails: number }> {
	if (chosen.length === 0) return { reminders: 0, mails: 0 };
	const { sql } = db;
	const keyOf = (id: string, step: string, dueOn: string, recipient: string): string => `${id} ${step} ${dueOn} ${recipient}`;
	const byKey = new Map(chosen.map((one) => [keyOf(one.report.id, one.step, one.dueOn, one.recipient.key), one]));
	const rows = [...byKey.values()].map(({ report, audience, step, dueOn, recipient }) => ({
		follow_up_id: report.id,
		round: report.round,
		audience,
		step,
		party_due_on: dueOn,
		court: report.court,
		recipient_key: recipient.key,
		person_id: recipient.personId,
		recipient_name: recipient.name.slice(0, 200),
		to_address: recipient.address
	}));
	const added = await sql<{ id: string; follow_up_id: string; step: string; party_due_on: string; recipient_key: string }[]>`
		insert into follow_up_reminder (follow_up_id, round, audience, step, party_due_on, court, recipient_key, person_id, recipient_name, to_address, delivery)
		select g.follow_up_id, g.round, g.audience, g.step, g.party_due_on, g.court, g.recipient_key, g.person_id, g.recipient_name, g.to_address,
			${firstMailState()}
		from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
			as g (follow_up_id bigint, round integer, audience text, step text, party_due_on date, court text, recipient_key text, person_id text,
			recipient_name text, to_address text)
		order by g.follow_up_id, g.step, g.party_due_on, g.recipient_key
		on conflict (follow_up_id, round, step, party_due_on, recipient_key) do nothing
		returning id, follow_up_id, step, party_due_on, recipient_key`;
	const mails = [...Map.groupBy(added, ({ recipient_key }) => recipient_key).values()].map((own) => {
		const planned = own.flatMap((row) => byKey.get(keyOf(row.follow_up_id, row.step, row.party_due_on, row.recipient_key)) ?? []);
		return { ids: own.map(({ id }) => id), planned };
	});
	const letters = mails.flatMap(({ ids, planned }): (Letter & { messageId: string })[] => {
		const [first] = planned;
		if (!first) return [];
		const items = planned.map((one) => itemOfFollowUp(one.report, one));
		const named = createHash('sha256')
			.update([...ids].sort().join('\n'))
			.digest('hex')
			.slice(0, 40);
		return [{ ...writeLetter(first.recipient, items), messageId: messageIdOf(`follow-up-reminder.${named}`) }];
	});
	const mailIds = await queueMails(db, letters);
	const links = mails.flatMap(({ ids }, index) => ids.map((id) => ({ id, mail_id: mailIds[index] ?? null })));
	await sql`
		update follow_up_reminder d set mail_id = g.mail_id
		from jsonb_to_recordset(${JSON.stringify(links)}::text::jsonb) as g (id bigint, mail_id bigint) where d.id = g.id`;
	return { reminders: added.length, mails: mails.length };
}

/** A reminder of one mail, with its question and its recipient as they stand now. */
export interface FollowUpReminderOfMail extends Pick<ReportInChoice, 'reminded' | 'year'> {
	readonly id: string;
	readonly followUp: NamedFollowUp;
	/** Asked again since: what was planned was another question's. */
	readonly sameRound: boolean;
	readonly planned: PlannedFor & { readonly step: Step };
	readonly now: RecipientNow;
	readonly recipient: ReminderRecipient;
}

/** The reminders of questions a mail carries that are not given up yet. Nothing is locked: a mail server is slow, and an act must not wait for it. */
export async function loadFollowUpRemindersOfMail({ sql }: Db, mailId: string): Promise<readonly FollowUpReminderOfMail[]> {
	const rows = await sql<
		(Row & {
			reminder_id: string;
			audience: string;
			step: string;
			party_due_on: string;
			court: string;
			planned_at: Date;
			same_round: boolean;
			recipient_key: string;
			person_id: string | null;
			recipient_name: string;
			to_address: string;
			email: string | null;
			locale: string | null;
			disabled_at: Date | null;
			synthetic: boolean;
			there: boolean;
		})[]
	>`
		select d.id as reminder_id, d.audience, d.step, d.party_due_on, d.court, d.planned_at, d.round = r.round as same_round, d.recipient_key, d.person_id,
			d.recipient_name, d.to_address,
			r.id, r.state, r.round, r.due_on, r.since_at, r.metric, r.year, r.enterprise_id, a.enterprise_name, r.channel_id, a.channel_kind,
			exists (select from annual_report x where x.designation_id = r.designation_id and x.excuse_pending) as excuse_pending,
			(select p.locale from person p where p.id = d.person_id) as locale,
			(select p.email from person p where p.id = d.person_id) as email,
			(select p.disabled_at from person p where p.id = d.person_id) as disabled_at,
			coalesce((select p.synthetic from person p where p.id = d.person_id), exists (select from demonstration)) as synthetic,
			case when d.person_id is null
				then exists (select from enterprise_contact k where k.enterprise_id = r.enterprise_id and lower(k.email) = lower(d.to_address))
				else exists (
					select from membership b join organisation o on o.id = b.org_id
					where b.person_id = d.person_id and b.ended_at is null and o.kind = d.audience
						and (o.enterprise_id = r.enterprise_id or o.channel_id = r.channel_id))
			end as there
		from follow_up_reminder d join follow_up r on r.id = d.follow_up_id join annual_report a on a.id = r.report_id
		where d.mail_id = ${mailId}::bigint and d.delivery <> 'dropped'
		order by d.id`;
	return rows.map((row) => ({
		...asReminded(factsOf(row)),
		id: row.reminder_id,
		followUp: { id: row.id, enterpriseName: row.enterprise_name, metric: row.metric, figureYear: row.year },
		sameRound: row.same_round,
		planned: {
			audience: row.audience as Audience,
			court: row.court as Court,
			partyDueOn: day(row.party_due_on),
			step: row.step as Step,
			plannedAt: row.planned_at
		},
		now: { kind: row.person_id === null ? 'contact' : 'person', there: row.there, disabled: row.disabled_at !== null, synthetic: row.synthetic },
		recipient: {
			key: row.recipient_key,
			personId: row.person_id,
			name: row.recipient_name,
			address: row.email ?? row.to_address,
			locale: row.locale === 'en' ? 'en' : 'zh-CN'
		}
	}));
}

/** Writes down that a planned reminder does not leave. */
export async function dropFollowUpReminder({ sql }: Db, id: string, why: SkipReason): Promise<void> {
	await sql`update follow_up_reminder set delivery = 'dropped', delivery_at = app_now(), problem = ${why} where id = ${id}::bigint`;
}
