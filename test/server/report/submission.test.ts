import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { canonicalJson, readContent } from '#lib/domain/form/report-content.ts';
import { answerReturnComment } from '#lib/server/acts/report/answer-return-comment.ts';
import { returnAnnualReport } from '#lib/server/acts/report/return-annual-report.ts';
import { readEnterpriseHome } from '#lib/server/reads/enterprise/enterprise-home.ts';
import { RETURN_REASONS } from '#lib/domain/policy.ts';
import { askApprover } from '#lib/server/acts/report/ask-approver.ts';
import { downloadVersion } from '#lib/server/acts/report/download-version.ts';
import { openAnnualReport } from '#lib/server/acts/report/open-annual-report.ts';
import { sendReceipt } from '#lib/server/acts/report/send-receipt.ts';
import { submitAnnualReport } from '#lib/server/acts/report/submit-annual-report.ts';
import { hashEndIn, receiptNumberIn, RECEIPT_CHECKS_ALLOWED, verifyReceipt } from '#lib/server/acts/records/verify-receipt.ts';
import { withdrawAnnualReport } from '#lib/server/acts/report/withdraw-annual-report.ts';
import { calendarFile } from '#lib/server/letters/calendar-file.ts';
import { readEnterpriseReports } from '#lib/server/reads/enterprise/enterprise-reports.ts';
import { answerLines, readReportCheck } from '#lib/server/reads/enterprise/report-check.ts';
import { readReportHistory } from '#lib/server/reads/enterprise/report-history.ts';
import { readReportVersion } from '#lib/server/reads/enterprise/report-version.ts';
import { formFor } from '#lib/domain/form/annual-report-form.ts';
import { day, dayInBeijing } from '#lib/domain/day.ts';
import type { Duty } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { applicationDatabase } from '../../support/people.ts';
import type { TestDatabase } from '../../support/database.ts';
import { answersFor, buildOfficial, buildReport, fillDraft, openYear, oweReport, submitReport, type SceneReport } from '../../support/scene.ts';

const CHANNEL = '320000';
const NEXT = { lateReasonCode: 'other', lateReason: '示例原因' };
let database: TestDatabase;
beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2025);
	await openYear(database, 2026);
});

async function colleague(report: SceneReport, name: string, duty: Duty): Promise<Actor> {
	const personId = `${name}-${report.enterpriseId}`;
	await database.adminSql`insert into person (id, name, email) values (${personId}, ${name}, ${`${personId}@example.cn`}) on conflict do nothing`;
	await database.adminSql`insert into membership (person_id, org_id, duty) values (${personId}, ${report.filer.orgId}, ${duty})`;
	return { ...report.filer, personId, personName: name, duty };
}
const mailsTo = (actor: Actor) =>
	database.adminSql<
		{ template: string; subject: string; text_body: string }[]
	>`select template, subject, text_body from mail where person_id = ${actor.personId} order by id`;

test('fifty clicks at once make one version and one receipt, and fifty equal answers', async () => {
	const report = await buildReport(database, { channelId: CHANNEL });
	await fillDraft(database, report);
	const clicks = await Promise.all(Array.from({ length: 50 }, () => submitAnnualReport(report.filer, report.reportId, { afterVersion: 0, ...NEXT })));
	const receipts = clicks.map((click) =>
		click.ok ? canonicalJson({ ...click, fresh: null, submittedAt: click.submittedAt.toISOString() }) : canonicalJson(click)
	);
	expect(new Set(receipts).size).toBe(1);
	expect(clicks.filter((click) => click.ok && click.fresh)).toHaveLength(1);
	expect(await database.adminSql`select no from annual_report_version where report_id = ${report.reportId}`).toHaveLength(1);
	expect(await database.adminSql`select 1 from report_event where report_id = ${report.reportId} and act = 'submit-annual-report'`).toHaveLength(1);
	expect(await database.adminSql`select 1 from journal where object_id = ${report.reportId} and act = 'submit-annual-report'`).toHaveLength(1);
	expect(await submitAnnualReport(report.filer, report.reportId, { afterVersion: 5, ...NEXT })).toMatchObject({
		ok: false,
		refusal: { code: 'stale_version' }
	});
});

