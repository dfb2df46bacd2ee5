/**
 * Names of provinces and of their departments in English. Their Chinese names are what the register keeps; those of enterprises and groups
 * stay as they are registered. In order of GB/T 2260; a test holds them against the register's codes.
 */
import { getLocale } from '#lib/paraglide/runtime.js';

const PLACES: Readonly<Record<string, string>> = {
	北京: 'Beijing',
	天津: 'Tianjin',
	河北: 'Hebei',
	山西: 'Shanxi',
	内蒙古: 'Inner Mongolia',
	辽宁: 'Liaoning',
	吉林: 'Jilin',
	黑龙江: 'Heilongjiang',
	上海: 'Shanghai',
	江苏: 'Jiangsu',
	浙江: 'Zhejiang',
	安徽: 'Anhui',
	福建: 'Fujian',
	江西: 'Jiangxi',
	山东: 'Shandong',
	河南: 'Henan',
	湖北: 'Hubei',
	湖南: 'Hunan',
	广东: 'Guangdong',
	广西: 'Guangxi',
	海南: 'Hainan',
	重庆: 'Chongqing',
	四川: 'Sichuan',
	贵州: 'Guizhou',
	云南: 'Yunnan',
	西藏: 'Tibet',
	陕西: 'Shaanxi',
	甘肃: 'Gansu',
	青海: 'Qinghai',
	宁夏: 'Ningxia',
	新疆: 'Xinjiang',
	兵团: 'Xinjiang Production and Construction Corps',
	新疆生产建设兵团: 'Xinjiang Production and Construction Corps'
};
const OF_KIND = /(?:省|市|(?:壮族|回族|维吾尔)?自治区)$/;

/** A channel as the reader's language calls it: 江苏 or 江苏省, or Jiangsu. A group keeps the name it is registered under. */
export function placeName(name: string): string {
	return getLocale() === 'en' ? placeInEnglish(name) : name;
}

/** The same for a reader whose language is known. */
export function placeInEnglish(name: string): string {
	return PLACES[name] ?? PLACES[name.replace(OF_KIND, '')] ?? name;
}

const DEPARTMENT = /^(.+?)(商务|工业和信息化)(主管部门|厅|局|委员会)$/;

/** An office by its own name in English if it has one; a department of a province by what it is. */
export function officeNameIn(locale: string, { nameZh, nameEn }: { readonly nameZh: string; readonly nameEn: string | null }): string {
	if (locale !== 'en') return nameZh;
	return nameEn ?? departmentInEnglish(nameZh) ?? nameZh;
}

function departmentInEnglish(name: string): string | null {
	const [, place = '', matter, kind] = DEPARTMENT.exec(name) ?? [];
	const english = placeInEnglish(place);
	if (english === place) return null;
	const body = kind === '委员会' ? 'Commission' : kind === '局' ? 'Bureau' : 'Department';
	const of = matter === '商务' ? 'Commerce' : 'Industry and Information Technology';
	return `${body} of ${of} of ${english}${kindOf(place)}`;
}

function kindOf(place: string): string {
	if (place.endsWith('省')) return ' Province';
	if (place.endsWith('市')) return ' Municipality';
	const region = /(壮族|回族|维吾尔)?自治区$/.exec(place);
	if (!region) return '';
	return `${{ 壮族: ' Zhuang', 回族: ' Hui', 维吾尔: ' Uygur' }[region[1] ?? ''] ?? ''} Autonomous Region`;
}

/** By ISO 3166-2:CN; the Corps, which has no code there, by its own letters. */
const CODES: Readonly<Record<string, string>> = {
	北京: 'BJ',
	天津: 'TJ',
	河北: 'HE',
	山西: 'SX',
	内蒙古: 'NM',
	辽宁: 'LN',
	吉林: 'JL',
	黑龙江: 'HL',
	上海: 'SH',
	江苏: 'JS',
	浙江: 'ZJ',
	安徽: 'AH',
	福建: 'FJ',
	江西: 'JX',
	山东: 'SD',
	河南: 'HA',
	湖北: 'HB',
	湖南: 'HN',
	广东: 'GD',
	广西: 'GX',
	海南: 'HI',
	重庆: 'CQ',
	四川: 'SC',
	贵州: 'GZ',
	云南: 'YN',
	西藏: 'XZ',
	陕西: 'SN',
	甘肃: 'GS',
	青海: 'QH',
	宁夏: 'NX',
	新疆: 'XJ',
	兵团: 'XPCC'
};

/** A channel where there is room for a few letters: 江苏, or JS. The whole name stands beside it for whoever asks or listens. */
export const tileName = (name: string): string => (getLocale() === 'en' ? (CODES[name.replace(OF_KIND, '')] ?? name) : name);
