import type { Day } from '#lib/domain/day.ts';
import type { Category, Duty } from '#lib/domain/parties.ts';
import { m } from '#lib/paraglide/messages.js';
import { categoryWord } from '#lib/words/words.ts';
import type { Db } from '#lib/server/db/door.ts';
import { dayIn, linkTo, messageIdOf, type Letter, type MailLocale } from '#lib/server/mail/mail.ts';
import { formatNumber } from '#lib/words/format.ts';

/** Somebody of an office. */
export interface OfficeReader {
	readonly personId: string;
	readonly name: string;
	readonly address: string;
	readonly locale: MailLocale;
	readonly channelId: string | null;
}

/** The people of offices who want summaries; of a made-up person nothing leaves in production. */
export async function loadDigestReaders(
	{ sql }: Db,
	kinds: readonly string[],
	duties: readonly Duty[],
	{ production, digests }: { readonly production: boolean; readonly digests: boolean }
): Promise<readonly OfficeReader[]> {
	const rows = await sql<{ id: string; name: string; email: string; locale: string; channel_id: string | null }[]>`
		select p.id, p.name, p.email, p.locale, min(o.channel_id) as channel_id
		from organisation o join membership b on b.org_id = o.id join person p on p.id = b.person_id
		where o.kind = any(${kinds as string[]}::text[]) and b.duty = any(${duties as string[]}::text[]) and b.ended_at is null and p.disabled_at is null
			and not (p.synthetic and ${production}) and (p.digests or not ${digests})
		group by p.id, p.name, p.email, p.locale, o.channel_id order by p.id`;
	return rows.map((row) => ({ personId: row.id, name: row.name, address: row.email, locale: row.locale === 'en' ? 'en' : 'zh-CN', channelId: row.channel_id }));
}

export type OnceLetter = Letter & { messageId: string };

const LINES_AT_MOST = 50;

function letterTo(reader: OfficeReader, template: string, key: string, rest: Pick<Letter, 'subject' | 'paragraphs' | 'link' | 'digest'>): OnceLetter {
	return {
		template,
		locale: reader.locale,
		to: reader.address,
		personId: reader.personId,
		name: reader.name,
		messageId: messageIdOf(`${template}.${key}.${encodeURIComponent(reader.personId)}`),
		...rest
	};
}

export interface CopiedReport {
	readonly enterpriseName: string;
	readonly category: Category;
	readonly dueOn: Day;
}

/** What the enterprises of a channel were reminded of today: the copy of domain.md 4, once a day instead of once a mail. */
export function copyLetter(
	reader: OfficeReader,
	on: Day,
	channel: { readonly id: string; readonly zh: string; readonly en: string },
	reports: readonly CopiedReport[]
): OnceLetter {
	const { locale } = reader;
	const said = { locale };
	const day = dayIn(on, locale);
	return letterTo(reader, 'channel_copy', `${on}.${channel.id}`, {
		subject: m.reminder_copy_subject({ day, count: formatNumber(reports.length) }, said),
		paragraphs: [
			m.reminder_copy_text({ day, count: formatNumber(reports.length), channel: locale === 'en' ? channel.en : channel.zh }, said),
			...reports
				.slice(0, LINES_AT_MOST)
				.map(({ enterpriseName, category, dueOn }) =>
					m.reminder_copy_line(
						{ report: m.reminder_report({ enterprise: enterpriseName, category: categoryWord[category]({}, said) }, said), due: dayIn(dueOn, locale) },
						said
					)
				),
			...(reports.length > LINES_AT_MOST ? [m.reminder_more({ count: formatNumber(reports.length - LINES_AT_MOST) }, said)] : []),
			m.reminder_digest_off({}, said)
		],
		link: { label: m.reminder_action_chase({}, said), href: linkTo('/channel/chase') },
		digest: true
	});
}

/** Reports of one channel that are past their date, by who holds them. */
export interface Outstanding {
	readonly channelZh: string;
	readonly channelEn: string;
	readonly enterprise: number;
	readonly atDepartments: number;
	readonly forwarding: number;
}

/** The ministries' weekly summary after the deadline: how many are outstanding, in which channel, and in whose hands. */
export function weeklyLetter(reader: OfficeReader, key: Day, on: Day, year: number, channels: readonly Outstanding[]): OnceLetter {
	const { locale } = reader;
	const said = { locale };
	const day = dayIn(on, locale);
	const sum = (part: (one: Outstanding) => number): number => channels.reduce((total, one) => total + part(one), 0);
	const of = (one: Outstanding): number => one.enterprise + one.atDepartments + one.forwarding;
	const count = sum(of);
	const parts = { enterprise: sum((one) => one.enterprise), atDepartments: sum((one) => one.atDepartments), forwarding: sum((one) => one.forwarding) };
	return letterTo(reader, 'weekly_digest', `${year}.${key}`, {
		subject: count === 0 ? m.reminder_weekly_none_subject({ year }, said) : m.reminder_weekly_subject({ year, count: formatNumber(count) }, said),
		paragraphs: [
			count === 0 ? m.reminder_weekly_none({ year, day }, said) : m.reminder_weekly_text({ year, day, count: formatNumber(count), ...parts }, said),
			...[...channels]
				.filter((one) => of(one) > 0)
				.sort((a, b) => of(b) - of(a))
				.slice(0, LINES_AT_MOST)
				.map((one) =>
					m.reminder_weekly_line(
						{
							channel: locale === 'en' ? one.channelEn : one.channelZh,
							count: of(one),
							enterprise: one.enterprise,
							atDepartments: one.atDepartments,
							forwarding: one.forwarding
						},
						said
					)
				),
			m.reminder_digest_off({}, said)
		],
		link: { label: m.reminder_action_reports({}, said), href: linkTo('/ministry/reports') },
		digest: true
	});
}

/** To the ministries' approvers: a year ought to be opened soon. No summary, so it cannot be switched off. */
export function openAheadLetter(reader: OfficeReader, year: number, proposedOn: Day): OnceLetter {
	const said = { locale: reader.locale };
	return letterTo(reader, 'open_ahead', String(year), {
		subject: m.reminder_ahead_subject({ year }, said),
		paragraphs: [m.reminder_ahead_text({ year, opens: dayIn(proposedOn, reader.locale) }, said)],
		link: { label: m.reminder_action_years({}, said), href: linkTo('/ministry/years') }
	});
}
