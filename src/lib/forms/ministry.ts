import { z } from 'zod';
import { ENTERPRISE_EVENTS } from '#lib/domain/register/enterprise-event.ts';

/** Control characters and marks that turn the direction of writing: they cannot be stored or deceive the reader. */
const UNREADABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/;

const text = (max: number) =>
	z
		.string()
		.transform((typed) => typed.replace(/\r\n?/g, '\n').trim())
		.refine((typed) => !UNREADABLE.test(typed), 'unreadable')
		.refine((typed) => [...typed].length <= max, 'too_long');

export const EVENT_NOTE_MAX = 500;

/** A dated event of an enterprise. What depends on the kind is asked for by the kind. */
export const EnterpriseEventForm = z
	.object({
		kind: z.enum(ENTERPRISE_EVENTS),
		/** As typed: the rule says what is wrong with it. */
		effectiveOn: z.string().max(30),
		name: text(200),
		channelId: z.string().max(60),
		note: text(EVENT_NOTE_MAX),
		rowVersion: z.coerce.number().int().min(1)
	})
	.superRefine((form, context) => {
		if (form.kind === 'renamed' && form.name === '') context.addIssue({ code: 'custom', path: ['name'], message: 'missing' });
		if (form.kind === 'moved' && form.channelId === '') context.addIssue({ code: 'custom', path: ['channelId'], message: 'missing' });
		if (form.note === '') context.addIssue({ code: 'custom', path: ['note'], message: 'missing' });
	});

/** What cannot be stored is left out; the act says that there is no such version. */
const version = z
	.string()
	.max(30)
	.transform((typed) => typed.replace(/\p{Cc}/gu, ''));

/** The four dates that are settings stay as typed: the rule answers each at its field. The fifth is the notice's. */
export const OpenYearForm = z.object({
	year: z.coerce.number().int().min(2022).max(2100),
	opensOn: z.string().max(30),
	channelDueOn: z.string().max(30),
	acceptedLateUntilOn: z.string().max(30),
	correctionsUntilOn: z.string().max(30),
	formVersion: version,
	policyVersion: version
});

/** Other dates for an open year, as typed; what is missing says the rule. */
export const AmendYearForm = z.object({
	opensOn: z.string().max(30),
	channelDueOn: z.string().max(30),
	ministryDueOn: z.string().max(30),
	acceptedLateUntilOn: z.string().max(30),
	correctionsUntilOn: z.string().max(30),
	documentNo: text(100),
	reason: text(2_000)
});

export const YearForm = z.object({ year: z.coerce.number().int().min(2022).max(2100) });

/** `<id>:<version>`, the version on the official's screen. A page has fifty; what was chosen over all pages comes as a mark of its own. */
export const ReceiveForm = z.object({
	reports: z.array(z.string().regex(/^[1-9]\d{0,17}:[1-9]\d{0,5}$/)).max(500),
	matching: z.boolean(),
	/** How many the person was told when asked; '' while nobody asked. */
	confirmed: z.string().max(10)
});

export const ApplyImportForm = z.object({
	importId: z.string().regex(/^[1-9]\d{0,17}$/),
	corrections: z.boolean(),
	announcements: z.boolean(),
	hidden: z.boolean()
});

export const CODE_REASON_MAX = 300;

/** Why a code whose check character does not fit is the enterprise's own all the same. */
export const ConfirmCodeForm = z.object({
	importId: z.string().regex(/^[1-9]\d{0,17}$/),
	row: z.coerce.number().int().min(1).max(10_000),
	reason: text(CODE_REASON_MAX).refine((typed) => [...typed].length >= 5, 'too_short')
});
