/** Finds the header of a list of designated enterprises: below merged titles, in one row or two, in Chinese or English, in any order. */

export const COHORT_COLUMNS = [
	'name',
	'creditCode',
	'category',
	'channel',
	'cohortYear',
	'announcedOn',
	'announcementNumber',
	'contact1Name',
	'contact1Phone',
	'contact1Email',
	'contact2Name',
	'contact2Phone',
	'contact2Email'
] as const;
export type CohortColumn = (typeof COHORT_COLUMNS)[number];

/** Without these a row means nothing. */
export const REQUIRED_COLUMNS = ['name', 'creditCode', 'category', 'channel', 'cohortYear'] as const satisfies readonly CohortColumn[];

export type Table = readonly (readonly string[])[];

export interface CohortHeader {
	/** Index of the first row of data. */
	readonly firstDataRow: number;
	/** Where each column stands, by index. */
	readonly at: ReadonlyMap<CohortColumn, number>;
	/** Where 企业性质 stands in a list that carries it: compared with the channel (方案第七条), never stored. */
	readonly ownershipAt: number | null;
}

export type HeaderReading =
	| { readonly ok: true; readonly header: CohortHeader }
	| { readonly ok: false; readonly code: 'empty' }
	| { readonly ok: false; readonly code: 'columns_missing'; readonly missing: readonly CohortColumn[] };

const HEADINGS: Readonly<Record<'zh-CN' | 'en', readonly string[]>> = {
	'zh-CN': [
		'企业名称',
		'统一社会信用代码',
		'类别',
		'报送渠道',
		'批次',
		'公布日期',
		'公布文号',
		'联系人1',
		'联系人1电话',
		'联系人1邮箱',
		'联系人2',
		'联系人2电话',
		'联系人2邮箱'
	],
	en: [
		'Enterprise',
		'Credit code',
		'Category',
		'Channel',
		'Cohort',
		'Announced on',
		'Announcement number',
		'Contact 1',
		'Contact 1 phone',
		'Contact 1 e-mail',
		'Contact 2',
		'Contact 2 phone',
		'Contact 2 e-mail'
	]
};

const SYNONYMS: Readonly<Partial<Record<CohortColumn, RegExp>>> = {
	name: /^(企业名称|企业全称|单位名称|单位全称|公司名称|公司全称|全称|申报单位|申报企业|企业|名称|name|enterprise|enterprisename|company|companyname)$/,
	creditCode:
		/^(统一社会信用代码|统一信用代码|社会统一信用代码|社会信用代码|信用代码|社会信用代码证号|uscc|usci|creditcode|unifiedsocialcreditcode|socialcreditcode)$/,
	category: /^(类别|种类|企业类别|企业类型|重点企业类别|重点企业种类|申报类别|category|class|type)$/,
	channel:
		/^(报送渠道|渠道|推荐单位|推荐部门|推荐机构|报送单位|报送部门|推荐渠道|省份|省市|省区市|省自治区直辖市|地区|所在省|所在省份|所在地区|所属地区|省级商务主管部门|channel|province|region|recommendedby)$/,
	cohortYear:
		/^(批次|年度|确定批次|认定批次|公布批次|批次年度|批次年份|确定年份|确定年度|认定年份|认定年度|cohort|cohortyear|year|designatedyear|yearofdesignation)$/,
	announcedOn: /^(公布日期|公布时间|公告日期|公告时间|发布日期|发文日期|确定日期|announcedon|announcementdate|dateofannouncement|date)$/,
	announcementNumber:
		/^(公布文号|公告文号|公告号|文号|公布文件|公布文件文号|公布文件号|公告文件文号|公告文件号|发文字号|announcementnumber|announcementno|documentnumber|number)$/
};

const OWNERSHIP = /^(企业性质|单位性质|所有制性质|所有制|ownership)$/;

const HEADER_SEARCH_ROWS = 20;
const HEADING_MAX_LENGTH = 100;

/** The header row of the template, column by column in the order of `COHORT_COLUMNS`. */
export function templateHeader(language: 'zh-CN' | 'en' = 'zh-CN'): readonly string[] {
	return HEADINGS[language];
}

