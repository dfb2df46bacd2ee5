import { dayInBeijing, endOf, startOf, type Day } from '#lib/domain/day.ts';
import { isDepartment, isMinistry } from '#lib/domain/parties.ts';
import { planByHand, type HandPlan } from '#lib/domain/chase/remind-by-hand.ts';
import { audiencesOf, channelAudiencesOf, type Audience, type Step } from '#lib/domain/chase/reminder-ladder.ts';
import { recipientsOf } from '#lib/domain/chase/reminder-recipients.ts';
import { effectiveDueOn } from '#lib/domain/report/reporting-year.ts';
import { config } from '#lib/server/config.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import { loadReachable, loadReminded, type ReportToRemind } from './reminded-report.ts';
import { loadReminderPolicy } from './reminder-policy.ts';

/** The step of a reminder by hand: one a day for each report and recipient, by constraint. */
export const handStep = (today: Day): Step => `hand:${today}`;

/**
 * Who of the holders of these reports would get a reminder now; for a ministry who of the channels that answer for them. The preview and the sending ask the
 * same. Eight statements, however many.
 */
export async function planHandReminders(db: ActorDb, reportIds: readonly string[], now: Date): Promise<HandPlan<ReportToRemind>> {
	const me = db.actor.orgKind;
	if (!isDepartment(me) && !isMinistry(me)) return { send: [], skipped: [] };
	const ofChannels = isMinistry(me);
	const today = dayInBeijing(now);
	const { production } = config();
	const reports = await loadReminded(db, reportIds);
	const reachable = await loadReachable(db, reports, { production });
	const policy = await loadReminderPolicy(db, today);
	const audiences = (one: ReportToRemind): readonly Audience[] => (ofChannels ? channelAudiencesOf(one.reminded) : audiencesOf(one.reminded));
	const chosen = reports.map((one) => ({
		item: one,
		dueOn: ofChannels && one.dueOn !== null ? effectiveDueOn(one.report.case.year, one.reminded.extensionOn) : one.dueOn,
		holders: audiences(one).map((audience) => ({
			audience,
			recipients: recipientsOf(audience, reachable.people(one, audience), reachable.contacts(one), handStep(today), policy, production)
		}))
	}));
	return planByHand(chosen, isDepartment(me) ? me : null, await remindedToday(db, today));
}

/** Whom anything has gone to today, as far as this office can see. What was taken back went to nobody; of what was dropped otherwise the step of the day is spent. */
async function remindedToday({ sql, within }: ActorDb, today: Day): Promise<ReadonlySet<string>> {
	const rows = await sql<{ recipient_key: string }[]>`
		select distinct m.recipient_key from reminder m join annual_report r on r.id = m.report_id
		where m.planned_at >= ${startOf(today)} and m.planned_at < ${endOf(today)} and (m.delivery <> 'dropped' or m.step = ${String(handStep(today))} and m.problem is distinct from 'undone') and ${within.report}`;
	return new Set(rows.map((row) => row.recipient_key));
}
