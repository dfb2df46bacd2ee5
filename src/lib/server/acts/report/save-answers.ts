import { acceptsKey } from '#lib/domain/form/annual-report-form.ts';
import { saveAnswer, startDraft } from '#lib/domain/report/annual-report.ts';
import type { AnswerKey } from '#lib/domain/form/answer-key.ts';
import type { AnswerChange, AnswerConflict } from '#lib/domain/form/merge-answers.ts';
import { progress } from '#lib/domain/check/form-progress.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { ReportCase } from '#lib/domain/report/report-case.ts';
import type { Actor } from '#lib/server/actor.ts';
import type { ActorDb } from '#lib/server/db/door.ts';
import { recordStep, type LockedReport } from '#lib/server/store/report/annual-report.ts';
import { loadAttachments } from '#lib/server/store/report/attachment.ts';
import { answersOf, formOf, loadDraft, makeDraft, type DraftAnswer } from '#lib/server/store/report/draft.ts';
import { onReport, saveMove } from '#lib/server/store/report/on-report.ts';

export interface SavedBox {
	readonly key: AnswerKey;
	readonly version: number;
}

export interface SavedAnswers {
	readonly saved: readonly SavedBox[];
	readonly conflicts: readonly AnswerConflict[];
	readonly savedAt: Date;
	readonly filled: number;
	readonly asked: number;
}

/**
 * Saves boxes of the draft, each by itself: what one person typed never undoes what another typed elsewhere, and a half-known or wrong
 * answer is saved like any other (domain.md 2). The first save of a year makes the draft; the first save after a return ends the time
 * in which the return may be undone.
 *
 * @returns refusals: not_found, not_your_duty, wrong_state, year_closed, not_open_yet, invalid_input (a key the form does not have).
 */
export function saveAnswers(actor: Actor, reportId: string, changes: readonly AnswerChange[]): Promise<Decision<SavedAnswers>> {
	return onReport(actor, 'saveAnswer', reportId, async (db, report, now) => {
		const form = formOf(report);
		const unknown = changes.filter(({ key }) => !acceptsKey(form, key));
		if (unknown.length > 0)
			return refuse({ code: 'invalid_input', fields: Object.fromEntries(unknown.map(({ key }) => [key.slice(0, 100), 'unknown_field'])) });
		const ready = await readyToSave(db, report, now);
		if (!ready.ok) return ready;
		const draft = await loadDraft(db, report.id);
		const { saved, conflicts, written } = mergeInto(draft, changes);
		if (written.length > 0) await writeAnswers(db, report.id, written);
		const after = answersOf(draft);
		for (const { key, typed } of written) after[key] = typed;
		const { filled, required: asked } = progress(form, after, { attachments: await loadAttachments(db, report.id) });
		await db.sql`
			update annual_report_draft set last_edited_at = ${now}, last_edited_by = ${actor.personId}, answers_filled = ${filled}, answers_asked = ${asked}
			where report_id = ${report.id}::bigint`;
		return { ok: true, saved, conflicts, savedAt: now, filled, asked };
	});
}

/** Starts the draft, or takes up the returned report, where that has not happened yet. Answers and files both begin with it. */
export async function readyToSave(db: ActorDb, report: LockedReport, now: Date): Promise<Decision<object>> {
	if (report.case.state === 'not_started') {
		const started = startDraft(report.case, now);
		if (!started.ok) return started;
		await makeDraft(db, report, 0);
		await saveMove(db, report, started.next, {
			act: 'start-draft',
			at: now,
			article: '11',
			before: { state: 'not_started' },
			after: { state: 'draft' }
		});
		return { ok: true };
	}
	const decided = saveAnswer(report.case, now);
	if (!decided.ok) return decided;
	await takeUp(db, report, decided, now);
	return { ok: true };
}

/** Makes the draft that is missing, and writes down the first edit after a return: from then on it can no longer be undone. */
export async function takeUp(
	db: ActorDb,
	report: LockedReport,
	{ next, touchesReturnId }: { readonly next: ReportCase; readonly touchesReturnId: string | null },
	now: Date
): Promise<void> {
	if (report.case.draftBasedOn === null) await makeDraft(db, report, next.draftBasedOn ?? 0);
	if (touchesReturnId === null) return;
	await db.sql`update report_return set touched_at = ${now} where id = ${touchesReturnId}::bigint`;
	await recordStep(db, report, next, { act: 'start-correction', at: now, versionNo: report.case.currentVersion });
}

function mergeInto(
	draft: ReadonlyMap<AnswerKey, DraftAnswer>,
	changes: readonly AnswerChange[]
): { saved: SavedBox[]; conflicts: AnswerConflict[]; written: { key: string; typed: string; version: number }[] } {
	const saved: SavedBox[] = [];
	const conflicts: AnswerConflict[] = [];
	const written: { key: string; typed: string; version: number }[] = [];
	for (const { key, typed, baseVersion } of new Map(changes.map((change) => [change.key, change])).values()) {
		const theirs = draft.get(key);
		if (theirs && theirs.typed === typed) {
			saved.push({ key, version: theirs.version });
		} else if (theirs && theirs.version > baseVersion) {
			conflicts.push({ key, mine: typed, theirs: theirs.typed, version: theirs.version, byName: theirs.editedByName, at: theirs.editedAt });
		} else if (!theirs && typed === '') {
			saved.push({ key, version: 0 });
		} else {
			const version = (theirs?.version ?? 0) + 1;
			saved.push({ key, version });
			written.push({ key, typed, version });
		}
	}
	return { saved, conflicts, written };
}

async function writeAnswers({ sql, actor }: ActorDb, reportId: string, written: readonly { key: string; typed: string; version: number }[]): Promise<void> {
	await sql`
		insert into draft_answer (report_id, answer_key, typed, version, edited_by, edited_by_name)
		select ${reportId}::bigint, key, typed, version, ${actor.personId}, ${actor.personName}
		from unnest(${written.map(({ key }) => key)}::text[], ${written.map(({ typed }) => typed)}::text[], ${written.map(({ version }) => version)}::int[])
			as given (key, typed, version)
		on conflict (report_id, answer_key) do update set
			typed = excluded.typed, version = excluded.version, edited_by = excluded.edited_by, edited_by_name = excluded.edited_by_name, edited_at = app_now()`;
}
