/** The sentences for what is wrong with a field of the account forms. */
import type { AccountProblem } from '#lib/forms/account.ts';
import { PASSWORD_LEAST, PASSWORD_MOST } from '#lib/forms/account-password.ts';
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
