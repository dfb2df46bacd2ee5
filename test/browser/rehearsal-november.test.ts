import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { forwardAnnualReports } from '#lib/server/acts/report/forward-annual-reports.ts';
import type { Actor } from '#lib/server/actor.ts';
import { moveClockTo } from '#lib/server/clock.ts';
import { closeDoor } from '#lib/server/db/door.ts';
import { startApplication, type Application } from '../support/application.ts';
import { launchBrowser, openVisitor, type Visitor } from '../support/browser.ts';
import { keepPictures, mailsShown, runTimetable, type ShownMail } from '../support/rehearsal.ts';
import { buildOfficial, buildReport, fillDraft, openYear, signReport, submitReport, type SceneReport } from '../support/scene.ts';
import { signInByRow } from '../support/sign-in.ts';

/**
 * Ten days of one province, from the first reminder to the last report forwarded, rehearsed on one database: each morning the timetable does what is
 * due, each day the application runs at that day's clock. What matters is done in the browser; what merely has to have happened, by acts.
 *
 * The channel's date, 15 November 2026, is a Sunday; the ministries' is Monday, 30 November (方案第十一条).
 */
const CHANNEL = '320000';
const say = { locale: 'zh-CN' } as const;
/** Eight firms, one person each. */
const FIRMS = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛'] as const;
type Firm = (typeof FIRMS)[number];
const nameOf = (firm: Firm) => `示例${firm}制造有限公司`;
const mailOf = (firm: Firm) => `firm-${FIRMS.indexOf(firm) + 1}@example.cn`;
const COMMERCE = 'commerce-handler@example.cn';
const INDUSTRY = 'industry-handler@example.cn';
const OFFICES = [COMMERCE, INDUSTRY];

let application: Application;
let browser: Browser;
/** Open all the time: the mailbox of a demonstration asks nobody to sign in. */
let mailbox: Page;
let today: Date;
const reports = new Map<Firm, SceneReport>();
const officials = new Map<string, Actor>();
const visitors: Visitor[] = [];
const complaints: string[] = [];

const report = (firm: Firm): SceneReport => reports.get(firm) ?? expect.fail(`no firm ${firm}`);
const official = (username: string): Actor => officials.get(username) ?? expect.fail(`nobody called ${username}`);

beforeAll(async () => {
	[application, browser] = await Promise.all([startApplication({ appNow: '2026-10-30T09:30:00+08:00', from: 'empty' }), launchBrowser()]);
	process.env['DATABASE_URL'] = application.databaseUrl;
	process.env['SESSION_SECRET'] ??= 'a secret for tests that nobody else uses';
	moveClockTo(new Date('2026-10-29T12:00:00+08:00'));
	await openYear(application, 2026);
	const seat = async (username: string, actor: Actor) => {
		const email = `${username}@example.cn`;
		await application.adminSql`insert into person (id, name, email) values (${actor.personId}, ${username}, ${email})`;
		await application.adminSql`insert into auth."user" (id, name, email, "emailVerified") values (${actor.personId}, ${username}, ${email}, true)`;
		await application.adminSql`insert into membership (person_id, org_id, duty) values (${actor.personId}, ${actor.orgId}, ${actor.duty})`;
		officials.set(username, actor);
	};
	for (const kind of ['commerce', 'industry'] as const)
		for (const duty of ['handler', 'approver'] as const) await seat(`${kind}-${duty}`, await buildOfficial(application, kind, CHANNEL, duty));
	for (const kind of ['mofcom', 'miit'] as const) await seat(kind, await buildOfficial(application, kind));
	for (const [index, firm] of FIRMS.entries()) {
		const scene = await buildReport(application, { channelId: CHANNEL, name: nameOf(firm) });
		reports.set(firm, scene);
		await seat(`firm-${index + 1}`, scene.filer);
	}
	mailbox = (await openVisitor(browser, application.url)).page;
});
afterAll(async () => {
	await closeDoor();
	await browser?.close();
	await application?.stop();
});

/** The clock of the timetable and of acts goes to an instant of Beijing. */
function at(beijing: string): Date {
	const instant = new Date(`2026-${beijing}:00+08:00`);
	moveClockTo(instant);
	return instant;
}

