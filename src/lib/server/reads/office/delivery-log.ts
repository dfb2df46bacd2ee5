import { maskEmailsIn } from '#lib/domain/contact-mask.ts';
import type { DeliveryState } from '#lib/domain/chase/mail-delivery.ts';
import type { Audience } from '#lib/domain/chase/reminder-ladder.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';

/** One reminder and what became of it. No address: names are enough to ask whether it arrived. */
export interface DeliveryLine {
	readonly id: string;
	readonly plannedAt: Date;
	readonly audience: Audience;
	readonly step: string;
	readonly recipientName: string;
	/** Made by an office's own hand; null = by the ladder. */
	readonly byHand: string | null;
	readonly delivery: DeliveryState;
	readonly deliveredAt: Date;
	/** A reason code where it was dropped, the mail server's own words where it failed. */
	readonly problem: string | null;
}

export interface DeliveryLog {
	readonly lines: readonly DeliveryLine[];
	/** There are older ones that are not shown. */
	readonly more: boolean;
}

const SHOWN = 50;

/**
 * Powers the delivery log on the pages of a report, the enterprise's and the channel's (domain.md 4: both sides see it). An enterprise sees what went to
 * itself; an office also what went to the departments.
 */
export function deliveryLog(actor: Actor, reportId: string): Promise<DeliveryLog> {
	return asActor(
		actor,
		async ({ sql, within }) => {
			const rows = await sql<
				{
					id: string;
					planned_at: Date;
					audience: string;
					step: string;
					recipient_name: string;
					by_hand: string | null;
					delivery: string;
					delivery_at: Date;
					problem: string | null;
				}[]
			>`
				select d.id, d.planned_at, d.audience, d.step, d.recipient_name, (select b.person_name from reminder_batch b where b.id = d.batch_id) as by_hand,
					d.delivery, d.delivery_at, d.problem
				from annual_report r join reminder d on d.report_id = r.id
				where r.id = ${reportId}::bigint and ${within.report} and (${actor.orgKind} <> 'enterprise' or d.audience = 'enterprise')
				order by d.planned_at desc, d.id desc limit ${SHOWN + 1}`;
			return {
				more: rows.length > SHOWN,
				lines: rows.slice(0, SHOWN).map((row) => ({
					id: row.id,
					plannedAt: row.planned_at,
					audience: row.audience as Audience,
					step: row.step,
					recipientName: row.recipient_name,
					byHand: row.by_hand,
					delivery: row.delivery as DeliveryState,
					deliveredAt: row.delivery_at,
					problem: row.problem && maskEmailsIn(row.problem)
				}))
			};
		},
		{ readOnly: true }
	);
}