test('a later download is what was frozen, byte for byte, and its hash is the one on the receipt', async () => {
	const report = await buildReport(database, { channelId: CHANNEL });
	await fillDraft(database, report, answersFor('manufacturing', { 'revenue@forecast': '６６，０００.50', industry_position: '领先 "第一" \u2028 𠮷 \\ / 末' }));
	const done = await submitAnnualReport(report.filer, report.reportId, { afterVersion: 0, ...NEXT });
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
	const first = await downloadVersion(report.filer, report.reportId, 1, 'json');
	if (!first.ok) throw new Error('no download');
	expect(createHash('sha256').update(Buffer.from(first.content, 'utf8')).digest('hex')).toBe(done.contentHash);
	expect(canonicalJson(JSON.parse(first.content))).toBe(first.content);
	expect(readContent(first.content).answers).toMatchObject({ 'revenue@forecast': '66000.5', industry_position: '领先 "第一" \u2028 𠮷 \\ / 末' });
	// The world goes on: the enterprise is renamed, withdraws, submits other figures.
	await database.adminSql`update enterprise set name = '改名后的企业' where id = ${report.enterpriseId}`;
	await withdrawAnnualReport(report.filer, report.reportId, 1);
	await submitReport(database, report, answersFor('manufacturing', { 'revenue@forecast': '70000' }));
	const again = await downloadVersion(report.filer, report.reportId, 1, 'json');
	expect(again.ok && Buffer.compare(Buffer.from(again.content), Buffer.from(first.content))).toBe(0);
	await expect(database.adminSql`update annual_report_version set content = content || ' ' where report_id = ${report.reportId}`).rejects.toThrow(
		/stays as it was submitted/
	);
	const stranger = await buildReport(database, { channelId: CHANNEL });
	expect(await downloadVersion(stranger.filer, report.reportId, 1, 'json')).toEqual({ ok: false, refusal: { code: 'not_found' } });
	expect(await database.adminSql`select 1 from journal where act = 'download-version' and object_id = ${report.reportId}`).toHaveLength(2);
});

test('withdrawn until a department opens it; the version stays and the draft is as it was', async () => {
	const report = await buildReport(database, { channelId: CHANNEL });
	await submitReport(database, report);
	expect(await withdrawAnnualReport(report.filer, report.reportId, 1)).toMatchObject({ ok: true });
	expect(await database.adminSql`select typed from draft_answer where report_id = ${report.reportId} and answer_key = 'revenue@final'`).toEqual([
		{ typed: '60000' }
	]);
	expect(await database.adminSql`select no from annual_report_version where report_id = ${report.reportId}`).toHaveLength(1);
	expect(await withdrawAnnualReport(report.filer, report.reportId, 1)).toMatchObject({ ok: false, refusal: { code: 'wrong_state' } });
	expect(await submitAnnualReport(report.filer, report.reportId, { afterVersion: 1, ...NEXT })).toMatchObject({ ok: true, versionNo: 2 });
	await openAnnualReport(await buildOfficial(database, 'commerce', CHANNEL), report.reportId);
	expect(await withdrawAnnualReport(report.filer, report.reportId, 2)).toMatchObject({
		ok: false,
		refusal: { code: 'already_opened', department: 'commerce' }
	});
});

