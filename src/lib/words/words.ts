/**
 * From the domain's codes to the words of the screen. Every map is complete: a code without a word does not compile.
 * A word is a function, since the language is known only while a page is being made.
 */
import type { CheckLevel } from '#lib/domain/check/check.ts';
import type { Category } from '#lib/domain/parties.ts';
import type { Verdict } from '#lib/domain/check/criteria.ts';
import { m } from '#lib/paraglide/messages.js';
import type { IconName } from './icon.ts';

/** A word in the reader's language. */
export type Word = () => string;

/** The word of a code that may be anybody's text: what every object inherits (`__proto__`, `constructor`) is no word. */
export function wordOf(words: Readonly<Partial<Record<string, Word>>>, code: string): string | undefined {
	return Object.hasOwn(words, code) ? words[code]?.() : undefined;
}
/** The five tones a mark can have; colour never stands alone. */
export type Tone = 'ok' | 'warn' | 'late' | 'info' | 'plain';
/** How a code is marked: tone, icon and word together. */
export interface Mark {
	tone: Tone;
	icon: IconName;
	word: Word;
}

/** Met with little headroom is said as 接近限值; the domain knows only met, unmet and unknown. */
export type ShownVerdict = Verdict | 'near';

export const categoryWord = {
	manufacturing: m.ui_category_manufacturing,
	it_outsourcing: m.ui_category_it_outsourcing
} satisfies Record<Category, Word>;

export const verdictMark = {
	met: { tone: 'ok', icon: 'check', word: m.ui_verdict_met },
	near: { tone: 'info', icon: 'near', word: m.ui_verdict_near },
	unmet: { tone: 'warn', icon: 'warn', word: m.ui_verdict_unmet },
	unknown: { tone: 'plain', icon: 'unknown', word: m.ui_verdict_unknown }
} satisfies Record<ShownVerdict, Mark>;

/** What a forecast would say of a limit: never the words of a verdict. */
export const outlookMark = {
	met: { tone: 'plain', icon: 'check', word: m.ui_outlook_met },
	unmet: { tone: 'info', icon: 'near', word: m.ui_outlook_unmet },
	unknown: { tone: 'plain', icon: 'unknown', word: m.ui_outlook_unknown }
} satisfies Record<Verdict, Mark>;

export const checkLevelMark = {
	error: { tone: 'late', icon: 'cross', word: m.ui_level_error },
	warning: { tone: 'warn', icon: 'warn', word: m.ui_level_warning },
	note: { tone: 'info', icon: 'info', word: m.ui_level_note }
} satisfies Record<CheckLevel, Mark>;

export const basisWord = {
	final: m.ui_basis_final,
	forecast: m.ui_basis_forecast
} satisfies Record<'final' | 'forecast', Word>;

/** By ISO weekday, Monday = 1. */
export const weekdayWord = {
	1: m.ui_weekday_1,
	2: m.ui_weekday_2,
	3: m.ui_weekday_3,
	4: m.ui_weekday_4,
	5: m.ui_weekday_5,
	6: m.ui_weekday_6,
	7: m.ui_weekday_7
} satisfies Record<1 | 2 | 3 | 4 | 5 | 6 | 7, Word>;
