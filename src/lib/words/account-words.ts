/** The sentences for what is wrong with a field of the account forms. */
import type { AccountProblem } from '#lib/forms/account.ts';
import { PASSWORD_LEAST, PASSWORD_MOST } from '#lib/forms/account-password.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import { m } from '#lib/paraglide/messages.js';

const words = {
	missing: () => m.account_problem_missing(),
	long: () => m.account_problem_long(),
	text_unreadable: () => m.account_problem_text_unreadable(),
	email_shape: () => m.account_problem_email_shape(),
	username_shape: () => m.account_problem_username_shape(),
	phone_shape: () => m.account_problem_phone_shape(),
	choice_unknown: () => m.account_problem_choice_unknown(),
	confirm_missing: () => m.account_problem_confirm_missing(),
	password_missing: () => m.account_problem_password_missing(),
	password_short: () => m.account_problem_password_short({ least: PASSWORD_LEAST }),
	password_long: () => m.account_problem_password_long({ most: PASSWORD_MOST }),
	password_common: () => m.account_problem_password_common(),
	password_of_name: () => m.account_problem_password_of_name(),
	password_unequal: () => m.account_problem_password_unequal()
} satisfies Record<AccountProblem, () => string>;

/** The sentence for a problem; undefined where there is none. */
export function accountProblem(problem: AccountProblem | undefined): string | undefined {
	return problem === undefined ? undefined : words[problem]();
}

/** What may be said after an act, by the code in the address; an unknown code says nothing. */
const done = {
	invited: m.account_invite_sent,
	awaits: m.account_invite_awaits,
	cancelled: m.account_invitation_cancelled,
	duty: m.account_duty_changed,
	ended: m.account_ended,
	handed: m.account_hand_over_done,
	handing: m.account_hand_over_sent,
	confirmed: m.account_confirmed,
	disabled: m.account_disabled,
	enabled: m.account_enabled,
	opened: m.account_office_opened,
	saved: m.account_saved,
	password: m.account_password_changed,
	sessions: m.account_session_ended,
	feed: m.delivery_me_feed_revoked
} as const;

export type DoneCode = keyof typeof done;

export function doneWord(code: string | null): string | undefined {
	return code !== null && Object.hasOwn(done, code) ? done[code as DoneCode]() : undefined;
}

/** Why an act on people was refused, in one sentence. */
export function peopleRefusal(refusal: Refusal): string {
	switch (refusal.code) {
		case 'not_found':
			return m.account_refused_not_found();
		case 'not_your_duty':
			return m.account_refused_not_your_duty();
		case 'taken':
			return refusal.field === 'email' ? m.account_refused_taken() : m.account_refused_taken_office();
		case 'same_person':
			return m.account_refused_same_person();
		case 'link_spent':
			return m.account_refused_link_spent();
		case 'already_done':
			return m.account_refused_done();
		case 'contacts_missing':
			return m.account_refused_contacts({ actual: refusal.actual });
		case 'invalid_input':
			return 'creditCode' in refusal.fields ? m.account_refused_enterprise_unknown() : m.account_refused_last();
		default:
			return m.account_refused_other();
	}
}
