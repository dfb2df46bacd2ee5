import { describe, expect, test } from 'vitest';
import { checkReminderPolicy, DEFAULT_REMINDER_POLICY, fillParagraph, type ReminderPolicy } from '#lib/domain/chase/reminder-policy.ts';
import { readReminderPolicy } from '#lib/forms/reminder-policy.ts';

const changed = (changes: Partial<ReminderPolicy>): ReminderPolicy => ({ ...DEFAULT_REMINDER_POLICY, ...changes });

describe('the policy of reminders (非方案规定, domain.md 4)', () => {
	test('the one that comes with the system is the ladder of the domain, and may stand', () => {
		expect(DEFAULT_REMINDER_POLICY).toMatchObject({
			daysBefore: [60, 30, 14, 7, 3, 1],
			onTheDay: true,
			daysAfter: [1, 3, 7],
			everyDaysAfter: 7,
			hour: 9,
			copyChannelFromDaysBefore: 7
		});
		expect(checkReminderPolicy(DEFAULT_REMINDER_POLICY).ok).toBe(true);
	});

	test.each<[string, Partial<ReminderPolicy>, Record<string, string>]>([
		['steps before in the wrong order', { daysBefore: [7, 14] }, { daysBefore: 'not_in_order' }],
		['a step twice', { daysBefore: [7, 7] }, { daysBefore: 'not_in_order' }],
		['no step at all', { daysAfter: [] }, { daysAfter: 'out_of_range' }],
		['a step that is no number', { daysAfter: [Number.NaN] }, { daysAfter: 'out_of_range' }],
		['half a day', { everyDaysAfter: 1.5 }, { everyDaysAfter: 'out_of_range' }],
		['at night', { hour: 23 }, { hour: 'out_of_range' }],
		['ending before it begins', { hour: 18, lastHour: 10 }, { lastHour: 'not_in_order' }],
		['a Sunday digest', { digestWeekday: 7 }, { digestWeekday: 'out_of_range' }],
		['a paragraph with an unknown placeholder', { paragraphs: { before: { zh: '{姓名}您好', en: 'Hello' } } }, { 'before.zh': 'unknown_placeholder' }],
		['a paragraph with half a brace', { paragraphs: { before: { zh: '您好', en: 'Hello {' } } }, { 'before.en': 'unknown_placeholder' }],
		['a header smuggled in', { paragraphs: { after: { zh: '您好', en: 'Hello\r\nBcc: a@example.invalid' } } }, { 'after.en': 'control_characters' }],
		['one language only', { paragraphs: { after: { zh: '请尽快报送', en: '' } } }, { 'after.en': 'one_language_missing' }],
		['too long', { paragraphs: { after: { zh: '字'.repeat(501), en: 'x' } } }, { 'after.zh': 'too_long' }]
	])('%s is refused at its field', (_, changes, fields) => {
		expect(checkReminderPolicy(changed(changes))).toEqual({ ok: false, refusal: { code: 'invalid_input', fields } });
	});

	test('placeholders are filled, and only the known ones', () => {
		expect(
			fillParagraph('{enterprise}:{year} 年报应于 {due} 前报送,还有 {days} 天', { enterprise: '示例企业', year: '2026', due: '11月30日', days: '3' })
		).toBe('示例企业:2026 年报应于 11月30日 前报送,还有 3 天');
	});
});

describe('what a form sends', () => {
	const typed = {
		daysBefore: '60，30、14 7',
		daysAfter: '１, 3',
		everyDaysAfter: '７',
		hour: '9',
		lastHour: '20',
		copyChannelFromDaysBefore: '7',
		escalateFromDaysAfter: '7',
		idleWorkingDays: '5',
		digestWeekday: '1',
		validFromOn: '2026-11-27',
		onTheDay: 'on'
	};

	test('is read with full-width digits and every kind of comma', () => {
		expect(readReminderPolicy(typed)?.policy).toMatchObject({
			daysBefore: [60, 30, 14, 7],
			daysAfter: [1, 3],
			everyDaysAfter: 7,
			onTheDay: true,
			paragraphs: {}
		});
	});

	test.each(['', '-1', '1e3', 'seven', '7.5'])('%j is no number of days, and the rule says so at its field', (everyDaysAfter) => {
		const read = readReminderPolicy({ ...typed, everyDaysAfter });
		expect(read && checkReminderPolicy(read.policy)).toMatchObject({ ok: false, refusal: { fields: { everyDaysAfter: 'out_of_range' } } });
	});

	test('a missing field is unreadable, a megabyte too', () => {
		expect(readReminderPolicy({ ...typed, hour: 'x'.repeat(1_000_000) })).toBeNull();
		const { hour: _, ...without } = typed;
		expect(readReminderPolicy(without)).toBeNull();
	});

	test('an unticked box is no, an empty paragraph none', () => {
		expect(readReminderPolicy({ ...typed, onTheDay: '', 'before.zh': '  ', 'before.en': '' })?.policy).toMatchObject({ onTheDay: false, paragraphs: {} });
	});
});
