/** 方案第六条: what lists, filters and files say of the criteria is kept on audited years; what the filer was told stays frozen. */
import { beforeAll, expect, test } from 'vitest';
import { VERDICT_RULE } from '#lib/domain/check/criteria.ts';
import type { Actor } from '#lib/server/actor.ts';
import { judgeVersions } from '#lib/server/acts/report/judge-versions.ts';
import { channelHome } from '#lib/server/reads/channel/channel-home.ts';
import { channelReports, channelReportsForExport, type ChannelReportsQuery } from '#lib/server/reads/channel/channel-reports.ts';
import { ministryReports } from '#lib/server/reads/ministry/ministry-reports.ts';
import type { MinistryReportsQuery } from '#lib/server/reads/ministry/ministry-report-filters.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { answersFor, buildOfficial, buildReport, openYear, oweReport, submitReport, type SceneReport } from '../../support/scene.ts';

const CHANNEL = '330000';
const LIST: ChannelReportsQuery = {
	year: 2026,
	court: null,
	states: [],
	category: null,
	cohort: null,
	q: '',
	sort: 'name',
	descending: false,
	after: null,
	before: null
};
const MINISTRY: MinistryReportsQuery = {
	...LIST,
	sort: 'name',
	channelId: null,
	late: null,
	flags: null,
	figure: null,
	asOf: null,
	reason: null,
	heldSince: null
};

let database: TestDatabase;
let commerce: Actor;
let mofcom: Actor;
/** 信息化建设投入 of revenue: last year 6 %, this year's forecast 4 %. */
let lookingDown: SceneReport;
/** 设备联网率: last year 58 %, forecast 71 %. */
let below: SceneReport;

beforeAll(async () => {
	database = await applicationDatabase();
	const open = { opensOn: '2026-01-01', acceptedLateUntilOn: '2027-12-31', correctionsUntilOn: '2027-12-31' };
	await openYear(database, 2026, open);
	await openYear(database, 2025, { correctionsUntilOn: '2027-12-31', acceptedLateUntilOn: '2027-12-31' });
	commerce = await buildOfficial(database, 'commerce', CHANNEL);
	mofcom = await buildOfficial(database, 'mofcom');
	lookingDown = await buildReport(database, { channelId: CHANNEL, name: '展望企业', cohortYear: 2024 });
	await submitReport(database, lookingDown, answersFor('manufacturing', { 'informatisation@forecast': '2640' }));
	below = await buildReport(database, { channelId: CHANNEL, name: '未达企业' });
	await submitReport(
		database,
		below,
		answersFor('manufacturing', {
			'equipment_networked@final': '290',
			'explain:criterion_unmet/equipment_networked:reason': 'equipment_renewal',
			'explain:criterion_unmet/equipment_networked:text': '上年更新的设备尚未完成联网改造，本年已完成。'
		})
	);
});

const kept = async (report: SceneReport) => {
	const [row] = await database.adminSql<{ unmet: string[]; unknown: string[]; outlook_unmet: string[]; rule: string }[]>`
		select unmet, unknown, outlook_unmet, rule from version_verdict where report_id = ${report.reportId}`;
	return row;
};
const frozen = async (report: SceneReport) => {
	const [row] = await database.adminSql<{ warnings: number; criteria_unmet: number; criteria_unknown: number }[]>`
		select warnings, criteria_unmet, criteria_unknown from annual_report_version where report_id = ${report.reportId} and no = 1`;
	return row;
};
const rowOf = async (report: SceneReport) => (await channelReports(commerce, LIST)).rows.find(({ id }) => id === report.reportId);
const now = new Date('2026-11-20T02:00:00Z');

