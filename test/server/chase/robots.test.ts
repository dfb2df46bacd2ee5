import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { day } from '#lib/domain/day.ts';
import type { Actor } from '#lib/server/actor.ts';
import { deliverRobots } from '#lib/server/acts/chase/deliver-robots.ts';
import { queueRobotDigests } from '#lib/server/acts/chase/queue-robot-digests.ts';
import { setRobot } from '#lib/server/acts/chase/set-robot.ts';
import { officeRobots } from '#lib/server/reads/office/robots.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { RobotServer } from '../../support/robot-server.ts';
import { buildOfficial, buildReport, openYear } from '../../support/scene.ts';

/** Group robots against a server of this machine; the only way to it is an argument that nothing but a test gives. */
const server = new RobotServer();
let database: TestDatabase;
let approver: Actor;
const SECRET = 'SEC0123456789abcdef';

beforeAll(async () => {
	await server.up();
	database = await applicationDatabase();
	await openYear(database, 2026);
	approver = await buildOfficial(database, 'commerce', '320000');
	await buildReport(database, { channelId: '320000' });
	await buildReport(database, { channelId: '440000' });
});
afterAll(() => server.down());
beforeEach(async () => {
	server.calls.length = 0;
	server.answer = () => ({ status: 200, body: '{"errcode":0,"errmsg":"ok"}' });
	await database.adminSql`delete from robot_message`;
	await database.adminSql`delete from robot`;
});

const here = () => ({ alsoHosts: [server.host] });
const dingtalk = () => `http://${server.host}/robot/send?access_token=0123456789abcdef`;
const setUp = (changes: Partial<Parameters<typeof setRobot>[1]> = {}) =>
	setRobot(approver, { kind: 'dingtalk', webhook: dingtalk(), secret: SECRET, enabled: true, rowVersion: 0, ...changes }, here());
const messages = () =>
	database.adminSql<
		{ state: string; attempts: number; last_error: string | null; next_attempt_at: Date | null }[]
	>`select state, attempts, last_error, next_attempt_at from robot_message order by id`;
const queueMany = (count: number) =>
	database.adminSql`insert into robot_message (robot_id, message_key, body) select b.id, n::text, '{"msgtype":"markdown"}' from robot b cross
		join generate_series(1, ${count}) n`;

describe('setting a robot up', () => {
	test('only the official hosts, in earnest', async () => {
		const refused = { ok: false, refusal: { code: 'invalid_input', fields: { webhook: 'foreign_host' } } };
		expect(await setRobot(approver, { kind: 'dingtalk', webhook: dingtalk(), secret: '', enabled: true, rowVersion: 0 })).toEqual(refused);
		expect(await database.adminSql`select 1 from robot`).toHaveLength(0);
	});

	test('an approver of the office; nobody else', async () => {
		const setting = { kind: 'dingtalk', webhook: dingtalk(), secret: '', enabled: true, rowVersion: 0 } as const;
		for (const duty of ['handler', 'reader'] as const)
			expect(await setRobot({ ...approver, duty }, setting, here())).toMatchObject({ ok: false, refusal: { code: 'not_your_duty' } });
		const { filer } = await buildReport(database, { channelId: '320000' });
		expect(await setRobot(filer, setting, here())).toMatchObject({ ok: false, refusal: { code: 'not_found' } });
	});

	test('address and secret are never shown again, nor journalled; left empty they stay, and a stale page is refused', async () => {
		expect(await setUp()).toEqual({ ok: true, enabled: true });
		const [line] = (await officeRobots(approver)).filter(({ kind }) => kind === 'dingtalk');
		expect(line).toMatchObject({ address: `http://${server.host}/robot/send?…cdef`, signed: true, enabled: true, rowVersion: 1 });
		expect(await setUp({ webhook: '', secret: '', enabled: false, rowVersion: 1 })).toEqual({ ok: true, enabled: false });
		const [kept] = await database.adminSql`select webhook, secret from robot`;
		expect(kept).toEqual({ webhook: dingtalk(), secret: SECRET });
		expect(await setUp({ rowVersion: 1 })).toMatchObject({ ok: false, refusal: { code: 'stale_version' } });
		const journal = JSON.stringify(await database.adminSql`select before, after from journal where act = 'set-robot'`);
		expect(journal).toContain('…cdef');
		expect(journal).not.toContain('0123456789abcdef');
		expect(journal).not.toContain(SECRET);
		expect(JSON.stringify(await officeRobots(approver))).not.toContain('0123456789');
	});

	test('another office sees nothing of it', async () => {
		await setUp();
		const other = await buildOfficial(database, 'industry', '320000');
		expect((await officeRobots(other)).every(({ address }) => address === null)).toBe(true);
	});
});

