/** Every letter of the timetable in both languages: nothing left unfilled, nothing of people in the subject, no second line anywhere in a header. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { day, startOf } from '#lib/domain/day.ts';
import type { Court, ReportState } from '#lib/domain/report-state.ts';
import type { ReminderItem } from '#lib/domain/chase/reminder-item.ts';
import { DEFAULT_REMINDER_POLICY, type ReminderPolicy } from '#lib/domain/chase/reminder-policy.ts';
import { NO_CALENDAR, type WorkingCalendar } from '#lib/domain/working-calendar.ts';
import { bodiesOf, type Letter, type MailLocale } from '#lib/server/mail/mail.ts';
import { copyLetter, openAheadLetter, weeklyLetter, type OfficeReader } from '#lib/server/letters/digest-letter.ts';
import { reminderLetter, type LetterTerms } from '#lib/server/letters/reminder-letter.ts';

const LOCALES: readonly MailLocale[] = ['zh-CN', 'en'];
const TODAY = day('2026-11-27');
const CALENDAR: WorkingCalendar = new Map([[2026, { year: 2026, version: 1, source: 'test', holidays: new Map(), makeUpDays: new Map() }]]);
const OWN = Object.fromEntries(
	(['before', 'on_the_day', 'after', 'returned', 'awaiting_opinion', 'forwarding'] as const).map((text) => [
		text,
		{ zh: `请办理{year}:{enterprise},{due},{days}`, en: `Do {year}: {enterprise}, {due}, {days}` }
	])
);
const POLICY: ReminderPolicy = { ...DEFAULT_REMINDER_POLICY, paragraphs: OWN };
const TERMS: LetterTerms = { policy: POLICY, calendar: CALENDAR, today: TODAY, now: startOf(TODAY) };

function item(changes: Partial<ReminderItem> = {}): ReminderItem {
	return {
		reportId: '1',
		enterpriseName: '示例制造有限公司',
		category: 'manufacturing',
		year: 2026,
		alone: true,
		state: 'draft',
		court: 'enterprise',
		audience: 'enterprise',
		step: 'T-3',
		partyDueOn: day('2026-11-30'),
		reportDueOn: day('2026-11-30'),
		ministryDueOn: day('2026-11-30'),
		departureNo: null,
		heldSinceOn: null,
		...changes
	};
}
const recipient = (locale: MailLocale, name = '王经办', personId: string | null = 'p1') => ({
	key: personId ?? 'contact:a@example.cn',
	personId,
	name,
	address: 'a@example.cn',
	locale
});
const reader = (locale: MailLocale): OfficeReader => ({ personId: 'p1', name: '王经办', address: 'a@example.cn', locale, channelId: '320000' });
const office = (state: ReportState, court: Court, changes: Partial<ReminderItem> = {}) =>
	item({ state, court, audience: 'commerce', heldSinceOn: day('2026-11-16'), ...changes });

/** Every letter there is, by name. */
const LETTERS: Readonly<Record<string, (locale: MailLocale) => Letter>> = {
	'the year is open': (locale) => reminderLetter(recipient(locale), [item({ step: 'open' })], TERMS),
	'before the date': (locale) => reminderLetter(recipient(locale), [item()], TERMS),
	'before the date, calendar unknown': (locale) => reminderLetter(recipient(locale), [item()], { ...TERMS, calendar: NO_CALENDAR }),
	'on the day': (locale) => reminderLetter(recipient(locale), [item({ partyDueOn: TODAY })], TERMS),
	'after the channel’s date': (locale) => reminderLetter(recipient(locale), [item({ partyDueOn: day('2026-11-15') })], TERMS),
	'after the date': (locale) => reminderLetter(recipient(locale), [item()], { ...TERMS, today: day('2026-12-02') }),
	returned: (locale) => reminderLetter(recipient(locale), [item({ state: 'returned' })], TERMS),
	'returned, correction late': (locale) => reminderLetter(recipient(locale), [item({ state: 'returned', partyDueOn: day('2026-11-20') })], TERMS),
	'to a contact without account': (locale) => reminderLetter(recipient(locale, '联系人', null), [item()], TERMS),
	'several reports of a filer': (locale) =>
		reminderLetter(recipient(locale), [item(), item({ reportId: '2', category: 'it_outsourcing', state: 'returned', partyDueOn: day('2026-12-01') })], TERMS),
	awaiting_opinion: (locale) => reminderLetter(recipient(locale), [office('submitted', 'departments')], TERMS),
	'awaiting_opinion, idle': (locale) => reminderLetter(recipient(locale), [office('submitted', 'commerce', { step: 'idle+5' })], TERMS),
	'forwarding, very many': (locale) =>
		reminderLetter(
			recipient(locale),
			Array.from({ length: 60 }, (_, n) => office('submitted', 'channel', { reportId: String(n) })),
			TERMS
		),
	'by hand': (locale) =>
		reminderLetter(recipient(locale), [item({ step: 'hand:2026-11-27' })], {
			...TERMS,
			byHand: { officeZh: '江苏省商务厅', officeEn: 'Jiangsu Commerce', remark: '请尽快' }
		}),
	'by a ministry, not submitted': (locale) =>
		reminderLetter(recipient(locale), [office('draft', 'enterprise', { step: 'hand:2026-11-27', heldSinceOn: null })], {
			...TERMS,
			byHand: { officeZh: '商务部', officeEn: 'Ministry of Commerce', remark: null }
		}),
	'copy to the channel': (locale) =>
		copyLetter(
			reader(locale),
			TODAY,
			{ id: '320000', zh: '江苏省', en: 'Jiangsu' },
			Array.from({ length: 60 }, (_, n) => ({ enterpriseName: `企业${n}`, category: 'manufacturing' as const, dueOn: day('2026-11-30') }))
		),
	'weekly digest': (locale) =>
		weeklyLetter(reader(locale), day('2026-12-07'), day('2026-12-07'), 2026, [
			{ channelZh: '江苏省', channelEn: 'Jiangsu', enterprise: 2, atDepartments: 1, forwarding: 3 }
		]),
	'weekly digest, nothing': (locale) => weeklyLetter(reader(locale), day('2026-12-07'), day('2026-12-07'), 2026, []),
	'a year to open': (locale) => openAheadLetter(reader(locale), 2027, day('2027-10-08'))
};

