import { maskedWebhook, ROBOT_KINDS, type RobotKind } from '#lib/domain/chase/robot.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';

export interface RobotLine {
	readonly kind: RobotKind;
	/** Masked; null = not set up. */
	readonly address: string | null;
	readonly signed: boolean;
	readonly enabled: boolean;
	readonly setBy: string | null;
	readonly setAt: Date | null;
	readonly rowVersion: number;
	/** Latest first. */
	readonly messages: readonly { readonly id: string; readonly state: 'queued' | 'sent' | 'failed'; readonly at: Date; readonly problem: string | null }[];
}

/**
 * Powers /channel/robots and /ministry/robots: the office's own robots, one line per kind, and what became of the last messages. No secret leaves the database.
 */
export function officeRobots(actor: Actor): Promise<readonly RobotLine[]> {
	return asActor(
		actor,
		async ({ sql }) => {
			const robots = await sql<{ kind: string; webhook: string; signed: boolean; enabled: boolean; set_by: string; set_at: Date; row_version: number }[]>`
				select kind, webhook, secret is not null as signed, enabled, set_by, set_at, row_version from robot where org_id = ${actor.orgId}::bigint`;
			const messages = await sql<{ id: string; kind: string; state: string; at: Date; last_error: string | null }[]>`
				select w.id, b.kind, w.state, coalesce(w.sent_at, w.queued_at) as at, w.last_error from robot b join robot_message w on w.robot_id = b.id
				where b.org_id = ${actor.orgId}::bigint order by w.id desc limit 20`;
			return ROBOT_KINDS.map((kind) => {
				const robot = robots.find((one) => one.kind === kind);
				return {
					kind,
					address: robot ? maskedWebhook(robot.webhook) : null,
					signed: robot?.signed ?? false,
					enabled: robot?.enabled ?? false,
					setBy: robot?.set_by ?? null,
					setAt: robot?.set_at ?? null,
					rowVersion: robot?.row_version ?? 0,
					messages: messages
						.filter((one) => one.kind === kind)
						.slice(0, 7)
						.map((one) => ({ id: one.id, state: one.state as 'queued' | 'sent' | 'failed', at: one.at, problem: one.last_error }))
				};
			});
		},
		{ readOnly: true }
	);
}
