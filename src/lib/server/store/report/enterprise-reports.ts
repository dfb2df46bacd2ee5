import type { Day } from '#lib/domain/day.ts';
import { followsEvent, underChannel } from '#lib/domain/register/enterprise-event.ts';
import type { ChannelKind } from '#lib/domain/parties.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import { lockReports, recordStep, saveReport, type LockedReport } from './annual-report.ts';

/** The reports of an enterprise, locked in id order. */
export async function lockReportsOf(db: ActorDb, enterpriseId: string): Promise<LockedReport[]> {
	const rows = await db.sql<
		{ id: string }[]
	>`select r.id from annual_report r where r.enterprise_id = ${enterpriseId}::bigint and ${db.within.report} order by r.id`;
	return rows.length === 0
		? []
		: lockReports(
				db,
				rows.map(({ id }) => id)
			);
}

export interface Change {
	/** The act as its file is named, for the report's history. */
	readonly act: string;
	/** The instant of the act, read before anything was locked. */
	readonly at: Date;
	/** The event's day; null = it was always so (a correction of the register). */
	readonly effectiveOn: Day | null;
	readonly name: string | null;
	readonly channelId: string | null;
}

/** Brings the enterprise, its organisation and the reports that follow the event to a new name or channel; returns those reports. */
export async function moveReports(db: ActorDb, enterpriseId: string, { act, at, effectiveOn, name, channelId }: Change): Promise<LockedReport[]> {
	const { sql } = db;
	await sql`
		update enterprise set name = coalesce(${name}, name), channel_id = coalesce(${channelId}, channel_id), row_version = row_version + 1
		where id = ${enterpriseId}::bigint`;
	if (name !== null) await sql`update organisation set name_zh = ${name} where enterprise_id = ${enterpriseId}::bigint`;
	const [channel] = channelId === null ? [] : await sql<{ kind: string }[]>`select kind from channel where id = ${channelId}`;
	const moved = (await lockReportsOf(db, enterpriseId)).filter((report) => followsEvent(report.case, effectiveOn ?? ('0001-01-01' as Day)));
	for (const report of moved) {
		await sql`
			update annual_report set enterprise_name = coalesce(${name}, enterprise_name) where id = ${report.id}::bigint`;
		if (channel && channelId !== null) {
			const next = underChannel(report.case, channel.kind as ChannelKind);
			await sql<{ lapse_opinions: unknown | null }[]>`select lapse_opinions(${report.id}::bigint)`;
			// Opinions first: a province's opinions may not stand beside a group's channel.
			await saveReport(db, report, { ...next, channelKind: report.case.channelKind });
			await sql`update annual_report set channel_id = ${channelId}, channel_kind = ${channel.kind} where id = ${report.id}::bigint`;
			await recordStep(db, report, next, {
				act,
				at,
				versionNo: report.case.currentVersion || null,
				detail: { channelFrom: report.channelId, channelTo: channelId }
			});
		} else {
			await recordStep(db, report, report.case, {
				act,
				at,
				versionNo: report.case.currentVersion || null,
				detail: { nameFrom: report.enterpriseName, nameTo: name }
			});
		}
	}
	return moved;
}
