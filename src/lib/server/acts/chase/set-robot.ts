import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { maskedWebhook, readWebhook, type RobotKind } from '#lib/domain/chase/robot.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';

export interface RobotSetting {
	readonly kind: RobotKind;
	/** Empty = the one that is there stays. */
	readonly webhook: string;
	/** DingTalk's signing secret; empty = the one that is there stays. */
	readonly secret: string;
	readonly enabled: boolean;
	/** 0 = none set yet. */
	readonly rowVersion: number;
}

/**
 * An office sets up its group robot, switches it on or off, or gives it another address. Address and secret are as good as passwords: they are never
 * shown again, and not journalled. A new address drops the secret of the old one.
 *
 * @param alsoHosts hosts of tests; none in earnest
 */
export function setRobot(
	actor: Actor,
	setting: RobotSetting,
	{ alsoHosts = [] }: { readonly alsoHosts?: readonly string[] } = {}
): Promise<Decision<{ enabled: boolean }>> {
	return asOffice(actor, 'setRobot', async (db) => {
		const { kind, enabled, rowVersion } = setting;
		const [before] = await db.sql<{ id: string; webhook: string; secret: string | null; enabled: boolean; row_version: number }[]>`
			select id, webhook, secret, enabled, row_version from robot where org_id = ${actor.orgId}::bigint and kind = ${kind} for update`;
		if ((before?.row_version ?? 0) !== rowVersion) return refuse({ code: 'stale_version', expected: rowVersion, actual: before?.row_version ?? 0 });
		const keeps = setting.webhook.trim() === '' && before !== undefined;
		const read = keeps ? ({ ok: true, webhook: before.webhook } as const) : readWebhook(kind, setting.webhook, alsoHosts);
		if (!read.ok) return read;
		const given = setting.secret.trim();
		if (given !== '' && !/^[\w-]{8,200}$/.test(given)) return refuse({ code: 'invalid_input', fields: { secret: 'secret_shape' } });
		if (given !== '' && kind !== 'dingtalk') return refuse({ code: 'invalid_input', fields: { secret: 'no_secret_here' } });
		const secret = given !== '' ? given : keeps ? before.secret : null;
		await db.sql`
			insert into robot (org_id, kind, webhook, secret, enabled, set_by)
				values (${actor.orgId}::bigint, ${kind}, ${read.webhook}, ${secret}, ${enabled}, ${actor.personName})
			on conflict (org_id, kind) do update set webhook = excluded.webhook, secret = excluded.secret, enabled = excluded.enabled, set_by = excluded.set_by,
				set_at = app_now(), row_version = robot.row_version + 1`;
		await writeJournal(db, {
			act: 'set-robot',
			objectKind: 'robot',
			objectId: `${actor.orgId}/${kind}`,
			article: 'system',
			before: before ? { webhook: maskedWebhook(before.webhook), enabled: before.enabled, signed: before.secret !== null } : null,
			after: { webhook: maskedWebhook(read.webhook), enabled, signed: secret !== null }
		});
		return { ok: true, enabled };
	});
}
