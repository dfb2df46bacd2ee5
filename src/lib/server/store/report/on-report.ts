import type { Act } from '#lib/domain/duties.ts';
import type { Basis } from '#lib/domain/notice.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { ReportCase } from '#lib/domain/report/report-case.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice, type ActorDb } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { lockReports, recordStep, saveReport, type LockedReport } from './annual-report.ts';

/** How every act on one report begins: page, duty, instant, lock, not found, in this order. */
export function onReport<T extends object>(
	actor: Actor,
	act: Act,
	reportId: string,
	work: (db: ActorDb, report: LockedReport, now: Date) => Promise<Decision<T>>
): Promise<Decision<T>> {
	return onReports(actor, act, [reportId], async (db, [report], now) => (report ? work(db, report, now) : refuse({ code: 'not_found' })));
}

/**
 * The same for an act on several reports, locked in id order: `work` gets those the actor may reach and says itself what the others mean.
 *
 * @param reportIds the reports, or how they are found: what is looked up before the lock must be looked at again under it
 */
export function onReports<T extends object>(
	actor: Actor,
	act: Act,
	reportIds: readonly string[] | ((db: ActorDb) => Promise<readonly string[]>),
	work: (db: ActorDb, reports: readonly LockedReport[], now: Date) => Promise<Decision<T>>
): Promise<Decision<T>> {
	return asOffice(actor, act, async (db, now) => {
		const ids = typeof reportIds === 'function' ? await reportIds(db) : reportIds;
		return work(db, await lockReports(db, ids), now);
	});
}

/** What a move leaves behind in the report's history and in the journal, under one name. */
export interface Move {
	/** The act as its file is named. */
	readonly act: string;
	readonly at: Date;
	readonly article: Basis;
	readonly versionNo?: number | null;
	/** For the report's own history. */
	readonly detail?: Readonly<Record<string, unknown>>;
	/** For the journal. */
	readonly before?: Readonly<Record<string, unknown>>;
	readonly after?: Readonly<Record<string, unknown>>;
}

/** Saves a decided move with its step and its entry: none of the three without the others. They travel together while the row is locked. */
export async function saveMove(db: ActorDb, report: LockedReport, next: ReportCase, { article, before, after, ...step }: Move): Promise<void> {
	await Promise.all([
		saveReport(db, report, next),
		recordStep(db, report, next, step),
		writeJournal(db, { act: step.act, objectKind: 'annual_report', objectId: report.id, article, before: before ?? null, after: after ?? null })
	]);
}
