import { z } from 'zod';
import { REMINDER_TEXTS, type ReminderPolicy, type ReminderText } from '#lib/domain/chase/reminder-policy.ts';

/** Full-width digits and every comma a keyboard here can make. */
const plain = (typed: string): string => typed.normalize('NFKC').replaceAll('、', ',').trim();
/** What is no whole number becomes NaN, which the rule refuses at its field. */
const whole = z
	.string()
	.max(20)
	.transform((typed) => (/^\d{1,4}$/.test(plain(typed)) ? Number(plain(typed)) : Number.NaN));
const list = z
	.string()
	.max(200)
	.transform((typed) =>
		plain(typed)
			.split(/[,\s]+/)
			.filter((part) => part !== '')
			.map((part) => (/^\d{1,4}$/.test(part) ? Number(part) : Number.NaN))
	);
const paragraph = z
	.string()
	.max(5_000)
	.transform((typed) => typed.replace(/\s*\r?\n\s*/g, ' ').trim());

const Fields = z.object({
	daysBefore: list,
	daysAfter: list,
	everyDaysAfter: whole,
	hour: whole,
	lastHour: whole,
	copyChannelFromDaysBefore: whole,
	escalateFromDaysAfter: whole,
	idleWorkingDays: whole,
	digestWeekday: whole,
	validFromOn: z.string().max(30)
});

export const POLICY_FIELDS = Object.keys(Fields.shape) as readonly (keyof z.infer<typeof Fields>)[];
const paragraphField = (text: ReminderText, language: 'zh' | 'en') => `${text}.${language}`;
export const PARAGRAPH_FIELDS: readonly string[] = REMINDER_TEXTS.flatMap((text) => [paragraphField(text, 'zh'), paragraphField(text, 'en')]);

/**
 * A policy of reminders as posted. What cannot be read as a number comes as NaN, so that the rule answers it at its field; what was typed stays
 * with the caller.
 */
export function readReminderPolicy(values: Readonly<Record<string, string>>): { readonly policy: ReminderPolicy; readonly validFromOn: string } | null {
	const read = Fields.safeParse(values);
	if (!read.success) return null;
	const paragraphs: Partial<Record<ReminderText, { zh: string; en: string }>> = {};
	for (const text of REMINDER_TEXTS) {
		const zh = paragraph.safeParse(values[paragraphField(text, 'zh')] ?? '');
		const en = paragraph.safeParse(values[paragraphField(text, 'en')] ?? '');
		if (!zh.success || !en.success) return null;
		if (zh.data !== '' || en.data !== '') paragraphs[text] = { zh: zh.data, en: en.data };
	}
	const { validFromOn, ...numbers } = read.data;
	return { policy: { version: 0, onTheDay: values['onTheDay'] === 'on', paragraphs, ...numbers }, validFromOn };
}