/** A day begins: the timetable runs at nine, the application goes on at half past, and yesterday's windows are closed. */
async function morning(day: string, hour = '09:30'): Promise<readonly ShownMail[]> {
	await runTimetable(at(`${day}T09:00`));
	for (const visitor of visitors.splice(0)) {
		complaints.push(...visitor.complaints);
		await visitor.close();
	}
	await application.moveTo(`2026-${day}T${hour}:00+08:00`);
	today = at(`${day}T${hour}`);
	return mailsShown(mailbox, `2026-${day}`);
}
async function window(): Promise<Page> {
	const visitor = await openVisitor(browser, application.url);
	visitors.push(visitor);
	return visitor.page;
}
async function enter(username: string): Promise<Page> {
	const page = await window();
	await signInByRow(application, page, official(username).personId, today);
	return page;
}
const picture = (page: Page, name: string) => keepPictures(page, name, (locale) => application.adminSql`update person set locale = ${locale}`);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const rowOf = (page: Page, firm: Firm) => page.locator('tbody tr', { hasText: nameOf(firm) });

/** Who got reminders, each address once and in the order of addresses; an address that got two letters stands twice. */
const reminded = (mails: readonly ShownMail[]) =>
	mails
		.filter(({ text }) => text.includes('提醒安排为系统设置'))
		.map(({ to }) => to)
		.sort();
const firmsOf = (...firms: Firm[]) => firms.map(mailOf).sort();

/** Ticks firms on the board and goes to the preview of who gets what. */
async function choose(page: Page, ...firms: Firm[]): Promise<void> {
	await page.goto('/channel/chase?year=2026');
	for (const firm of firms) await rowOf(page, firm).getByRole('checkbox').check();
	await button(page, m.chase_remind_chosen({}, say)).click();
	await page.waitForURL(/\/channel\/chase\/remind/);
}

/** The board's funnel as its numbers. */
async function funnel(page: Page): Promise<readonly number[]> {
	const items = await page.locator('.funnel li').allTextContents();
	return items.map((text) => Number(/(\d+)\D*$/.exec(text)?.[1]));
}

async function submit(...firms: Firm[]): Promise<void> {
	for (const firm of firms) await submitReport(application, report(firm));
}
const sign = (firm: Firm, ...usernames: string[]) => signReport(application, report(firm).reportId, usernames.map(official));