/** Finds the header among the first rows: the row, or pair of rows, that names most columns. */
export function findHeader(table: Table): HeaderReading {
	if (table.every((row) => row.every((cell) => cell.trim() === ''))) return { ok: false, code: 'empty' };
	let best: Omit<CohortHeader, 'ownershipAt'> = { firstDataRow: 0, at: new Map() };
	for (let index = 0; index < Math.min(table.length, HEADER_SEARCH_ROWS); index++) {
		const upper = table[index] ?? [];
		const single = columnsOf(upper);
		if (single.size > best.at.size) best = { firstDataRow: index + 1, at: single };
		const lower = table[index + 1];
		if (lower === undefined) continue;
		const double = columnsOf(twoRows(upper, lower));
		// A second row belongs to the header only if it names columns the first does not.
		if (double.size > best.at.size && double.size > columnsOf(lower).size) best = { firstDataRow: index + 2, at: double };
	}
	const missing = REQUIRED_COLUMNS.filter((column) => !best.at.has(column));
	return missing.length > 0
		? { ok: false, code: 'columns_missing', missing }
		: { ok: true, header: { ...best, ownershipAt: ownershipAt(table, best.firstDataRow) } };
}

/** In the last or last but one row before the data: a heading of its own row or of a pair. */
function ownershipAt(table: Table, firstDataRow: number): number | null {
	for (const row of [table[firstDataRow - 1], table[firstDataRow - 2]]) {
		const at = row?.findIndex((cell) => OWNERSHIP.test(headingKey(cell))) ?? -1;
		if (at >= 0) return at;
	}
	return null;
}

/** True for a row that repeats the header, as a list printed over several pages does. */
export function isHeaderRow(row: readonly string[]): boolean {
	return columnsOf(row).size >= 3;
}

function columnsOf(row: readonly string[]): ReadonlyMap<CohortColumn, number> {
	const at = new Map<CohortColumn, number>();
	for (const [index, cell] of row.entries()) {
		const column = columnOf(headingKey(cell), at);
		if (column !== null && !at.has(column)) at.set(column, index);
	}
	return at;
}

function columnOf(heading: string, taken: ReadonlyMap<CohortColumn, number>): CohortColumn | null {
	if (heading === '') return null;
	for (const column of COHORT_COLUMNS) if (SYNONYMS[column]?.test(heading)) return column;
	const part = contactPart(heading);
	if (part === null) return null;
	const person = /2|二|b$/.test(heading) ? 2 : /1|一|a$/.test(heading) ? 1 : taken.has(`contact1${part}`) ? 2 : 1;
	return `contact${person}${part}`;
}

function contactPart(heading: string): 'Name' | 'Phone' | 'Email' | null {
	if (/(邮箱|邮件|e-?mail)/.test(heading)) return 'Email';
	if (/(电话|手机|phone|mobile|tel)/.test(heading)) return 'Phone';
	if (/^(第?[一二12]?联系人[一二12]?(姓名)?|姓名[一二12]?|contact(person)?[12ab]?(name)?)$/.test(heading)) return 'Name';
	return null;
}

/** A merged cell leaves its neighbours empty: its text is carried to the right, over what the second row adds. */
function twoRows(upper: readonly string[], lower: readonly string[]): readonly string[] {
	let carried = '';
	return Array.from({ length: Math.max(upper.length, lower.length) }, (_, index) => {
		const above = upper[index]?.trim() ?? '';
		const below = lower[index]?.trim() ?? '';
		if (above !== '') carried = above;
		if (below === '') return above;
		if (above === '' && carried === '') return below;
		return columnOf(headingKey(`${carried}${below}`), new Map()) === null ? below : `${carried}${below}`;
	});
}

/** 统一社会信用代码（18位）* → 统一社会信用代码; "Credit code" → creditcode. A long cell is no heading, and is not searched for brackets. */
function headingKey(cell: string): string {
	if (cell.length > HEADING_MAX_LENGTH) return '';
	return cell
		.normalize('NFKC')
		.replace(/\([^)]*\)/g, '')
		.replace(/[\s\p{Cf}\p{Cc}*:、/_.]/gu, '')
		.toLowerCase();
}
