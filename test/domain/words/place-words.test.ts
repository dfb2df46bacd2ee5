/** Every channel of the register has its name in English, as the register's own code and English name say. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { officeNameIn, placeInEnglish, placeName } from '#lib/words/place-words.ts';

const { provinces } = JSON.parse(readFileSync('db/seed/reference/channels.json', 'utf8')) as {
	provinces: { code: string; nameZh: string; shortZh: string; nameEn: string }[];
};
/** GB/T 2260: what is divided into provinces, without 台湾, 香港 and 澳门, and the Corps by the code in use for it. */
const CODES = '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 66'.split(' ').map((code) => `${code}0000`);

test('all 31 provinces and the Corps are there, and none of the five cities with plans of their own is a channel', () => {
	expect(provinces.map(({ code }) => code)).toEqual(CODES);
	expect(provinces.filter(({ shortZh }) => ['大连', '宁波', '厦门', '青岛', '深圳'].includes(shortZh))).toEqual([]);
});

test.each(provinces)('$code $nameZh is $nameEn, by its full and by its short name', ({ nameZh, shortZh, nameEn }) => {
	expect([placeInEnglish(nameZh), placeInEnglish(shortZh)]).toEqual([nameEn, nameEn]);
	for (const matter of ['商务主管部门', '工业和信息化主管部门']) {
		const name = officeNameIn('en', { nameZh: `${nameZh}${matter}`, nameEn: null });
		expect(name).toContain(nameEn);
		expect(name).not.toMatch(/\p{Script=Han}/u);
	}
});

describe('an office', () => {
	test.each([
		['江苏省商务主管部门', 'Department of Commerce of Jiangsu Province'],
		['江苏省工业和信息化厅', 'Department of Industry and Information Technology of Jiangsu Province'],
		['上海市商务委员会', 'Commission of Commerce of Shanghai Municipality'],
		['宁夏回族自治区商务主管部门', 'Department of Commerce of Ningxia Hui Autonomous Region'],
		['内蒙古自治区商务主管部门', 'Department of Commerce of Inner Mongolia Autonomous Region'],
		['新疆生产建设兵团商务主管部门', 'Department of Commerce of Xinjiang Production and Construction Corps'],
		['示例集团有限公司', '示例集团有限公司'],
		['某地商务主管部门', '某地商务主管部门']
	])('%s is called %s', (nameZh, english) => {
		expect(officeNameIn('en', { nameZh, nameEn: null })).toBe(english);
		expect(officeNameIn('zh-CN', { nameZh, nameEn: 'x' })).toBe(nameZh);
	});

	test('its own English name goes before ours', () => {
		expect(officeNameIn('en', { nameZh: '江苏省商务主管部门', nameEn: 'Jiangsu Commerce' })).toBe('Jiangsu Commerce');
	});
});

test('in Chinese a place keeps its name', () => {
	expect(placeName('江苏')).toBe('江苏');
});
