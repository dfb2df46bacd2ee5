import { expect, test } from 'vitest';
import { otherNames } from '#lib/domain/other-names.ts';
import { otherNamesText, withNamesInWords } from '#lib/words/name-words.ts';

/** 方案第十一条: a report keeps the name of its year; whoever finds it by another name is told which. */
test.each([
	['never renamed', '甲公司', '甲公司', '', ''],
	['renamed, this year’s report', '乙公司', '乙公司', '甲公司', '原名 甲公司'],
	['renamed, a report of before', '甲公司', '乙公司', '甲公司', '现名 乙公司'],
	['renamed twice, now', '丙公司', '丙公司', '甲公司\n乙公司', '原名 乙公司、甲公司'],
	['renamed twice, a report between', '乙公司', '丙公司', '甲公司\n乙公司', '原名 甲公司；现名 丙公司'],
	['back to its first name', '甲公司', '甲公司', '甲公司\n乙公司', '原名 乙公司'],
	['the same former name twice', '丙公司', '丙公司', '甲公司\n乙公司\n甲公司', '原名 乙公司、甲公司'],
	['not to be seen by a channel it left', '甲公司', null, null, '']
])('%s', (_, shown, now, former, text) => {
	expect(otherNamesText(otherNames(shown, now, former))).toBe(text);
});

test('a page gets the line and not what it is made of', () => {
	expect(withNamesInWords([{ id: '1', otherNames: otherNames('乙', '乙', '甲') }])).toEqual([{ id: '1', alsoNamed: '原名 甲' }]);
});
