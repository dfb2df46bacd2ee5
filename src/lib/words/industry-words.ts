/** The divisions of manufacturing (GB/T 4754, C13 to C43). Apart from the other words: only the page of a table of them needs so many. */
import { m } from '#lib/paraglide/messages.js';
import { wordOf, type Word } from './words.ts';

const industryWords: Readonly<Record<string, Word>> = {
	c13: m.form_industry_c13,
	c14: m.form_industry_c14,
	c15: m.form_industry_c15,
	c16: m.form_industry_c16,
	c17: m.form_industry_c17,
	c18: m.form_industry_c18,
	c19: m.form_industry_c19,
	c20: m.form_industry_c20,
	c21: m.form_industry_c21,
	c22: m.form_industry_c22,
	c23: m.form_industry_c23,
	c24: m.form_industry_c24,
	c25: m.form_industry_c25,
	c26: m.form_industry_c26,
	c27: m.form_industry_c27,
	c28: m.form_industry_c28,
	c29: m.form_industry_c29,
	c30: m.form_industry_c30,
	c31: m.form_industry_c31,
	c32: m.form_industry_c32,
	c33: m.form_industry_c33,
	c34: m.form_industry_c34,
	c35: m.form_industry_c35,
	c36: m.form_industry_c36,
	c37: m.form_industry_c37,
	c38: m.form_industry_c38,
	c39: m.form_industry_c39,
	c40: m.form_industry_c40,
	c41: m.form_industry_c41,
	c42: m.form_industry_c42,
	c43: m.form_industry_c43
};

/** 通用设备制造业; a code there is not as it stands. */
export const industryLabel = (code: string): string => wordOf(industryWords, code) ?? code;
