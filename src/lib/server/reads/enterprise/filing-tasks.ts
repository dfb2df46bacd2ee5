import { keysOf } from '#lib/domain/form/annual-report-form.ts';
import { explanationKey, answerAt, type Answers } from '#lib/domain/form/answer-key.ts';
import { runChecks } from '#lib/domain/check/checks.ts';
import { progress, sectionOfCheck } from '#lib/domain/check/form-progress.ts';
import type { SectionId } from '#lib/domain/form/annual-report-fields.ts';
import type { FilingTasksData, ServerBox } from './filing-data.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor } from '#lib/server/db/door.ts';
import { loadHistory } from '#lib/server/store/report/annual-figure.ts';
import { loadAttachments } from '#lib/server/store/report/attachment.ts';
import { loadOwnDutyNotes } from '#lib/server/store/report/duty-notes.ts';
import { loadPolicy } from '#lib/server/store/report/policy.ts';
import { loadFar } from '#lib/server/store/trend/filer-limits.ts';
import { loadFiling } from './filing-section.ts';

/** Powers /enterprise/reports/[year]. Null: no such report of one's own. */
export function readFilingTasks(actor: Actor, address: string, now: Date): Promise<FilingTasksData | null> {
	return asActor(
		actor,
		async (db) => {
			const found = await loadFiling(db, address, now);
			if (found === null) return null;
			const { own, report, form, head, boxes } = found;
			const { year, policyVersion } = report.case.year;
			const answers: Answers = Object.fromEntries(Object.entries(boxes).map(([key, box]) => [key, box.typed]));
			const attachments = await loadAttachments(db, report.id);
			const history = await loadHistory(db, report.designationId, year);
			const policy = await loadPolicy(db, policyVersion);
			const far = await loadFar(db, { form, year, answers, history });
			const checks = runChecks({ form, year, channelKind: report.case.channelKind, answers, history, attachments, policy, far });
			const state = progress(form, answers, { checks, attachments });
			const lastFile = attachments.at(-1);
			const sections = state.sections.map((section) => {
				const last =
					section.section === 'attachments'
						? null
						: lastEdit(form.fields.filter((field) => field.section === section.section).flatMap(keysOf), explanationsIn(section.section), boxes);
				const file = section.section === 'attachments' && lastFile ? { byName: lastFile.uploadedByName, at: lastFile.uploadedAt } : null;
				return { ...section, lastByName: (file ?? last)?.byName ?? null, lastAt: (file ?? last)?.at ?? null };
			});
			function explanationsIn(section: SectionId): readonly string[] {
				return checks
					.filter((check) => sectionOfCheck(form, check.fieldId) === section)
					.flatMap((check) => [explanationKey(check.key, 'reason'), explanationKey(check.key, 'text')]);
			}
			const notes = report.case.year.closedAt === null ? [] : await loadOwnDutyNotes(db);
			return {
				head,
				notes: notes.filter((one) => one.designationId === report.designationId && one.year === year),
				sections,
				filled: state.filled,
				asked: state.required,
				lastSavedAt: latest(Object.values(boxes))?.at ?? null,
				contacts: [1, 2].flatMap((place) => {
					const name = answerAt(answers, `contact${place}_name`).trim();
					return name === ''
						? []
						: [{ name, phone: answerAt(answers, `contact${place}_phone`).trim() || null, email: answerAt(answers, `contact${place}_email`).trim() || null }];
				}),
				offices: own.offices,
				channelName: own.channelName,
				channelNameEn: own.channelNameEn
			};
		},
		{ readOnly: true }
	);
}

function lastEdit(keys: readonly string[], more: readonly string[], boxes: Readonly<Record<string, ServerBox>>): ServerBox | null {
	return latest([...keys, ...more].flatMap((key) => (Object.hasOwn(boxes, key) && boxes[key] ? [boxes[key]] : [])));
}

/** The box somebody typed into last; prefilled ones were typed by nobody. */
function latest(boxes: readonly ServerBox[]): ServerBox | null {
	return boxes.reduce<ServerBox | null>(
		(last, box) => (box.version > 0 && box.at !== null && (last === null || last.at === null || box.at > last.at) ? box : last),
		null
	);
}
