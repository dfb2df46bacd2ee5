import type { Cookies } from '@sveltejs/kit';
import { preferencesFrom, type PreferenceValues } from '#lib/forms/account.ts';
import { config } from '#lib/server/config.ts';

const YEAR_S = 365 * 86_400;

/** The look a browser asked for; what it says that we do not know is as if unsaid. */
export function preferencesOf(cookies: Pick<Cookies, 'get'>): PreferenceValues {
	const said = preferencesFrom({ locale: cookies.get('locale'), theme: cookies.get('theme'), text: cookies.get('text') });
	return { locale: said.locale ?? 'zh-CN', theme: said.theme ?? 'auto', text: said.text ?? 'm' };
}

/** Keeps the look in the browser too, so that it stays after signing out. Scripts read the language, so this cookie is not hidden. */
export function rememberPreferences(cookies: Pick<Cookies, 'get' | 'set'>, preferences: PreferenceValues): void {
	const secure = config().origin?.startsWith('https://') ?? false;
	for (const [name, value] of Object.entries(preferences)) {
		if (cookies.get(name) !== value) cookies.set(name, value, { path: '/', sameSite: 'lax', httpOnly: false, secure, maxAge: YEAR_S });
	}
}
