/**
 * Citations made from the ids of the notice's articles. The same as `citationOf` of the domain, without the notice's full text, which no page
 * but the guide needs in the browser; test/domain/form-words.test.ts holds the two together.
 */
import type { ArticleId } from '#lib/domain/notice.ts';
import { getLocale } from '#lib/paraglide/runtime.js';

const NUMERALS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四'];
const CIRCLED = ['', '①', '②', '③', '④'];
const PARTS: Readonly<Record<string, readonly [string, string]>> = {
	annex2: ['附件2', 'Annex 2'],
	'annex2.attachments': ['附件2 业务开展情况', 'Annex 2, business conducted'],
	'annex2.manufacturing': ['附件2 业务开展情况一', 'Annex 2, business conducted, item 1'],
	'annex2.it_outsourcing': ['附件2 业务开展情况二', 'Annex 2, business conducted, item 2'],
	'annex2.province_opinion': ['附件2 地方部门推荐意见', 'Annex 2, opinion of the local departments'],
	'annex2.group_opinion': ['附件2 中央企业集团推荐意见', 'Annex 2, opinion of the central group']
};

/** 方案第五条（二）4, or "Plan, article 5(2)4". */
export function articleText(article: ArticleId): string {
	const english = getLocale() === 'en';
	const part = PARTS[article];
	if (part) return english ? part[1] : part[0];
	const [head = '', middle, last] = article.split('.');
	const at = Number(middle);
	if (head === 'notice') return english ? `Notice, item ${at}` : `通知第${NUMERALS[at] ?? at}条`;
	if (head === 'note') return english ? `Plan, footnote ${at}` : `方案注${CIRCLED[at] ?? at}`;
	if (head === 'fill') return english ? `Filling instructions, item ${at}` : `填写说明第${NUMERALS[at] ?? at}条`;
	const number = english ? `Plan, article ${head}` : `方案第${NUMERALS[Number(head)] ?? head}条`;
	if (middle === undefined) return number;
	// Article 5 numbers its paragraphs in brackets, article 6 lists items.
	if (head !== '5') return english ? `${number}, item ${middle}` : `${number}${middle}`;
	return english ? `${number}(${middle})${last ?? ''}` : `${number}（${NUMERALS[at] ?? middle}）${last ?? ''}`;
}
