/** Between ten at night and eight in the morning, Beijing time, nobody is written to by hand: neither by a department nor by a ministry. */
import { expect, test } from 'vitest';
import { remindByHand } from '#lib/server/acts/chase/remind-by-hand.ts';
import { remindChannels } from '#lib/server/acts/chase/remind-channels.ts';
import { ministryRemind } from '#lib/server/reads/ministry/ministry-remind.ts';
import { applicationDatabase, openOffice, seatPerson } from '../../support/people.ts';
import { buildOfficial, buildReport, openYear } from '../../support/scene.ts';

process.env['APP_NOW'] = '2026-11-24T23:30:00+08:00';
process.env['APP_ENV'] = 'demonstration';

test('the preview says so, the sending is refused and writes nothing', async () => {
	const owner = await applicationDatabase();
	await openYear(owner, 2026);
	const commerce = await seatPerson(owner, await openOffice(owner, 'commerce', { channelId: '420000' }), 'hb-commerce', 'handler');
	const mofcom = await buildOfficial(owner, 'mofcom');
	const { reportId, enterpriseId } = await buildReport(owner, { channelId: '420000' });
	await owner.adminSql`insert into enterprise_contact (enterprise_id, place, name, email) values (${enterpriseId}, 1, '王联络', 'wang@example.cn')`;
	const asked = { year: 2026, category: null, cohort: null, matter: null };
	expect(await ministryRemind(mofcom, { ...asked, channelIds: null }, new Date(process.env['APP_NOW'] ?? ''))).toMatchObject({
		quiet: true,
		letters: [{ name: 'hb-commerce' }]
	});
	const refused = { ok: false, refusal: { code: 'quiet_hours', fromHour: 22, untilHour: 8 } };
	expect(await remindChannels(mofcom, { ...asked, channelIds: ['420000'], remark: '' })).toEqual(refused);
	expect(await remindByHand(commerce, { year: 2026, reportIds: [reportId], remark: '' })).toEqual(refused);
	expect(await owner.adminSql`select 1 from reminder_batch union all select 1 from reminder`).toHaveLength(0);
});