test('a forecast below its limit is an outlook and counts nowhere as not met', async () => {
	expect(await kept(lookingDown)).toEqual({ unmet: [], unknown: ['M4'], outlook_unmet: ['M4'], rule: VERDICT_RULE });
	expect(await frozen(lookingDown)).toEqual({ warnings: 0, criteria_unmet: 0, criteria_unknown: 1 });
	expect((await rowOf(lookingDown))?.verdict).toEqual({ unmet: [], unknown: ['M4'], outlookUnmet: ['M4'] });
});

test('an audited year below its limit is not met, whatever is forecast; home, list and file say the same', async () => {
	expect(await kept(below)).toMatchObject({ unmet: ['M5'], outlook_unmet: [] });
	expect((await rowOf(below))?.verdict?.unmet).toEqual(['M5']);
	const exported = (await channelReportsForExport(commerce, LIST)).rows.find(({ id }) => id === below.reportId);
	expect(exported?.verdict?.unmet).toEqual(['M5']);
	expect((await channelHome(commerce, 2026)).mine.find(({ id }) => id === below.reportId)?.verdict?.unmet).toEqual(['M5']);
});

test('filters read the kept verdict; what has not come through the channel is not found by it', async () => {
	const found = async (flags: MinistryReportsQuery['flags']) => (await ministryReports(mofcom, { ...MINISTRY, flags }, now)).rows.map(({ id }) => id);
	expect(await found('unmet')).toEqual([]);
	await database.adminSql`update annual_report_version set forwarded_at = now() where report_id in (${below.reportId}, ${lookingDown.reportId})`;
	expect(await found('unmet')).toEqual([below.reportId]);
	expect(await found('outlook')).toEqual([lookingDown.reportId]);
	expect(await found('none')).toEqual([lookingDown.reportId]);
});

test('what was filed before verdicts were kept is judged by the command, and the frozen counts stay', async () => {
	await database.adminSql`delete from version_verdict where report_id = ${below.reportId}`;
	const before = await frozen(below);
	expect((await rowOf(below))?.verdict).toBeNull();
	expect(await judgeVersions({ dry: true })).toEqual({ judged: 1, changed: 0 });
	expect((await rowOf(below))?.verdict).toBeNull();
	expect(await judgeVersions({ dry: false })).toEqual({ judged: 1, changed: 1 });
	expect((await rowOf(below))?.verdict?.unmet).toEqual(['M5']);
	expect(await frozen(below)).toEqual(before);
	// Twice is once.
	expect(await judgeVersions({ dry: false })).toEqual({ judged: 0, changed: 0 });
});

test('a verdict by an older rule is stale; everything can be judged again', async () => {
	await database.adminSql`update version_verdict set rule = 'best-known', unmet = '{M4}', unknown = '{}' where report_id = ${lookingDown.reportId}`;
	expect((await rowOf(lookingDown))?.verdict?.unmet).toEqual(['M4']);
	expect(await judgeVersions({ dry: false })).toEqual({ judged: 1, changed: 1 });
	expect(await kept(lookingDown)).toEqual({ unmet: [], unknown: ['M4'], outlook_unmet: ['M4'], rule: VERDICT_RULE });
	expect(await judgeVersions({ dry: false, every: true })).toEqual({ judged: 2, changed: 0 });
});

test('an earlier year that is filed or corrected later makes the verdict stale', async () => {
	const earlier = await oweReport(database, { designationId: lookingDown.designationId, year: 2025 });
	await submitReport(
		database,
		{ ...lookingDown, reportId: earlier },
		answersFor('manufacturing', {
			'informatisation@final': '2900',
			'explain:criterion_unmet/informatisation:reason': 'investment_cycle',
			'explain:criterion_unmet/informatisation:text': '上年系统建设尚未开始，投入集中在本年。'
		})
	);
	expect(await judgeVersions({ dry: false })).toEqual({ judged: 1, changed: 1 });
	// 2024 is 2,900 of 60,000: a known failure settles "each of three years".
	expect(await kept(lookingDown)).toMatchObject({ unmet: ['M4'], outlook_unmet: ['M4'] });
});
