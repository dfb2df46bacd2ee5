import { describe, expect, test } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { documentNumberOn, parseDocumentNumber } from '#lib/domain/document-number.ts';

/** GB/T 9704-2012, 7.2.5: 发文字号由发文机关代字、年份、发文顺序号组成；年份用六角括号“〔〕”括入；不加“第”字，不编虚位，加“号”字. */
describe('the number of a document', () => {
	test.each([
		['商办服贸函〔2026〕12号', '商办服贸函', 2026, 12],
		['苏商服〔2026〕1号', '苏商服', 2026, 1],
		// What keyboards give: square, round and wide brackets, wide figures, spaces.
		['商办服贸函[2026]12号', '商办服贸函', 2026, 12],
		['商办服贸函(2026)12号', '商办服贸函', 2026, 12],
		['商办服贸函（2026）12号', '商办服贸函', 2026, 12],
		['商办服贸函【２０２６】１２号', '商办服贸函', 2026, 12],
		['  商办服贸函 〔2026〕 12 号 ', '商办服贸函', 2026, 12],
		['工信厅信发函〔2026〕10086号', '工信厅信发函', 2026, 10_086],
		// An ideograph of four bytes is a letter like any other.
		['𬭎商函〔2026〕7号', '𬭎商函', 2026, 7]
	])('%s is read', (typed, sign, year, serial) => {
		expect(parseDocumentNumber(typed)).toEqual({ sign, year, serial, text: `${sign}〔${year}〕${serial}号` });
	});

	test.each([
		'',
		'12号',
		'〔2026〕12号',
		'商函2026年12号',
		'商函〔26〕12号',
		'商函〔2026〕号',
		'商函〔2026〕12',
		'商函〔2026〕12号补',
		'abc〔2026〕1号',
		'商函〔2026〕1号\u0000'
	])('%j is none', (typed) => expect(parseDocumentNumber(typed)).toBe('form'));

	test.each(['商函〔2026〕第12号', '商函〔2026〕012号', '商函〔2026〕0号'])('%s is padded', (typed) => expect(parseDocumentNumber(typed)).toBe('padded'));

	test('belongs to the year of the document’s date', () => {
		expect(documentNumberOn('商函〔2026〕12号', day('2026-12-31'))).toMatchObject({ year: 2026 });
		expect(documentNumberOn('商函〔2026〕12号', day('2027-01-01'))).toBe('year');
		expect(documentNumberOn('商函〔2026〕012号', day('2027-01-01'))).toBe('padded');
	});
});
