/** Marks between two texts, full-width in Chinese (GB/T 15834). A mark inside one text stands in its word. */
import { getLocale, type Locale } from '#lib/paraglide/runtime.js';

/** Between a name and what is said of it: 名称：内容, or "Name: content". */
export const colon = (): string => (getLocale() === 'en' ? ': ' : '：');

/** The same at the end of a line, in the language of a letter's reader. */
export const colonIn = (locale: Locale): string => (locale === 'en' ? ':' : '：');

/** A name and what is said of it. */
export const labelled = (name: string, text: string): string => `${name}${colon()}${text}`;

/** What follows a text in brackets: （3 份）, or " (3)" with the space before it. */
export const bracketed = (text: string | number): string => (getLocale() === 'en' ? ` (${text})` : `（${text}）`);

/** Between two sentences. */
export const stop = (): string => (getLocale() === 'en' ? '. ' : '。');

/** Several words in a row: 甲、乙, or "A, B". */
export const listWords = (words: readonly string[]): string => words.join(getLocale() === 'en' ? ', ' : '、');

/** Several counts of one thing in a row: 应报 3 · 已转报 2. */
export const dotted = (words: readonly string[]): string => words.join(' · ');
