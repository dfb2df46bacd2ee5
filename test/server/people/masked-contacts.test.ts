import { expect, test } from 'vitest';
import { revealContact } from '#lib/server/acts/chase/reveal-contact.ts';
import { planCohortImport } from '#lib/server/acts/register/plan-cohort-import.ts';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { returnAnnualReport } from '#lib/server/acts/report/return-annual-report.ts';
import { channelChase, channelChaseForExport } from '#lib/server/reads/channel/channel-chase.ts';
import { channelContacts, channelContactsForExport } from '#lib/server/reads/channel/channel-contacts.ts';
import { channelEnterprise } from '#lib/server/reads/channel/channel-enterprise.ts';
import { channelReport } from '#lib/server/reads/channel/channel-report.ts';
import { cohortImport } from '#lib/server/reads/ministry/cohort-import.ts';
import { ministryEnterprise } from '#lib/server/reads/ministry/ministry-enterprise.ts';
import { ministryReport } from '#lib/server/reads/ministry/ministry-report.ts';
import { findPeople, officePeople } from '#lib/server/reads/office/people.ts';
import { dayInBeijing } from '#lib/domain/day.ts';
import { formFor } from '#lib/domain/form/annual-report-form.ts';
import { CATEGORIES } from '#lib/domain/parties.ts';
import { templateHeader } from '#lib/domain/register/cohort-columns.ts';
import { workbookOf } from '../../support/archive.ts';
import { applicationDatabase, openOffice, seatPerson } from '../../support/people.ts';
import { answersFor, buildOfficial, buildReport, openYear, signReport, submitReport } from '../../support/scene.ts';

const NOW = new Date();
const ALL_CONTACTS: Parameters<typeof channelContacts>[1] = { list: null, q: '', after: null, before: null };
const ALL_CHASE: Parameters<typeof channelChase>[1] = {
	...ALL_CONTACTS,
	year: 2026,
	list: null,
	stage: null,
	category: null,
	cohort: null,
	sort: 'risk',
	descending: false,
	open: null
};

/** Numbers and addresses that stand nowhere else. */
const SECRETS = ['13977771111', '13977772222', '0512-66668888', 'zhao.lianluo', 'qian.lianluo', 'sun.zhanghao', 'lost.mailbox'];

test('no read of an office carries a person’s number or address, whatever the page does with it (quality 6)', async () => {
	const database = await applicationDatabase();
	await openYear(database, 2026, { opensOn: '2026-01-01', acceptedLateUntilOn: '2099-12-31', correctionsUntilOn: '2099-12-31' });
	const [commerce, industry, mofcom] = [
		await buildOfficial(database, 'commerce', '320000'),
		await buildOfficial(database, 'industry', '320000'),
		await buildOfficial(database, 'mofcom')
	];
	const report = await buildReport(database, { channelId: '320000' });
	await seatPerson(database, { orgId: report.filer.orgId, kind: 'enterprise', channelId: '320000', enterpriseId: report.enterpriseId }, 'sun.zhanghao');
	const answers = {
		...answersFor(report.category),
		contact1_name: '赵联络',
		contact1_phone: '13977771111',
		contact1_email: 'zhao.lianluo@example.cn',
		contact2_name: '钱联络',
		contact2_phone: '13977772222',
		contact2_email: 'qian.lianluo@example.cn'
	};
	await submitReport(database, report, answers);
	await submitReport(database, report, { ...answers, contact2_phone: '0512-66668888' }).catch(() => undefined);
	await signReport(database, report.reportId, [commerce, industry]);
	const [{ version = 1 } = {}] = await database.adminSql<{ version: number }[]>`
		select current_version as version from annual_report where id = ${report.reportId}`;
	const forwarded = await forwardAnnualReports(commerce, {
		reports: [{ id: report.reportId, version }],
		letterNo: '示例〔2026〕1号',
		letterOn: dayInBeijing(NOW),
		remark: ''
	});
	expect(forwarded).toMatchObject({ ok: true });

	const seen: Record<string, unknown> = {
		channelReport: await channelReport(commerce, report.reportId, null, NOW),
		ministryReport: await ministryReport(mofcom, report.reportId, null, NOW),
		channelEnterprise: await channelEnterprise(commerce, report.enterpriseId, NOW),
		ministryEnterprise: await ministryEnterprise(mofcom, report.enterpriseId, NOW),
		channelChase: await channelChase(commerce, ALL_CHASE, NOW),
		channelChaseForExport: await channelChaseForExport(commerce, ALL_CHASE, NOW),
		channelContacts: await channelContacts(commerce, ALL_CONTACTS, NOW),
		channelContactsForExport: await channelContactsForExport(commerce, ALL_CONTACTS, NOW),
		officePeople: await officePeople(commerce, report.filer.orgId, 'zh-CN'),
		findPeople: await findPeople(await buildOfficial(database, 'administration'), 'sun.zhanghao')
	};
	for (const [read, given] of Object.entries(seen)) {
		expect(given, read).toBeTruthy();
		const text = JSON.stringify(given);
		expect(
			SECRETS.filter((secret) => text.includes(secret) && !(secret === 'sun.zhanghao' && /"name":"sun.zhanghao"/.test(text))),
			read
		).toEqual([]);
	}
	// They are there to be told apart.
	expect(JSON.stringify(seen['ministryReport'])).toContain('139****1111');
	expect(JSON.stringify(seen['channelEnterprise'])).toContain('z****@example.cn');
	// One's own colleagues are no strangers.
	const own = await openOffice(database, 'mofcom');
	const colleague = await seatPerson(database, own, 'zhou.tongshi');
	expect(JSON.stringify(await officePeople(colleague, own.orgId, 'zh-CN'))).toContain('zhou.tongshi@example.cn');

	// A ministry that must ring somebody asks for the number, and the journal says so.
	expect(await revealContact(mofcom, report.enterpriseId, 1)).toMatchObject({ ok: true, phone: '13977771111' });
	expect(await database.adminSql`select object_id, after from journal where act = 'reveal-contact'`).toEqual([
		{ object_id: report.enterpriseId, after: { place: 1 } }
	]);
});

