import { SECTION_IDS, type SectionId } from '#lib/domain/form/annual-report-fields.ts';
import { fieldById, type AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import { parseAnswerKey, parseExplanationKey } from '#lib/domain/form/answer-key.ts';
import { courtOf } from '#lib/domain/report/court.ts';
import { sectionOfCheck } from '#lib/domain/check/form-progress.ts';
import { isActionOpen } from '#lib/domain/report/report-actions.ts';
import { isClosed } from '#lib/domain/report/report-case.ts';
import { undeliveredAs } from '#lib/domain/report/year-outcome.ts';
import { draftOf } from '#lib/domain/form/report-content.ts';
import { effectiveDueOn, enterpriseDueOn } from '#lib/domain/report/reporting-year.ts';
import type { FilingHead, FilingSectionData, Lock, ServerBox, StandingReturn } from './filing-data.ts';
import { explanationReasonWords, explanationRefusalWords, saidAll } from '#lib/words/explanation-words.ts';
import { fieldDefinition } from '#lib/words/form-definitions.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import { loadHistory } from '#lib/server/store/report/annual-figure.ts';
import { viewReport, type LockedReport } from '#lib/server/store/report/annual-report.ts';
import { loadAttachments } from '#lib/server/store/report/attachment.ts';
import { formOf, loadContent, loadDraft } from '#lib/server/store/report/draft.ts';
import { loadFar } from '#lib/server/store/trend/filer-limits.ts';
import { loadPolicy } from '#lib/server/store/report/policy.ts';
import { loadStandingReturn } from '#lib/server/store/report/return-comment.ts';
import { findOwnReport, type OwnReport } from './filing-report.ts';

/** Powers /enterprise/reports/[year]/[section]. Null: no such report of one's own, or no such section in its form. */
export function readFilingSection(actor: Actor, address: string, section: string, now: Date): Promise<FilingSectionData | null> {
	return asActor(
		actor,
		async (db) => {
			const known = SECTION_IDS.find((id) => id === section);
			const found = known === undefined ? null : await loadFiling(db, address, now);
			if (found === null || known === undefined || !found.form.sections.includes(known)) return null;
			const { report, form, head, boxes } = found;
			const { year, policyVersion } = report.case.year;
			const history = await loadHistory(db, report.designationId, year);
			const answers = Object.fromEntries(Object.entries(boxes).map(([key, box]) => [key, box.typed]));
			return {
				head,
				section: known,
				boxes,
				history,
				far: await loadFar(db, { form, year, answers, history }),
				policy: await loadPolicy(db, policyVersion),
				attachments: (await loadAttachments(db, report.id)).map(({ slotId, name, sha256, sizeBytes }) => ({ slotId, name, sha256, sizeBytes })),
				definitions: Object.fromEntries(
					[...found.form.fields, ...found.form.derived].filter((entry) => entry.section === known).map(({ id }) => [id, fieldDefinition(id)])
				),
				explain: { reasons: saidAll(explanationReasonWords), refusals: saidAll(explanationRefusalWords) },
				personId: actor.personId
			};
		},
		{ readOnly: true }
	);
}

/** A report of one's own with its boxes: the draft, or what the current version states where there is none. */
export async function loadFiling(
	db: ActorDb,
	address: string,
	now: Date
): Promise<{ own: OwnReport; report: LockedReport; form: AnnualReportForm; head: FilingHead; boxes: Record<string, ServerBox> } | null> {
	const own = await findOwnReport(db, address);
	const report = own === null ? undefined : await viewReport(db, own.id);
	if (own === null || !report) return null;
	const form = formOf(report);
	const returned = report.case.state === 'returned' || report.case.draftBasedOn !== null ? await loadStandingReturn(db, report.id) : null;
	const head: FilingHead = {
		reportId: report.id,
		year: report.case.year.year,
		category: report.category,
		channelKind: report.case.channelKind,
		path: own.path,
		state: report.case.state,
		currentVersion: report.case.currentVersion,
		enterpriseName: report.enterpriseName,
		creditCode: report.creditCode,
		formVersion: report.case.year.formVersion,
		lock: lockOf(report, db.actor, now),
		dueOn: effectiveDueOn(report.case.year, report.case.extensionOn, report.case.owedOn),
		ownDueOn: enterpriseDueOn(report.case.year, own.channelOwnOn, report.case.extensionOn, report.case.owedOn),
		returned:
			returned &&
			({
				...returned,
				remarks: returned.remarks.map(({ id, answerKey, remark, answer, oldValue }) => ({
					id,
					key: answerKey,
					section: sectionOfKey(form, answerKey),
					remark,
					answer: answer ?? '',
					oldValue
				}))
			} satisfies StandingReturn)
	};
	return { own, report, form, head, boxes: await loadBoxes(db, report) };
}

async function loadBoxes(db: ActorDb, report: LockedReport): Promise<Record<string, ServerBox>> {
	const boxes: Record<string, ServerBox> = {};
	if (report.case.draftBasedOn !== null) {
		for (const { key, typed, version, editedByName, editedAt } of (await loadDraft(db, report.id)).values())
			boxes[key] = { typed, version, byName: editedByName, at: editedAt };
	} else if (report.case.currentVersion > 0) {
		const content = await loadContent(db, report.id, report.case.currentVersion);
		for (const [key, typed] of Object.entries(content ? draftOf(content) : {})) boxes[key] = { typed, version: 0, byName: null, at: null };
	}
	const shown = { enterprise_name: report.enterpriseName, credit_code: report.creditCode };
	for (const [key, typed] of Object.entries(shown)) boxes[key] = { typed, version: 0, byName: null, at: null };
	return boxes;
}

/** Where a remark is shown: beside its box, or with the files. */
function sectionOfKey(form: AnnualReportForm, key: string | null): SectionId | null {
	if (key === null) return null;
	const explained = parseExplanationKey(key);
	const fieldId = explained === null ? (parseAnswerKey(key)?.fieldId ?? key) : explained.checkKey.slice(explained.checkKey.indexOf('/') + 1);
	return fieldById(form, fieldId)?.section ?? sectionOfCheck(form, fieldId);
}

/** The reason nothing can be typed, in the order a person would ask; null when it can. */
function lockOf(report: LockedReport, actor: Actor, now: Date): Lock | null {
	const who = { kind: actor.orgKind, duty: actor.duty };
	const { state } = report.case;
	const undelivered = undeliveredAs(state, isClosed(report.case), report.case.firstForwardedAt !== null);
	if (isActionOpen(report.case, who, 'saveAnswer', now) || isActionOpen(report.case, who, 'startDraft', now)) return null;
	if (undelivered === 'not_filed') return { kind: 'not_filed', submittedAt: report.case.firstSubmittedAt };
	if (undelivered === 'not_delivered') return { kind: 'not_delivered' };
	if (state === 'submitted') {
		return {
			kind: 'at_channel',
			court: courtOf(report.case),
			submittedAt: report.case.submittedAt,
			withdrawable: isActionOpen(report.case, who, 'withdraw', now)
		};
	}
	if (state === 'forwarded') return { kind: 'forwarded', at: report.case.forwardedAt };
	if (state === 'received') return { kind: 'received', at: report.case.receivedAt };
	if (state === 'excused' || state === 'not_owed') return { kind: state };
	if (isClosed(report.case)) return { kind: 'year_closed' };
	return actor.duty === 'reader' ? { kind: 'reader' } : { kind: 'not_open_yet', opensOn: report.case.year.opensOn };
}
