/** What a new password must be. Length beats rules about signs; what everybody tries first is refused. */

export const PASSWORD_LEAST = 12;
/** Bounds the work of hashing; far above any passphrase. */
export const PASSWORD_MOST = 200;

export type PasswordProblem =
	'password_missing' | 'password_short' | 'password_long' | 'password_common' | 'password_of_name' | 'password_unequal' | 'text_unreadable';

/** Beginnings that make up most lists of tried passwords, compared after case and repeated tails are taken away. */
const COMMON = [
	'password',
	'passw0rd',
	'p@ssw0rd',
	'p@ssword',
	'qwertyuiop',
	'qwerty',
	'1q2w3e4r',
	'1qaz2wsx',
	'qazwsxedc',
	'zaq12wsx',
	'abc123',
	'abcd1234',
	'a123456',
	'asdfghjkl',
	'iloveyou',
	'letmein',
	'welcome',
	'admin',
	'administrator',
	'root',
	'test',
	'guest',
	'changeme',
	'secret',
	'dragon',
	'monkey',
	'football',
	'sunshine',
	'princess',
	'woaini',
	'wodemima',
	'mima',
	'nihao',
	'zhongguo',
	'beijing',
	'shanghai',
	'shangwubu',
	'mofcom',
	'miit',
	'huawei',
	'user',
	'login',
	'hello',
	'master',
	'superman',
	'5201314',
	'1314520',
	'147258369',
	'123321',
	'112233',
	'123123',
	'123456',
	'12345678',
	'0123456789',
	'1234567890',
	'987654321',
	'9876543210',
	'我爱你',
	'密码'
];

function digitsRun(text: string): boolean {
	const signs = [...text];
	return signs.length > 0 && signs.every((sign, index) => index === 0 || Math.abs((sign.codePointAt(0) ?? 0) - (signs[index - 1]?.codePointAt(0) ?? 0)) === 1);
}

/** One sign, or a short piece, over and over: `aaaaaaaaaaaa`, `abcabcabcabc`, `passwordpassword`. */
function repeats(text: string): boolean {
	for (let size = 1; size <= text.length / 2 && size <= 8; size += 1) {
		if (
			text
				.slice(0, size)
				.repeat(Math.ceil(text.length / size))
				.slice(0, text.length) === text
		)
			return true;
	}
	return false;
}

/**
 * The first thing wrong with a new password, or null.
 *
 * @param own what others can guess of this person: name, username, address.
 */
export function passwordProblem(password: string, own: readonly string[] = []): PasswordProblem | null {
	if (password === '') return 'password_missing';
	if (password.includes('\0')) return 'text_unreadable';
	const length = [...password].length;
	if (length < PASSWORD_LEAST) return 'password_short';
	if (length > PASSWORD_MOST) return 'password_long';
	const plain = password.normalize('NFKC').toLowerCase();
	const letters = plain.replace(/[^\p{L}\p{N}]+$/u, '');
	if (repeats(plain) || digitsRun(plain) || repeats(letters)) return 'password_common';
	// a common word with a year or a few signs behind it is still that word
	if (COMMON.some((word) => plain.startsWith(word) && [...plain.slice(word.length)].length <= 6 && !/\s/.test(plain))) return 'password_common';
	if (/^\d+$/.test(plain) && length < 16) return 'password_common';
	const names = own.flatMap((text) => [text.toLowerCase(), text.toLowerCase().split('@')[0] ?? '']).filter((text) => text.length >= 4);
	if (names.some((name) => plain.includes(name) && [...plain.replace(name, '')].length < 8)) return 'password_of_name';
	return null;
}
