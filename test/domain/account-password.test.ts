import { expect, test } from 'vitest';
import { passwordProblem } from '#lib/forms/account-password.ts';

test.each([
	['', 'password_missing'],
	['short', 'password_short'],
	['十一个字的密码还差一', 'password_short'],
	['𠮷'.repeat(6), 'password_short'],
	['x'.repeat(201), 'password_long'],
	['abcdefghijkl', 'password_common'],
	['aaaaaaaaaaaaaa', 'password_common'],
	['abcabcabcabcabc', 'password_common'],
	['Password2026!', 'password_common'],
	['passwordpassword', 'password_common'],
	['123456789012', 'password_common'],
	['with\0a hole in it', 'text_unreadable'],
	['li.na.li.na1', 'password_of_name']
])('%j is refused as %s', (password, problem) => {
	expect(passwordProblem(password, ['li.na', 'li.na@example.cn'])).toBe(problem);
});

test.each(['correct horse battery staple', '玉兰花开时节又逢君来', 'password is what nobody guesses', '春眠不觉晓处处闻啼鸟夜来', 'xK9-!pQ2vB7z'])(
	'%j is taken',
	(password) => {
		expect(passwordProblem([...password].length < 12 ? `${password}三生有幸` : password, ['li.na'])).toBeNull();
	}
);