test('the receipt goes by mail to filer and approver, once, without figures in the subject; and to a colleague when asked', async () => {
	const report = await buildReport(database, { channelId: CHANNEL });
	const [filer, approver, reader] = [
		await colleague(report, '甲填报', 'handler'),
		await colleague(report, '乙审核', 'approver'),
		await colleague(report, '丙查阅', 'reader')
	];
	await fillDraft(database, report);
	const done = await submitAnnualReport(approver, report.reportId, { afterVersion: 0, ...NEXT });
	await submitAnnualReport(approver, report.reportId, { afterVersion: 0, ...NEXT });
	if (!done.ok) throw new Error(JSON.stringify(done.refusal));
	for (const one of [filer, approver]) {
		const mails = await mailsTo(one);
		expect(mails).toHaveLength(1);
		expect(mails[0]?.text_body).toContain(done.receiptNo);
		expect(mails[0]?.text_body).toContain(done.contentHash);
		expect(mails[0]?.subject).not.toMatch(/示例企业|甲|乙/);
	}
	expect(await mailsTo(reader)).toEqual([]);
	expect(await sendReceipt(filer, report.reportId, 1, reader.personId)).toMatchObject({ ok: true, name: '丙查阅' });
	expect(await mailsTo(reader)).toHaveLength(1);
	const stranger = await colleague(await buildReport(database, { channelId: CHANNEL }), '丁外人', 'handler');
	expect(await sendReceipt(filer, report.reportId, 1, stranger.personId)).toMatchObject({ ok: false, refusal: { code: 'not_found' } });
	expect(await sendReceipt(stranger, report.reportId, 1, stranger.personId)).toMatchObject({ ok: false, refusal: { code: 'not_found' } });
	expect(await sendReceipt(filer, report.reportId, 9, reader.personId)).toMatchObject({ ok: false, refusal: { code: 'not_found' } });
});

test('who may not submit is refused, and can ask those who may: each once an hour', async () => {
	const report = await buildReport(database, { channelId: CHANNEL });
	const [filer, approver] = [await colleague(report, '甲填报', 'handler'), await colleague(report, '乙审核', 'approver')];
	await fillDraft(database, report);
	expect(await submitAnnualReport(filer, report.reportId, { afterVersion: 0, ...NEXT })).toMatchObject({
		ok: false,
		refusal: { code: 'not_your_duty', needed: ['approver'] }
	});
	const asked = await Promise.all([1, 2, 3].map(() => askApprover(filer, report.reportId)));
	expect(asked.filter((one) => one.ok)).toHaveLength(1);
	expect(await mailsTo(approver)).toMatchObject([{ template: 'ask-approver' }]);
	const check = await readReportCheck(filer, '2026', new Date());
	expect(check).toMatchObject({ maySubmit: false, approvers: ['乙审核'] });
	expect(check?.askedAt).toBeInstanceOf(Date);
	expect(await readReportCheck(approver, '2026', new Date())).toMatchObject({ maySubmit: true });
});