describe('a November of one province', { timeout: 60_000 }, () => {
	test('30 October, a Friday: the step of Sunday the first leaves today, to the eight who owe a report and to nobody else', async () => {
		const mails = await morning('10-30');
		expect(reminded(mails)).toEqual(firmsOf(...FIRMS));
		expect(mails.filter(({ to }) => OFFICES.includes(to))).toEqual([]);
		expect(mails[0]?.text).toContain('2026年11月15日');
		await picture(mailbox, '01-mailbox');
		await runTimetable(at('10-31T09:00'));
		await runTimetable(at('11-01T09:00'));
		const [more] = await application.adminSql<{ n: number }[]>`select count(*)::int as n from mail where queued_at > '2026-10-30T12:00:00+08:00'`;
		expect(more?.n).toBe(0);
		const commerce = await enter('commerce-handler');
		// The last reminder is a column that is shown when asked for.
		await commerce.goto('/channel/chase?year=2026&cols=next,progress,reminder');
		expect(await funnel(commerce)).toEqual([8, 0, 0, 0, 0, 0, 0]);
		expect(await rowOf(commerce, '甲').textContent()).toContain('10月30日');
		await picture(commerce, '01-board');
	});

	test('6 November: who submitted is left in peace', async () => {
		at('11-03T10:00');
		await submit('己', '庚', '辛');
		await fillDraft(application, report('乙'));
		const mails = await morning('11-06');
		expect(reminded(mails)).toEqual(firmsOf('甲', '乙', '丙', '丁', '戊'));
		for (const { subject } of mails.filter(({ to }) => !OFFICES.includes(to))) expect(subject).toContain('距截止9天');
		const commerce = await enter('commerce-handler');
		await commerce.goto('/channel/chase?year=2026');
		expect(await funnel(commerce)).toEqual([8, 4, 3, 0, 0, 0, 0]);
		await picture(commerce, '02-board');
	});

	test('10 November: a call in two clicks, a reminder by hand taken back and sent, and the other department waited for', async () => {
		at('11-09T15:00');
		await sign('己', 'industry-approver');
		const mails = await morning('11-10');
		// Five working days without a signature: the offices are reminded, the firms are not.
		expect(reminded(mails)).toEqual(OFFICES);
		expect(mails.find(({ to }) => to === COMMERCE)?.text).toContain(nameOf('己'));
		expect(mails.find(({ to }) => to === INDUSTRY)?.text).not.toContain(nameOf('己'));
		const commerce = await enter('commerce-handler');
		await commerce.goto('/channel/chase?year=2026');
		expect(await rowOf(commerce, '己').textContent()).toContain(m.chase_signed_on({ day: '11月9日' }, say));
		expect(await rowOf(commerce, '己').textContent()).toContain(m.chase_waiting_days({ days: 7 }, say));
		// One click opens the line, the second writes the call down; the day offered is within the week.
		await rowOf(commerce, '甲')
			.getByRole('link', { name: m.chase_log_of({ name: nameOf('甲') }, say) })
			.click();
		await commerce.locator('.drawer').waitFor();
		await picture(commerce, '03-drawer');
		await button(commerce, m.chase_outcome_promised({}, say)).click();
		await commerce.getByText(m.chase_logged({}, say)).waitFor();
		expect(await commerce.locator('.drawer').textContent()).toContain('2026年11月13日');
		await commerce.goto('/channel/chase?year=2026');
		expect(await rowOf(commerce, '甲').textContent()).toContain(m.chase_next_await_promise({}, say));
		expect(await rowOf(commerce, '甲').textContent()).toContain('11月13日');

		for (const [chosen, takeBack] of [
			['丙', true],
			['乙', false]
		] as const) {
			await choose(commerce, chosen);
			expect(await commerce.locator('main').innerText()).toContain(nameOf(chosen));
			await picture(commerce, `03-preview-${takeBack ? 'first' : 'second'}`);
			await button(commerce, m.chase_remind_send({ letters: 1 }, say)).click();
			await commerce.waitForURL(/\/channel\/chase\/batches\/\d+/);
			// Half a minute it waits, and says so.
			expect(await commerce.locator('tbody').innerText()).toContain(m.delivery_state_queued({}, say));
			await picture(commerce, `03-batch-${takeBack ? 'first' : 'second'}`);
			if (!takeBack) continue;
			await button(commerce, m.chase_batch_undo({}, say)).click();
			await commerce.getByText(/已于 .* 撤销/).waitFor();
		}
		// Whoever has been written to today is named among those who get nothing.
		await choose(commerce, '乙', '丁');
		await button(commerce, m.chase_remind_send({ letters: 1 }, say)).waitFor();
		expect(await commerce.getByRole('region', { name: m.chase_remind_skipped({ count: 1 }, say) }).innerText()).toContain(nameOf('乙'));
		await picture(commerce, '03-preview-third');
		const handed = await application.adminSql<
			{ to_address: string; delivery: string }[]
		>`select to_address, delivery from reminder where step like 'hand:%' order by id`;
		expect(handed).toEqual([
			{ to_address: mailOf('丙'), delivery: 'dropped' },
			{ to_address: mailOf('乙'), delivery: 'kept' }
		]);
		// Half a minute later the letter that stands is in the mailbox, and the one that was taken back is not.
		await application.moveTo('2026-11-10T10:30:00+08:00');
		const later = await mailsShown(mailbox, '2026-11-10');
		expect(later.map(({ to }) => to).filter((to) => !OFFICES.includes(to))).toEqual([mailOf('乙')]);
		expect(later.find(({ to }) => to === mailOf('乙'))?.text).toMatch(/本次提醒由.+发出/);
	});

	test('12 November: three days before, to the five who still hold theirs; one of them asks for more time', async () => {
		expect(reminded(await morning('11-12'))).toEqual(firmsOf('甲', '乙', '丙', '丁', '戊'));
		const filer = await enter('firm-4');
		await filer.goto('/enterprise/reports/2026/extension');
		await filer.getByLabel(m.exception_ask_until({}, say)).fill('2026-12-10');
		await filer.getByLabel(m.exception_ask_reason_code({}, say)).first().selectOption('audit_unfinished');
		await filer.getByLabel(m.exception_ask_reason({}, say)).fill('审计报告12月5日出具。');
		await button(filer, m.exception_ask_send({}, say)).click();
		await filer.getByText(m.exception_asked({}, say)).waitFor();
		await picture(filer, '04-asked');
	});

	test('13 November, a Friday: the steps of Saturday and Sunday leave as one letter; the promise is back on top', async () => {
		const mails = await morning('11-13');
		expect(reminded(mails)).toEqual(firmsOf('甲', '乙', '丙', '丁', '戊'));
		const commerce = await enter('commerce-handler');
		await commerce.goto('/channel/chase?year=2026');
		const [first] = await commerce.locator('tbody tr').allTextContents();
		expect(first).toContain(nameOf('甲'));
		expect(first).toContain(m.chase_ground_promise_reached({}, say));
		expect(first).toContain(m.chase_next_ask_promise({}, say));
		await picture(commerce, '05-board');
	});

	test("16 November: past the channel's date; an enterprise submits, and the board moves", async () => {
		const mails = await morning('11-16');
		// The offices are two weeks before the ministries' date now.
		expect(reminded(mails)).toEqual([...OFFICES, ...firmsOf('甲', '乙', '丙', '丁', '戊')].sort());
		const commerce = await enter('commerce-handler');
		await commerce.goto('/channel/chase?year=2026&list=overdue');
		expect(await commerce.locator('tbody tr').count()).toBe(5);
		await picture(commerce, '06-overdue');
		await fillDraft(application, report('甲'));
		const filer = await enter('firm-1');
		await filer.goto('/enterprise/home');
		expect(await filer.locator('main').innerText()).toContain('2026年11月30日');
		await picture(filer, '06-home');
		await filer.goto('/enterprise/reports/2026/check');
		await filer
			.locator('form')
			.filter({ has: filer.locator('input[name="afterVersion"]') })
			.getByRole('button')
			.click();
		await filer.waitForURL(/\/receipt/);
		await picture(filer, '06-receipt');
		await commerce.goto('/channel/chase?year=2026');
		expect(await funnel(commerce)).toEqual([8, 5, 4, 0, 1, 0, 0]);
		expect(await rowOf(commerce, '甲').textContent()).toContain(m.chase_next_read({}, say));
	});

	test('18 November: who submitted hears no more; both departments give their opinion', async () => {
		expect(reminded(await morning('11-18'))).toEqual(expect.arrayContaining(firmsOf('乙', '丙', '丁', '戊')));
		expect((await mailsShown(mailbox, '2026-11-18')).map(({ to }) => to)).not.toContain(mailOf('甲'));
		for (const [username, other] of [
			['industry-approver', null],
			['commerce-approver', m.chase_signed_on({ day: '11月18日' }, say)]
		] as const) {
			const department = await enter(username);
			if (other !== null) {
				await department.goto('/channel/chase?year=2026');
				expect(await rowOf(department, '甲').textContent()).toContain(other);
				await picture(department, '07-board');
			}
			await department.goto(`/channel/reports/${report('甲').reportId}`);
			for (const box of await department.locator('input[name="checklist"]').all()) await box.check();
			await department.locator('#opinion').fill('同意报送。');
			await department
				.locator('form')
				.filter({ has: department.locator('#opinion') })
				.getByRole('button')
				.first()
				.click();
			await department.locator('#opinion').waitFor({ state: 'detached' });
		}
		const commerce = await enter('commerce-handler');
		await commerce.goto('/channel/chase?year=2026');
		expect(await funnel(commerce)).toEqual([8, 5, 4, 1, 2, 0, 0]);
		expect(await rowOf(commerce, '甲').textContent()).toContain(m.chase_next_forward_approver({}, say));
	});

	test('23 November: the extension is granted by both, and badge, mail and board say one date', async () => {
		at('11-19T10:00');
		for (const firm of ['己', '庚', '辛'] as const) await sign(firm, ...(firm === '己' ? [] : ['industry-approver']), 'commerce-approver');
		at('11-20T16:00');
		const firm = await application.adminSql<
			{ id: string; version: number }[]
		>`select id, current_version as version from annual_report where court = 'channel' order by id`;
		expect(firm).toHaveLength(4);
		const forwarded = await forwardAnnualReports(official('commerce-approver'), {
			reports: firm,
			letterNo: '苏商服函〔2026〕1号',
			letterOn: '2026-11-20',
			remark: ''
		});
		expect(forwarded).toMatchObject({ ok: true, count: 4, late: 0 });
		const mails = await morning('11-23');
		expect(reminded(mails)).toEqual(firmsOf('乙', '丙', '丁', '戊'));
		for (const [username, settled] of [
			['mofcom', 0],
			['miit', 1]
		] as const) {
			const ministry = await enter(username);
			await ministry.goto('/ministry/extensions');
			if (settled === 0) await picture(ministry, '08-extensions');
			await ministry.getByRole('checkbox', { name: new RegExp(nameOf('丁')) }).check();
			await button(ministry, m.exception_decide_grant({}, say)).click();
			await ministry.getByText(m.exception_decided({ decided: 1, settled }, say)).waitFor();
		}
		const filer = await enter('firm-4');
		await filer.goto('/enterprise/home');
		expect(await filer.locator('.countdown').first().innerText()).toContain('2026年12月10日');
		await picture(filer, '08-home');
		const granted = (await mailsShown(mailbox, '2026-11-23')).filter(({ to }) => to === mailOf('丁')).at(-1);
		expect(granted?.text).toContain('2026年12月10日');
		const commerce = await enter('commerce-handler');
		await commerce.goto('/channel/chase?year=2026');
		expect(await rowOf(commerce, '丁').textContent()).toContain('12月10日');
		expect(await rowOf(commerce, '丁').textContent()).toContain(m.chase_extended({}, say));
		expect(await funnel(commerce)).toEqual([8, 5, 4, 4, 4, 4, 0]);
		await picture(commerce, '08-board');
	});

	test('27 November: the ladder of the extended one counts from its own date', async () => {
		at('11-24T11:00');
		await submit('乙', '丙');
		for (const firm of ['乙', '丙'] as const) await sign(firm, 'industry-approver', 'commerce-approver');
		const mails = await morning('11-27');
		expect(mails.find(({ to }) => to === mailOf('丁'))?.subject).toMatch(/2026年12月10日.*距截止13天/);
		// Two wait to be forwarded, and either department may do it; the one that is still missing is reminded of the channel's date.
		expect(reminded(mails)).toEqual([...OFFICES, ...firmsOf('丁', '戊')].sort());
		expect(mails.find(({ to }) => to === COMMERCE)?.text).toContain(nameOf('乙'));
		const commerce = await enter('commerce-approver');
		await commerce.goto('/channel/home');
		await picture(commerce, '09-home');
		await commerce.goto('/channel/chase?year=2026');
		expect(await funnel(commerce)).toEqual([8, 6, 6, 6, 6, 4, 0]);
		await picture(commerce, '09-board');
	});

	test('30 November: the last is forwarded before midnight, and the ministries see the same numbers', async () => {
		at('11-27T15:00');
		await submit('戊');
		await sign('戊', 'industry-approver', 'commerce-approver');
		const mails = await morning('11-30', '21:00');
		expect(reminded(mails)).toEqual(OFFICES);
		for (const { subject } of mails.filter(({ to }) => OFFICES.includes(to))) expect(subject).toContain('3');
		const commerce = await enter('commerce-approver');
		await commerce.goto('/channel/forward');
		await picture(commerce, '10-forward');
		await commerce.locator('input[name="letterNo"]').fill('苏商服函〔2026〕2号');
		await commerce.locator('button[name="step"][value="check"]').click();
		await commerce.getByText(m.channel_forward_all_on_time({}, say)).waitFor();
		await commerce.locator('button[name="step"][value="send"]').click();
		await commerce.waitForURL(/\/channel\/forward\/\d+/);
		await commerce.goto('/channel/chase?year=2026');
		expect(await funnel(commerce)).toEqual([8, 7, 7, 7, 7, 7, 0]);
		// Only the extended one is left.
		expect(await commerce.locator('tbody tr').count()).toBe(1);
		await picture(commerce, '10-board');
		const mofcom = await enter('mofcom');
		const columns = 'rate,expected,submitted,forwarded,missing,on_time,overdue,extended,excused,excuse_pending,not_filed,not_delivered';
		await mofcom.goto(`/ministry/progress?year=2026&cols=${columns}`);
		const row = mofcom.locator('tbody tr', { hasText: '江苏' }).first();
		const cells = await row.locator('td').allTextContents();
		expect(cells.map((text) => text.trim())).toEqual(['87.5% 7 / 8', '8', '7', '7', '1', '7', '0', '1', '0', '0', '0', '0']);
		await picture(mofcom, '10-progress');
		// The ladder asks nobody twice: every step once for each report and recipient.
		const [twice] = await application.adminSql<{ n: number }[]>`
			select count(*)::int as n from (select from reminder group by report_id, step, party_due_on, recipient_key having count(*) > 1) d`;
		expect(twice?.n).toBe(0);
	});

	test('no page complained', () => {
		expect([...complaints, ...visitors.flatMap((visitor) => visitor.complaints)]).toEqual([]);
	});
});
