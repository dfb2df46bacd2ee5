import { expect, test } from 'vitest';
import { revealContact } from '#lib/server/acts/chase/reveal-contact.ts';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import { channelChase, channelChaseForExport } from '#lib/server/reads/channel/channel-chase.ts';
import { channelContacts, channelContactsForExport } from '#lib/server/reads/channel/channel-contacts.ts';
import { channelEnterprise } from '#lib/server/reads/channel/channel-enterprise.ts';
import { channelReport } from '#lib/server/reads/channel/channel-report.ts';
import { ministryEnterprise } from '#lib/server/reads/ministry/ministry-enterprise.ts';
import { ministryReport } from '#lib/server/reads/ministry/ministry-report.ts';
import { findPeople, officePeople } from '#lib/server/reads/office/people.ts';
import { dayInBeijing } from '#lib/domain/day.ts';
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