describe.each(Object.keys(LETTERS))('%s', (name) => {
	test.each(LOCALES)('in %s', (locale) => {
		const letter = LETTERS[name]?.(locale);
		if (!letter) throw new Error(name);
		const { text, html } = bodiesOf(letter);
		for (const said of [letter.subject, text, html.replace(/<style[\s\S]*?<\/style>/g, '')]) {
			expect(said).not.toMatch(/[{}]|undefined|null|NaN|reminder_/);
			expect(said.trim()).not.toBe('');
		}
		expect(letter.subject).not.toMatch(/\p{Cc}/u);
		expect(letter.subject).not.toContain('示例制造');
		expect(letter.subject).not.toContain('王经办');
		expect(letter.subject.length).toBeLessThan(120);
		if (locale === 'en') expect(letter.subject).not.toMatch(/\p{Script=Han}/u);
		expect(letter.paragraphs.length).toBeLessThan(60);
		expect(letter.locale).toBe(locale);
	});
});

test('no word of the letters is left over: each is said by one of the letters above', () => {
	const zh = JSON.parse(readFileSync('messages/zh-CN/reminder.json', 'utf8')) as Record<string, string>;
	const texts = Object.values(LETTERS)
		.map((letter) => letter('zh-CN'))
		.flatMap((letter) => [letter.subject, ...letter.paragraphs, letter.link?.label ?? '', letter.ics?.replaceAll('\r\n ', '') ?? ''])
		.join('\n');
	const sources = ['reminder-letter', 'digest-letter'].map((file) => readFileSync(`src/lib/server/letters/${file}.ts`, 'utf8')).join('\n');
	const ofLetters = new Set([...sources.matchAll(/m\.(reminder_\w+)/g)].map((found) => found[1]));
	expect(ofLetters.size).toBeGreaterThan(40);
	const unsaid = Object.entries(zh)
		.filter(([key]) => ofLetters.has(key))
		.filter(([key, words]) => {
			const pieces = words.split(/\{\w+\}/).filter((piece) => piece.trim() !== '');
			return !key.startsWith('reminder_left') && !pieces.every((piece) => texts.includes(piece));
		});
	expect(unsaid.map(([key]) => key)).toEqual([]);
});