test('approvers are asked about what would be accepted, and after a return at once again', async () => {
	const report = await buildReport(database, { channelId: CHANNEL });
	const [filer, approver, reader] = [
		await colleague(report, '甲填报', 'handler'),
		await colleague(report, '乙审核', 'approver'),
		await colleague(report, '丙查阅', 'reader')
	];
	// Nothing but a name: everything else is missing.
	await fillDraft(database, report, { declared_by: '张三' });
	const refused = await askApprover(filer, report.reportId);
	expect(refused).toMatchObject({ ok: false, refusal: { code: 'incomplete' } });
	const check = await readReportCheck(filer, '2026', new Date());
	expect(check).toMatchObject({ mayAsk: true, askRefusal: { code: 'incomplete' } });
	expect(check?.checks.filter(({ check }) => check.level === 'error').length).toBeGreaterThan(10);
	expect(await mailsTo(approver)).toEqual([]);
	expect(await readReportCheck(reader, '2026', new Date())).toMatchObject({ mayAsk: false });

	await fillDraft(database, report);
	expect(await askApprover(filer, report.reportId)).toMatchObject({ ok: true });
	expect(await askApprover(filer, report.reportId)).toMatchObject({ ok: false, refusal: { code: 'asked_just_now' } });
	expect(await submitAnnualReport(approver, report.reportId, { afterVersion: 0, ...NEXT })).toMatchObject({ ok: true });
	const official = await buildOfficial(database, 'commerce', CHANNEL);
	const comments = [{ answerKey: 'explain:half_moved/revenue:text', remark: '请说明' }];
	const back = { version: 1, remark: '', correctByOn: dayInBeijing(new Date()), comments };
	const returned = await returnAnnualReport(official, report.reportId, { ...back, reasonCode: RETURN_REASONS[0] });
	if (!returned.ok) throw new Error(JSON.stringify(returned.refusal));
	expect(await askApprover(filer, report.reportId)).toMatchObject({ ok: false, refusal: { code: 'nothing_changed' } });
	expect(await readReportCheck(filer, '2026', new Date())).toMatchObject({ unanswered: 1, askRefusal: { code: 'comments_unanswered', count: 1 } });
	const [comment] = await database.adminSql<{ id: string }[]>`select id from return_comment where return_id = ${returned.returnId}`;
	expect(await answerReturnComment(filer, report.reportId, comment?.id ?? '', '已补充说明')).toMatchObject({ ok: true });
	// Within the hour of the first asking, and about other work.
	expect(await readReportCheck(filer, '2026', new Date())).toMatchObject({ unanswered: 0, askRefusal: null });
	expect(await askApprover(filer, report.reportId)).toMatchObject({ ok: true });
	expect((await mailsTo(approver)).filter(({ template }) => template === 'ask-approver')).toHaveLength(2);
	const [duty] = (await readEnterpriseHome(approver, new Date()))[0]?.duties ?? [];
	expect(duty).toMatchObject({ next: 'check', askedBy: { name: '甲填报' } });
	expect((await readEnterpriseHome(filer, new Date()))[0]?.duties[0]).toMatchObject({ next: 'correct' });
});

test('the check page says after the date by how many days the report is late, and asks why only once', async () => {
	const report = await buildReport(database, { channelId: CHANNEL });
	await fillDraft(database, report);
	const at = (text: string) => readReportCheck(report.filer, '2026', new Date(text));
	expect(await at('2026-11-30T15:59:59.999Z')).toMatchObject({ daysLate: 0, asksLateReason: false });
	expect(await at('2026-11-30T16:00:00Z')).toMatchObject({ daysLate: 1, asksLateReason: true });
	expect(await at('2026-12-03T16:00:00Z')).toMatchObject({ daysLate: 4, asksLateReason: true });
	expect(await readReportCheck((await buildReport(database, { channelId: CHANNEL })).filer, '1999', new Date())).toBeNull();
});

test('the check page reads figures as they will be frozen: thousands and full width are no words, what is no number stays as typed', () => {
	const form = formFor('2026-1', 'manufacturing');
	if (form === null) throw new Error('no form');
	const lines = answerLines(
		form,
		2026,
		{ 'equipment_total@final': '8,000', 'equipment_total@forecast': '８４００', 'rd_spending@final': '3.5亿' },
		[],
		new Map()
	).flatMap((section) => section.lines);
	expect(lines.find(({ fieldId }) => fieldId === 'equipment_total')).toMatchObject({ final: '8000', forecast: '8400', change: { rate: '0.05' } });
	expect(lines.find(({ fieldId }) => fieldId === 'rd_spending')).toMatchObject({ final: '3.5亿', forecast: null, change: null });
});