describe('the daily digest', () => {
	test('one message a day and robot, whoever asks; counts of the channel alone; only on working days and only when switched on', async () => {
		await setUp();
		await setUp({ kind: 'wecom', webhook: `http://${server.host}/cgi-bin/webhook/send?key=0123456789abcdef`, secret: '', enabled: false });
		expect(await queueRobotDigests(day('2026-11-27'), { dry: true })).toEqual({ queued: 1, why: 'queued' });
		expect(await messages()).toHaveLength(0);
		await Promise.all([1, 2, 3].map(() => queueRobotDigests(day('2026-11-27'), { dry: false })));
		expect(await messages()).toHaveLength(1);
		expect(await queueRobotDigests(day('2026-11-28'), { dry: false })).toEqual({ queued: 0, why: 'no_working_day' });
		expect(await queueRobotDigests(day('2031-03-03'), { dry: false })).toEqual({ queued: 0, why: 'calendar_unknown' });
		expect(await deliverRobots(here())).toEqual({ sent: 1, put_off: 0, set_aside: 0 });
		const [count] = await database.adminSql<{ n: number }[]>`select count(*)::int as n from annual_report where channel_id = '320000' and year = 2026`;
		const [call] = server.calls;
		expect(JSON.stringify(call?.body)).toContain(`应报${count?.n ?? 0}，未提交${count?.n ?? 0}`);
		expect(JSON.stringify(call?.body)).not.toContain('示例企业');
	});
});

describe('the digest of a ministry', () => {
	test('an approver of the ministry sets its own robot; the other ministry sees nothing of it', async () => {
		const mofcom = await buildOfficial(database, 'mofcom');
		const setting = { kind: 'dingtalk', webhook: dingtalk(), secret: SECRET, enabled: true, rowVersion: 0 } as const;
		expect(await setRobot({ ...mofcom, duty: 'handler' }, setting, here())).toMatchObject({ ok: false, refusal: { code: 'not_your_duty' } });
		expect(await setRobot(mofcom, setting, here())).toEqual({ ok: true, enabled: true });
		expect((await officeRobots(mofcom)).filter(({ enabled }) => enabled)).toMatchObject([
			{ kind: 'dingtalk', address: `http://${server.host}/robot/send?…cdef` }
		]);
		expect((await officeRobots(await buildOfficial(database, 'miit'))).every(({ address }) => address === null)).toBe(true);
	});

	test('counts of the country, in whose hands, received, overdue and extended; a channel reads its own and no more', async () => {
		const mofcom = await buildOfficial(database, 'mofcom');
		const [firm] = [await buildReport(database, { channelId: '440000' })];
		await database.adminSql`update annual_report set extension_on = '2026-12-10' where id = ${firm.reportId}`;
		await setUp();
		expect(await setRobot(mofcom, { kind: 'dingtalk', webhook: dingtalk(), secret: SECRET, enabled: true, rowVersion: 0 }, here())).toMatchObject({ ok: true });
		expect(await queueRobotDigests(day('2026-12-01'), { dry: false })).toEqual({ queued: 2, why: 'queued' });
		const [all] = await database.adminSql<{ n: number }[]>`select count(*)::int as n from annual_report where year = 2026`;
		const expected = all?.n ?? 0;
		const bodies = await database.adminSql<
			{ kind: string; body: string }[]
		>`select o.kind, w.body from robot_message w join robot b on b.id = w.robot_id join organisation o on o.id = b.org_id order by o.kind`;
		expect(bodies.map(({ kind }) => kind)).toEqual(['commerce', 'mofcom']);
		const [channel, ministry] = bodies.map(({ body }) => body);
		expect(ministry).toContain(`应报${expected}，未提交${expected}，待审核0，待转报0，已转报0`);
		expect(ministry).toContain(`已接收0，逾期未转报${expected - 1}，延期1`);
		expect(channel).not.toContain('已接收');
		expect(ministry).not.toContain('示例企业');
	});
});

