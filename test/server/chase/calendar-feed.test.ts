import { beforeAll, expect, test } from 'vitest';
import { makeCalendarFeed, revokeCalendarFeed } from '#lib/server/acts/people/calendar-feed.ts';
import { setDigests } from '#lib/server/acts/people/set-digests.ts';
import type { Actor } from '#lib/server/actor.ts';
import type { Person } from '#lib/server/auth/session.ts';
import { RateBound } from '#lib/server/auth/rate-bound.ts';
import { calendarFeedOf } from '#lib/server/reads/person/calendar-feed.ts';
import { deliveryLog } from '#lib/server/reads/office/delivery-log.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { buildOfficial, buildReport, openYear } from '../../support/scene.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2026);
});

async function seated(changes: { orgId: string; personId: string }): Promise<void> {
	await database.adminSql`insert into person (id, name, email) values (${changes.personId}, '李四', ${`${changes.personId}@example.cn`}) on conflict do nothing`;
	await database.adminSql`insert into membership (person_id, org_id, duty) values (${changes.personId}, ${changes.orgId}, 'handler')`;
}

/** The address as it is told once; throws what was refused. */
async function feedOf(filer: Actor): Promise<{ readonly token: string }> {
	const made = await makeCalendarFeed(filer);
	if (!made.ok) throw new Error(made.refusal.code);
	return made;
}

test('a secret address shows the dates of every office one sits in, and nobody’s name', async () => {
	const { filer, reportId } = await buildReport(database, { channelId: '320000', name: '示例甲公司' });
	await seated(filer);
	const { token } = await feedOf(filer);
	const feed = await calendarFeedOf(token);
	expect(feed?.dates.map(({ kind, on }) => `${kind} ${on}`)).toEqual(['submit 2026-11-15', 'at_ministries 2026-11-30']);
	await database.adminSql`update annual_report set extension_on = '2026-12-20' where id = ${reportId}`;
	expect((await calendarFeedOf(token))?.dates.map(({ on }) => on)).toEqual(['2026-12-20']);
	const miit = await buildOfficial(database, 'miit');
	await seated({ personId: filer.personId, orgId: miit.orgId });
	expect((await calendarFeedOf(token))?.dates).toHaveLength(6);
	expect(JSON.stringify(await calendarFeedOf(token))).not.toMatch(/李四|示例甲公司|example\.cn/);
	const [kept] = await database.adminSql<{ token_hash: string }[]>`select token_hash from calendar_feed where person_id = ${filer.personId}`;
	expect(kept?.token_hash).not.toContain(token);
});

test('renewed, the old address is dead; revoked, the new one too; somebody disabled has none', async () => {
	const { filer } = await buildReport(database, { channelId: '320000' });
	await seated(filer);
	const first = await feedOf(filer);
	const second = await feedOf(filer);
	expect(await calendarFeedOf(first.token)).toBeNull();
	expect(await calendarFeedOf(second.token)).not.toBeNull();
	await database.adminSql`update person set disabled_at = now() where id = ${filer.personId}`;
	expect(await calendarFeedOf(second.token)).toBeNull();
	await database.adminSql`update person set disabled_at = null where id = ${filer.personId}`;
	await revokeCalendarFeed(filer);
	expect(await calendarFeedOf(second.token)).toBeNull();
	const acts = await database.adminSql<
		{ act: string }[]
	>`select act from journal where object_kind = 'calendar_feed' and object_id = ${filer.personId} order by at`;
	expect(acts.map(({ act }) => act)).toEqual(['make-calendar-feed', 'make-calendar-feed', 'revoke-calendar-feed']);
	for (const made of ['', 'x', '../etc/passwd', 'a'.repeat(32), `${second.token}\0`]) expect(await calendarFeedOf(made)).toBeNull();
});

test('many clicks at once leave one open address', async () => {
	const { filer } = await buildReport(database, { channelId: '320000' });
	await seated(filer);
	await Promise.all(Array.from({ length: 8 }, () => makeCalendarFeed(filer)));
	const open = await database.adminSql`select 1 from calendar_feed where person_id = ${filer.personId} and revoked_at is null`;
	expect(open).toHaveLength(1);
});

test('a person who left every office sees an empty calendar', async () => {
	const { filer } = await buildReport(database, { channelId: '320000' });
	await seated(filer);
	const { token } = await feedOf(filer);
	await database.adminSql`update membership set ended_at = now() where person_id = ${filer.personId}`;
	expect(await calendarFeedOf(token)).toEqual({ locale: 'zh-CN', dates: [] });
});

test('digests are switched by their reader', async () => {
	const { filer } = await buildReport(database, { channelId: '320000' });
	await seated(filer);
	await setDigests({ id: filer.personId } as Person, false);
	expect(await database.adminSql`select digests from person where id = ${filer.personId}`).toEqual([{ digests: false }]);
});

test('so many a minute and no more, then again', () => {
	const bound = new RateBound(3);
	const at = new Date('2026-11-27T01:00:00Z');
	expect([1, 2, 3, 4].map(() => bound.admits('a', at))).toEqual([true, true, true, false]);
	expect(bound.admits('b', at)).toBe(true);
	expect(bound.admits('a', new Date(at.getTime() + 60_000))).toBe(true);
});

test('both sides see the same log; an enterprise sees only what went to itself, a stranger nothing', async () => {
	const { filer, reportId } = await buildReport(database, { channelId: '320000' });
	for (const [audience, step] of [
		['enterprise', 'T-3'],
		['commerce', 'T-1']
	] as const) {
		await database.adminSql`
			insert into reminder (report_id, audience, step, party_due_on, court, recipient_key, recipient_name, to_address, delivery, problem)
			values (${reportId}, ${audience}, ${step}, '2026-11-15', 'enterprise', ${audience}, '收件人', 'secret@example.cn', 'bounced', '550 5.1.1 no such user')`;
	}
	const commerce = await buildOfficial(database, 'commerce', '320000');
	expect((await deliveryLog(commerce, reportId)).lines.map(({ step, delivery }) => `${step} ${delivery}`)).toEqual(['T-1 bounced', 'T-3 bounced']);
	expect((await deliveryLog(filer, reportId)).lines.map(({ step, problem }) => `${step} ${problem ?? ''}`)).toEqual(['T-3 550 5.1.1 no such user']);
	expect(JSON.stringify(await deliveryLog(filer, reportId))).not.toContain('secret@');
	const elsewhere = await buildOfficial(database, 'commerce', '440000');
	expect((await deliveryLog(elsewhere, reportId)).lines).toEqual([]);
});