test('a receipt is verified by number and hash end, reveals date and kind alone, and only so often', async () => {
	const report = await buildReport(database, { channelId: CHANNEL, category: 'it_outsourcing' });
	await submitReport(database, report);
	const version = await readReportVersion(report.filer, '2026', null);
	if (!version) throw new Error('no version');
	const [number, end] = [receiptNumberIn(` ${version.receiptNo.toLowerCase().replaceAll('-', '－')} `), hashEndIn(version.contentHash.toUpperCase())];
	expect([number, end]).toEqual([version.receiptNo, version.contentHash.slice(-6)]);
	const answer = await verifyReceipt(version.receiptNo, version.contentHash.slice(-6), '198.51.100.1');
	expect(answer).toEqual({ verdict: 'genuine', submittedAt: version.submittedAt, year: 2026, category: 'it_outsourcing' });
	expect(await verifyReceipt(version.receiptNo, '000000', '198.51.100.1')).toEqual({ verdict: 'unknown' });
	expect(await verifyReceipt('2026-S-320000-999999-01', version.contentHash.slice(-6), '198.51.100.1')).toEqual({ verdict: 'unknown' });
	for (const wrong of ['', 'x', "2026-M-1' or 1=1--", '2026-M-320000-000001']) expect(receiptNumberIn(wrong)).toBeNull();
	const many = await Promise.all(Array.from({ length: 40 }, () => verifyReceipt(version.receiptNo, '000000', '198.51.100.2')));
	// A window of ten minutes may end among the forty; then a second one begins.
	expect(many.filter(({ verdict }) => verdict === 'unknown').length).toBeLessThanOrEqual(RECEIPT_CHECKS_ALLOWED * 2);
	expect(many.some(({ verdict }) => verdict === 'too_many')).toBe(true);
	expect(await verifyReceipt(version.receiptNo, version.contentHash.slice(-6), '198.51.100.3')).toMatchObject({ verdict: 'genuine' });
	expect(await database.adminSql`select 1 from receipt_check where asker_hash like '%198.51%'`).toHaveLength(0);
});

test('history tells every step, and compares any two versions and any two years field by field', async () => {
	const report = await buildReport(database, { channelId: CHANNEL, cohortYear: 2024 });
	const last: SceneReport = { ...report, reportId: await oweReport(database, { designationId: report.designationId, year: 2025 }) };
	await submitReport(database, last, answersFor('manufacturing', { 'revenue@final': '59000.10' }));
	await submitReport(database, report);
	await withdrawAnnualReport(report.filer, report.reportId, 1);
	await submitReport(database, report, answersFor('manufacturing', { 'revenue@forecast': '66000.01', industry_position: '改过的文字' }));
	const history = await readReportHistory(report.filer, '2026', { from: null, to: null });
	expect(history?.steps.map((step) => step.act)).toEqual(['submit-annual-report', 'withdraw-annual-report', 'submit-annual-report']);
	expect([history?.from?.ref, history?.to?.ref]).toEqual(['2026-1', '2026-2']);
	expect(history?.differences.map(({ key, delta }) => [key, delta])).toEqual([
		['revenue@forecast', '0.01'],
		['industry_position', null]
	]);
	const years = await readReportHistory(report.filer, '2026', { from: '2025-1', to: '2026-2' });
	expect(years?.differences.find(({ key }) => key === 'revenue@final')).toMatchObject({ before: '59000.1', after: '60000', delta: '999.9' });
	expect(await readReportHistory(report.filer, '2026', { from: '2099-1', to: 'x' })).toMatchObject({ ignored: true, to: { ref: '2026-2' } });
	const matrix = await readEnterpriseReports(report.filer, new Date('2026-11-20T00:00:00Z'));
	expect(matrix).toHaveLength(1);
	expect(matrix[0]?.years.map(({ year, outcome }) => [year, outcome])).toEqual([
		[2026, 'open'],
		[2025, 'late']
	]);
	expect(matrix[0]?.rows.find(({ id }) => id === 'revenue')?.cells).toEqual([
		{ year: 2024, value: '59000.10', basis: 'final', forecastThen: null },
		{ year: 2025, value: '60000.00', basis: 'final', forecastThen: '66000.00' },
		{ year: 2026, value: '66000.01', basis: 'forecast', forecastThen: null }
	]);
	expect(matrix[0]?.rows.find(({ id }) => id === 'informatisation_share')?.limit).toEqual({ value: '0.05', article: '5.2.4' });
});