describe('sending', () => {
	test('signed as DingTalk asks: HMAC-SHA256 of time and secret', async () => {
		await setUp();
		await queueMany(1);
		await deliverRobots(here());
		const [call] = server.calls;
		const timestamp = call?.query.get('timestamp') ?? '';
		expect(Math.abs(Number(timestamp) - Date.now())).toBeLessThan(60_000);
		expect(call?.query.get('sign')).toBe(createHmac('sha256', SECRET).update(`${timestamp}\n${SECRET}`).digest('base64'));
		expect(call?.query.get('access_token')).toBe('0123456789abcdef');
	});

	test('twenty a minute and robot, three schedulers at once or not; nothing twice', async () => {
		await setUp();
		await queueMany(50);
		const runs = await Promise.all([deliverRobots(here()), deliverRobots(here()), deliverRobots(here())]);
		expect(runs.reduce((sum, run) => sum + run.sent, 0)).toBe(20);
		expect(server.calls).toHaveLength(20);
		// A minute later.
		await database.adminSql`update robot_message set claimed_until = claimed_until - interval '61 seconds'`;
		expect((await deliverRobots(here())).sent).toBe(20);
		await database.adminSql`update robot_message set claimed_until = claimed_until - interval '61 seconds'`;
		expect((await deliverRobots(here())).sent).toBe(10);
		expect((await messages()).every(({ state, attempts }) => state === 'sent' && attempts === 1)).toBe(true);
	});

	test('too fast or broken: later; a robot that does not know us: set aside with what it said, never with its key', async () => {
		await setUp();
		await queueMany(1);
		server.answer = () => ({ status: 200, body: '{"errcode":130101,"errmsg":"send too fast"}' });
		expect(await deliverRobots(here())).toMatchObject({ put_off: 1 });
		expect(await deliverRobots(here())).toMatchObject({ put_off: 0, sent: 0 });
		const later = (minutes: number) => ({ ...here(), clock: () => new Date(Date.now() + minutes * 60_000) });
		await database.adminSql`update robot_message set claimed_until = null`;
		server.answer = () => ({ status: 502, body: '<html>' });
		expect(await deliverRobots(later(3))).toMatchObject({ put_off: 1 });
		await database.adminSql`update robot_message set claimed_until = null`;
		server.answer = () => ({ status: 200, body: '{"errcode":310000,"errmsg":"sign not match"}' });
		expect(await deliverRobots(later(60))).toMatchObject({ set_aside: 1 });
		expect(await messages()).toMatchObject([{ state: 'failed', attempts: 3, last_error: '200 310000 sign not match' }]);
	});

	test('a redirect is not followed', async () => {
		await setUp();
		await queueMany(1);
		server.answer = () => ({ status: 302, body: '' });
		await deliverRobots(here());
		expect(server.calls.map(({ path }) => path)).toEqual(['/robot/send']);
	});

	test('a foreign host in the table is not asked', async () => {
		await setUp();
		await queueMany(1);
		expect(await deliverRobots()).toMatchObject({ set_aside: 1 });
		expect(server.calls).toHaveLength(0);
		expect(await messages()).toMatchObject([{ state: 'failed', last_error: 'foreign host' }]);
	});
});