describe('what stands in a letter', () => {
	const said = (letter: Letter) => letter.paragraphs.join('\n');

	test('the date is the holder’s own, with days and working days', () => {
		expect(said(reminderLetter(recipient('zh-CN'), [item()], TERMS))).toContain('距截止3天，其中工作日1天');
		expect(said(reminderLetter(recipient('zh-CN'), [item()], { ...TERMS, calendar: NO_CALENDAR }))).not.toContain('工作日');
	});
	test('the link leads to the report, or to the list of several', () => {
		expect(reminderLetter(recipient('zh-CN'), [item()], TERMS).link?.href).toMatch(/\/enterprise\/reports\/2026$/);
		expect(reminderLetter(recipient('zh-CN'), [item({ alone: false })], TERMS).link?.href).toMatch(/\/enterprise\/reports\/2026-manufacturing$/);
		expect(reminderLetter(recipient('zh-CN'), [office('submitted', 'commerce')], TERMS).link?.href).toMatch(/\/channel\/reports\/1$/);
		expect(reminderLetter(recipient('zh-CN'), [office('submitted', 'commerce'), office('submitted', 'commerce', { reportId: '2' })], TERMS).link?.href).toMatch(
			/\/channel\/chase$/
		);
		expect(reminderLetter(recipient('zh-CN', '联系人', null), [item()], TERMS).link).toBeUndefined();
	});
	test('a department that is told of what its enterprises have not submitted reads how far each is, and is led to its board', () => {
		const letter = reminderLetter(
			recipient('zh-CN'),
			[
				office('draft', 'enterprise', { step: 'hand:2026-11-27', heldSinceOn: null }),
				office('submitted', 'channel', { reportId: '2', step: 'hand:2026-11-27' })
			],
			TERMS
		);
		expect(letter.paragraphs.filter((line) => line.startsWith('·'))).toEqual([
			'· 示例制造有限公司（制造业类），填报中',
			'· 示例制造有限公司（制造业类），自2026年11月16日星期一起待贵单位办理'
		]);
		expect(letter.link?.href).toMatch(/\/channel\/chase$/);
	});
	test('past the channel’s own date is not called late: the ministries’ date decides', () => {
		expect(said(reminderLetter(recipient('zh-CN'), [item({ partyDueOn: day('2026-11-15') })], TERMS))).not.toContain('逾期');
		expect(said(reminderLetter(recipient('zh-CN'), [item()], { ...TERMS, today: day('2026-12-02') }))).toContain('逾期');
	});
	test('a report under two steps is named once', () => {
		const letter = reminderLetter(
			recipient('zh-CN'),
			[office('submitted', 'commerce', { step: 'idle+5' }), office('submitted', 'commerce', { step: 'T-3' })],
			TERMS
		);
		expect(said(letter).match(/示例制造有限公司/g)).toHaveLength(2); // once in the list, once in the ministries' own paragraph
	});
	test('the calendar entry is of the holder’s date, and none of a date that is past', () => {
		expect(reminderLetter(recipient('zh-CN'), [item()], TERMS).ics).toContain('DTSTART;VALUE=DATE:20261130');
		expect(reminderLetter(recipient('zh-CN'), [item({ partyDueOn: day('2026-11-15') })], TERMS).ics).toBeUndefined();
	});
	test('very many reports are counted, not listed', () => {
		expect(
			said(
				reminderLetter(
					recipient('zh-CN'),
					Array.from({ length: 60 }, (_, n) => office('submitted', 'channel', { reportId: String(n) })),
					TERMS
				)
			)
		).toContain('另有20份');
	});
});

describe('names that would be headers', () => {
	const bad = '王\r\nBcc: someone@example.cn\r\n\r\n<script>alert(1)</script>';
	test.each(LOCALES)('stay one line of text in %s', (locale) => {
		const letter = reminderLetter(recipient(locale, bad), [item({ enterpriseName: bad })], { ...TERMS, byHand: { officeZh: bad, officeEn: bad, remark: bad } });
		const { text, html } = bodiesOf(letter);
		expect(letter.subject).not.toMatch(/\p{Cc}/u);
		expect(text).not.toMatch(/^Bcc:/m);
		expect(html).not.toContain('<script');
		expect(letter.ics ?? '').not.toMatch(/^Bcc:/m);
	});
});

test('a letter names the notice’s date, and of a year that both ministries moved their document (非方案规定)', () => {
	const said = (changes: Partial<ReminderItem>) => reminderLetter(recipient('zh-CN'), [item(changes)], TERMS).paragraphs.join('\n');
	expect(said({})).toMatch(/方案第十一条/);
	expect(said({})).not.toMatch(/非方案规定/);
	const moved = said({
		departureNo: '商服贸函〔2026〕7号',
		ministryDueOn: day('2026-12-20'),
		partyDueOn: day('2026-12-20'),
		reportDueOn: day('2026-12-20')
	});
	expect(moved).toMatch(/商服贸函〔2026〕7号.*12月20日.*非方案规定/);
	expect(moved).not.toMatch(/11 ?月 ?30/);
});