describe('a calendar file (RFC 5545)', () => {
	const entry = { kind: 'at_ministries', year: 2026, on: day('2026-11-30'), description: '丙\r\n丁\r戊\u0007', url: 'http://example.cn/x' } as const;
	const file = (entries: Parameters<typeof calendarFile>[0], source?: string) =>
		calendarFile(entries, { locale: 'zh-CN', ...(source === undefined ? {} : { source }) });

	test('has whole days that keep nobody busy, folded lines and texts that cannot end a line', () => {
		const made = file([{ ...entry, description: `一行\r\nBEGIN:VEVENT${'很长的说明'.repeat(30)}` }]);
		expect(made).toContain('DTSTART;VALUE=DATE:20261130\r\nDTEND;VALUE=DATE:20261201\r\n');
		expect(made.split('\r\n').filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
		expect(made.split('\r\n').filter((line) => line === 'TRANSP:TRANSPARENT')).toHaveLength(1);
		expect(made.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
	});

	test('says the same bytes each time, reminds a week and a day before, and holds no control character', () => {
		const made = file([entry]);
		expect(file([entry])).toBe(made);
		const lines = made.split('\r\n');
		expect(lines.filter((line) => /^(BEGIN|END|VERSION|PRODID|METHOD|NAME|UID|DT|SUMMARY|DESCRIPTION|TRIGGER|ACTION)/.test(line))).toEqual([
			'BEGIN:VCALENDAR',
			'VERSION:2.0',
			'PRODID:-//key-enterprise-reports//annual report//ZH',
			`NAME:${m.delivery_calendar_name({}, { locale: 'zh-CN' })}`,
			'BEGIN:VEVENT',
			`UID:at_ministries-2026-2026-11-30@localhost`,
			'DTSTAMP:20251231T160000Z',
			'DTSTART;VALUE=DATE:20261130',
			'DTEND;VALUE=DATE:20261201',
			`SUMMARY:${m.delivery_feed_at_ministries({ year: 2026 }, { locale: 'zh-CN' })}`,
			'DESCRIPTION:丙\\n丁 戊 ',
			...['P7D', 'P1D'].flatMap((before) => [
				'BEGIN:VALARM',
				'ACTION:DISPLAY',
				`TRIGGER:-${before}`,
				`DESCRIPTION:${m.delivery_feed_at_ministries({ year: 2026 }, { locale: 'zh-CN' })}`,
				'END:VALARM'
			]),
			'END:VEVENT',
			'END:VCALENDAR'
		]);
		expect(made.endsWith('END:VCALENDAR\r\n')).toBe(true);
		expect(made.replaceAll('\r\n', '')).not.toMatch(/\p{Cc}/u);
	});

	test('of a feed says where it comes from and when to ask again; one without dates still holds a component', () => {
		const empty = file([], 'http://localhost/cal/x.ics');
		expect(empty).toContain('SOURCE;VALUE=URI:http://localhost/cal/x.ics\r\n');
		expect(empty).toContain('REFRESH-INTERVAL;VALUE=DURATION:P1D\r\n');
		expect(empty).toContain('BEGIN:VTIMEZONE\r\n');
		expect(empty).not.toContain('BEGIN:VEVENT');
		expect(file([entry])).not.toContain('SOURCE');
	});

	test('holds one deadline once, whatever it is met in, and each of its descriptions', () => {
		const made = file([entry, { ...entry, description: '乙公司' }, { ...entry, kind: 'submit', on: day('2026-11-15') }]).replaceAll('\r\n ', '');
		expect([...made.matchAll(/^UID:(\S+)@/gm)].map(([, id]) => id)).toEqual(['at_ministries-2026-2026-11-30', 'submit-2026-2026-11-15']);
		expect(made).toContain('乙公司');
	});
});