test('form 2027-1: telephone, mobile and fax of the legal representative and of the contact, in the version and in what changed', async () => {
	const database = await applicationDatabase();
	const dates = { opensOn: '2026-01-01', channelDueOn: '2027-11-15', acceptedLateUntilOn: '2027-12-31', correctionsUntilOn: '2099-03-31' };
	await openYear(database, 2027, dates, '2027-1');
	const [commerce, industry, mofcom] = [
		await buildOfficial(database, 'commerce', '320000'),
		await buildOfficial(database, 'industry', '320000'),
		await buildOfficial(database, 'mofcom')
	];
	const report = await buildReport(database, { channelId: '320000', year: 2027 });
	const numbers = {
		legal_representative_phone: '0512-61110001',
		legal_representative_mobile: '13977773333',
		contact1_mobile: '13977774444',
		contact1_fax: '0512-61110002'
	};
	const later = { ...numbers, legal_representative_mobile: '13977775555', contact1_fax: '0512-61110003' };
	await submitReport(database, report, answersFor(report.category, numbers, '2027-1'));
	await signReport(database, report.reportId, [commerce]);
	const today = dayInBeijing(NOW);
	const order = { version: 1, reasonCode: 'figure_wrong', remark: '请核对', correctByOn: today, comments: [] };
	expect(await returnAnnualReport(industry, report.reportId, order)).toMatchObject({ ok: true });
	await submitReport(database, report, answersFor(report.category, later, '2027-1'));
	await signReport(database, report.reportId, [commerce, industry]);
	const letter = { reports: [{ id: report.reportId, version: 2 }], letterNo: '示例〔2027〕1号', letterOn: today, remark: '' };
	expect(await forwardAnnualReports(commerce, letter)).toMatchObject({ ok: true });
	const ofChannel = await channelReport(commerce, report.reportId, null, NOW);
	const seen = {
		ofChannel,
		before: await channelReport(commerce, report.reportId, 1, NOW),
		ofMinistry: await ministryReport(mofcom, report.reportId, null, NOW),
		ofEnterprise: await ministryEnterprise(mofcom, report.enterpriseId, NOW)
	};
	const text = JSON.stringify(seen);
	expect([...Object.values(numbers), ...Object.values(later)].filter((secret) => text.includes(secret))).toEqual([]);
	expect(ofChannel?.shown?.changes?.map(({ key, before, after }) => [key, before, after])).toEqual([
		['legal_representative_mobile', '139****3333', '139****5555'],
		['contact1_fax', '051****02', '051****03']
	]);
	// Every box of the newest forms that holds a number or an address says so: what a field is called does not decide.
	for (const category of CATEGORIES)
		for (const { id, format } of formFor('2027-1', category)?.fields ?? [])
			if (/_(phone|mobile|fax|email)$/.test(id)) expect([id, format]).toEqual([id, id.endsWith('_email') ? 'email' : 'phone']);
});

test('the preview of a list shows what it would store whole, and what the register has masked', async () => {
	const database = await applicationDatabase();
	const mofcom = await buildOfficial(database, 'mofcom');
	await openYear(database, 2026);
	const { enterpriseId } = await buildReport(database, { channelId: '320000', name: '示例名单企业' });
	await database.adminSql`
		insert into enterprise_contact (enterprise_id, place, name, phone, email) values (${enterpriseId}, 1, '旧联络', '13977776666', 'old.lianluo@example.cn')`;
	const [row] = await database.adminSql<{ credit_code: string }[]>`select credit_code from enterprise where id = ${enterpriseId}`;
	const cells = [
		'示例名单企业',
		row?.credit_code ?? '',
		'制造业类',
		'江苏省',
		'2025',
		'2025-06-01',
		'示例公告',
		'新联络',
		'13977778888',
		'new.lianluo@example.cn',
		'',
		'',
		''
	];
	const planned = await planCohortImport(mofcom, { name: '名单.xlsx', bytes: workbookOf([templateHeader(), cells]) });
	if (!planned.ok) throw new Error(JSON.stringify(planned.refusal));
	const preview = await cohortImport(mofcom, planned.importId);
	const text = JSON.stringify(preview);
	expect(['13977776666', 'old.lianluo'].filter((secret) => text.includes(secret))).toEqual([]);
	expect(['13977778888', 'new.lianluo@example.cn', '139****6666', 'o****@example.cn'].filter((shown) => !text.includes(shown))).toEqual([]);
});
