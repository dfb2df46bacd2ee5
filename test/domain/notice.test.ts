import { describe, expect, it } from 'vitest';
import { ARTICLE_IDS, NOTICE, citationOf, isArticleId, textOf, type ArticleId } from '#lib/domain/notice.ts';

describe('the notice as data', () => {
	it('has all fourteen articles, the seven criteria of each category and the four filling instructions', () => {
		for (let n = 1; n <= 14; n++) expect(isArticleId(String(n))).toBe(true);
		for (const part of [2, 3]) for (let n = 1; n <= 7; n++) expect(isArticleId(`5.${part}.${n}`)).toBe(true);
		for (let n = 1; n <= 4; n++) expect(isArticleId(`fill.${n}`)).toBe(true);
		for (let n = 1; n <= 2; n++) expect(isArticleId(`notice.${n}`)).toBe(true);
		expect(isArticleId('15')).toBe(false);
		expect(isArticleId('toString')).toBe(false);
	});

	it('lists articles in the order of the notice, 10 after 9', () => {
		expect(ARTICLE_IDS.indexOf('10')).toBe(ARTICLE_IDS.indexOf('9') + 1);
		expect(ARTICLE_IDS.indexOf('5.2.1')).toBe(ARTICLE_IDS.indexOf('5.2') + 1);
		expect(ARTICLE_IDS.length).toBe(Object.keys(NOTICE).length);
		expect(ARTICLE_IDS.slice(0, 3)).toEqual(['notice.1', 'notice.2', '1']);
	});

	it.each<[ArticleId, string, string]>([
		['notice.2', '通知第二条', 'Notice, item 2'],
		['5.1', '方案第五条（一）', 'Plan, article 5(1)'],
		['5.2.4', '方案第五条（二）4', 'Plan, article 5(2)4'],
		['5.3.7', '方案第五条（三）7', 'Plan, article 5(3)7'],
		['11', '方案第十一条', 'Plan, article 11'],
		['fill.3', '填写说明第三条', 'Filling instructions, item 3']
	])('cites %s', (id, zh, en) => {
		expect(citationOf(id, 'zh-CN')).toBe(zh);
		expect(citationOf(id, 'en')).toBe(en);
	});

	it('says each citation once, in both languages, over a text without page-break leftovers', () => {
		expect(new Set(ARTICLE_IDS.map((id) => citationOf(id, 'zh-CN'))).size).toBe(ARTICLE_IDS.length);
		expect(new Set(ARTICLE_IDS.map((id) => citationOf(id, 'en'))).size).toBe(ARTICLE_IDS.length);
		for (const id of ARTICLE_IDS) expect(textOf(id)).toMatch(/^[^<>]+$/);
	});

	it('keeps the words the rules rest on', () => {
		expect(textOf('11')).toContain('自确定次年起，每年 11 月 30 日前');
		expect(textOf('5.2.4')).toContain('每年信息化建设投入占营业收入的比例不低于5%');
		expect(textOf('5.2.6')).toContain('从业人员1000人以上，年营业收入5亿元人民币以上');
		expect(textOf('13')).toContain('每三年');
		expect(textOf('9')).toContain('5 个工作日');
		// 通知第二条: two books, ten copies of each, nine and one; what comes later is not taken.
		for (const words of ['制造业类和信息技术外包类两册并各印制 10 份', '商务部（9 份）、工业和信息化部（1 份）', '逾期不予受理'])
			expect(textOf('notice.2')).toContain(words);
		expect(textOf('notice.1')).toContain('各申报企业应及时提交');
		// Annex 2 asks each who gives an opinion for a seal, a signature and a date.
		for (const [id, opinions] of [
			['annex2.province_opinion', 2],
			['annex2.group_opinion', 1]
		] as const)
			for (const words of ['（公 章）', '负责人（签字）', '年 月 日']) expect(textOf(id).split(words)).toHaveLength(opinions + 1);
	});

	it('does not compile with a citation that does not exist', () => {
		// @ts-expect-error there is no eighth criterion
		const wrong: ArticleId = '5.2.8';
		expect(isArticleId(wrong)).toBe(false);
	});
});
