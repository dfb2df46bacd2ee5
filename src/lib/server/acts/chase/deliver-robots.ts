import { MESSAGES_A_MINUTE, nextRobotAttemptAt, readWebhook, type RobotKind } from '#lib/domain/chase/robot.ts';
import { justAfter, now } from '#lib/server/clock.ts';
import { asSystem, type Db } from '#lib/server/db/door.ts';
import { log } from '#lib/server/log.ts';
import { postToRobot } from '#lib/server/mail/robot-post.ts';

/** How long a message belongs to who claimed it. A minute, because it is also what a minute's messages are counted by. */
const LEASE_SECONDS = 60;
const MESSAGES_PER_RUN = 200;

interface Claimed {
	readonly id: string;
	readonly kind: RobotKind;
	readonly webhook: string;
	readonly secret: string | null;
	readonly body: string;
	readonly attempts: number;
}

export type RobotsServed = { readonly sent: number; readonly put_off: number; readonly set_aside: number };

/**
 * Sends what is queued for group robots: claimed in a short transaction, posted outside of any, and written down in another. No robot gets more than its
 * twenty messages within a minute, however many schedulers run: its row is locked while they are counted.
 *
 * @param alsoHosts hosts of tests; none in earnest
 */
export async function deliverRobots({
	clock = now,
	alsoHosts = []
}: { readonly clock?: () => Date; readonly alsoHosts?: readonly string[] } = {}): Promise<RobotsServed> {
	const done = { sent: 0, put_off: 0, set_aside: 0 };
	for (let count = 0; count < MESSAGES_PER_RUN; count += 1) {
		const message = await asSystem('claim robot message', (db) => claimNext(db, justAfter(clock())));
		if (message === null) break;
		// Looked at again: what stands in the table is fetched by this machine.
		const address = readWebhook(message.kind, message.webhook, alsoHosts);
		const { answer, said } = address.ok
			? await postToRobot({ ...message, webhook: address.webhook, at: new Date() })
			: { answer: 'refused' as const, said: 'foreign host' };
		const next = answer === 'sent' ? null : nextRobotAttemptAt(answer, message.attempts, clock());
		const state = answer === 'sent' ? 'sent' : next === null ? 'failed' : 'queued';
		// The claim stands after the sending: it is what says when this robot was last used.
		await asSystem(
			'robot message',
			({ sql }) => sql`
			update robot_message set state = ${state}, sent_at = ${answer === 'sent' ? clock() : null}, next_attempt_at = ${next},
				last_error = ${answer === 'sent' ? null : said}
			where id = ${message.id}::bigint and state = 'queued'`
		);
		done[answer === 'sent' ? 'sent' : next === null ? 'set_aside' : 'put_off'] += 1;
	}
	if (done.sent + done.put_off + done.set_aside > 0) log('info', { event: 'robots_served', ...done });
	return done;
}

async function claimNext({ sql }: Db, at: Date): Promise<Claimed | null> {
	const [robot] = await sql<{ id: string; kind: string; webhook: string; secret: string | null }[]>`
		select b.id, b.kind, b.webhook, b.secret from robot b
		where b.enabled
			and exists (
				select from robot_message w where w.robot_id = b.id and w.state = 'queued' and coalesce(w.next_attempt_at, w.queued_at) <= ${at}
					and (w.claimed_until is null or w.claimed_until <= clock_timestamp()))
			and (select count(*) from robot_message u where u.robot_id = b.id and u.claimed_until > clock_timestamp()) < ${MESSAGES_A_MINUTE}
		order by b.id limit 1 for update of b skip locked`;
	if (!robot) return null;
	// Counted by a statement of its own, after the lock: what the first one saw may be older.
	const [message] = await sql<{ id: string; body: string; attempts: number }[]>`
		update robot_message m set claimed_until = clock_timestamp() + ${LEASE_SECONDS} * interval '1 second', attempts = m.attempts + 1
		where (select count(*) from robot_message u where u.robot_id = ${robot.id}::bigint and u.claimed_until > clock_timestamp()) < ${MESSAGES_A_MINUTE}
			and m.id = (
				select w.id from robot_message w where w.robot_id = ${robot.id}::bigint and w.state = 'queued' and coalesce(w.next_attempt_at, w.queued_at) <= ${at}
					and (w.claimed_until is null or w.claimed_until <= clock_timestamp())
				order by w.queued_at, w.id limit 1)
		returning m.id, m.body, m.attempts`;
	if (!message) return null;
	return { id: message.id, kind: robot.kind as RobotKind, webhook: robot.webhook, secret: robot.secret, body: message.body, attempts: message.attempts };
}
