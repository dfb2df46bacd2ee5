/** What a filing page knows while somebody works on it: the texts, what the rules say of them, and where each stands on its way to the server. */
import { answerKey, type AnswerKey } from '#lib/domain/form/answer-key.ts';
import { formFor, type AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import type { Check } from '#lib/domain/check/check.ts';
import { runChecks } from '#lib/domain/check/checks.ts';
import { judgeCriteria, type CriterionFinding } from '#lib/domain/check/criteria.ts';
import { readFigures, withReport, type HistoryFigures, type ReadFigures } from '#lib/domain/form/figures.ts';
import type { FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { AnswerConflict } from '#lib/domain/form/merge-answers.ts';
import { createAutosaveQueue, type AutosaveQueue, type QueueState } from './autosave-queue.ts';
import { deviceCopy } from './device-copy.ts';
import type { FilingSectionData } from '#lib/server/reads/enterprise/filing-data.ts';
import { answerSender } from './send-answers.ts';

/** A change that can be taken back with one tap: what stood in the boxes before. */
export interface Undo {
	readonly note: string;
	readonly before: Readonly<Record<AnswerKey, string>>;
}

export interface FilingDesk {
	readonly data: FilingSectionData;
	readonly form: AnnualReportForm;
	readonly editable: boolean;
	readonly checks: readonly Check[];
	readonly findings: readonly CriterionFinding[];
	readonly read: ReadFigures;
	/** Everything stated, this report included. */
	readonly known: HistoryFigures;
	readonly state: QueueState;
	readonly conflicts: readonly AnswerConflict[];
	/** The session ended; nothing is tried until somebody signed in again. */
	readonly signedOut: boolean;
	readonly undo: Undo | null;
	text: (key: AnswerKey) => string;
	/** A person typed into a box. */
	type: (key: AnswerKey, text: string) => void;
	/** Several boxes at once (a pasted block, a correction taken), with the way back. */
	lay: (changes: readonly { readonly key: AnswerKey; readonly typed: string }[], note: string) => void;
	takeBack: () => void;
	/** Esc: the box as the server has it. */
	restore: (key: AnswerKey) => void;
	resolve: (key: AnswerKey, choice: 'mine' | 'theirs') => void;
	flush: () => Promise<void>;
	/** Signed in again: sends what waits. */
	resume: () => void;
	checksOf: (fieldId: string, basis?: FigureBasis | null) => readonly Check[];
	/** Starts what only a browser does; returns the way to end it. */
	begin: () => () => void;
}

/** `given`: texts a refused plain post brought back, laid over the server's. */
export function createFilingDesk(data: FilingSectionData, given: Readonly<Record<AnswerKey, string>> = {}): FilingDesk {
	const { head, boxes, history, far, policy, attachments } = data;
	const form = formFor(head.formVersion, head.category);
	if (form === null) throw new Error(`form ${head.formVersion} does not exist`);
	const texts = $state<Record<AnswerKey, string>>({ ...Object.fromEntries(Object.entries(boxes).map(([key, box]) => [key, box.typed])), ...given });
	let state = $state<QueueState>({ kind: 'idle' });
	let conflicts = $state<readonly AnswerConflict[]>([]);
	let undo = $state<Undo | null>(null);
	let signedOut = $state(false);
	let queue: AutosaveQueue | null = null;

	const earlier = history.filter((stated) => stated.reportYear < head.year);
	const read = $derived(readFigures(form, head.year, texts, earlier));
	const known = $derived(withReport(earlier, head.year, read.rows, read.earlier));
	const checks = $derived(runChecks({ form, year: head.year, channelKind: head.channelKind, answers: texts, history: earlier, attachments, policy, far }));
	const findings = $derived(judgeCriteria({ policy, category: head.category, runningYear: head.year, known, answers: texts }));
	const editable = head.lock === null;

	function set(key: AnswerKey, typed: string) {
		texts[key] = typed;
		queue?.typed(key, typed);
	}

	return {
		data,
		form,
		editable,
		get checks() {
			return checks;
		},
		get findings() {
			return findings;
		},
		get read() {
			return read;
		},
		get known() {
			return known;
		},
		get state() {
			return state;
		},
		get conflicts() {
			return conflicts;
		},
		get signedOut() {
			return signedOut;
		},
		get undo() {
			return undo;
		},
		text: (key) => texts[key] ?? '',
		type(key, typed) {
			if (editable) set(key, typed);
		},
		lay(changes, note) {
			if (!editable || changes.length === 0) return;
			undo = { note, before: Object.fromEntries(changes.map(({ key }) => [key, texts[key] ?? ''])) };
			for (const { key, typed } of changes) set(key, typed);
		},
		takeBack() {
			for (const [key, typed] of Object.entries(undo?.before ?? {})) set(key, typed);
			undo = null;
		},
		restore(key) {
			if (editable) set(key, queue?.savedText(key) ?? boxes[key]?.typed ?? '');
		},
		resolve(key, choice) {
			const conflict = conflicts.find((entry) => entry.key === key);
			if (!conflict) return;
			if (choice === 'theirs') texts[key] = conflict.theirs;
			queue?.resolve(key, choice);
		},
		flush: () => (signedOut ? Promise.resolve() : (queue?.flush() ?? Promise.resolve())),
		resume: () => void queue?.flush(),
		checksOf: (fieldId, basis) => checks.filter((check) => check.fieldId === fieldId && (basis === undefined || check.basis === basis)),
		begin() {
			if (!editable) return () => undefined;
			const copy = deviceCopy(data.personId, head.reportId);
			const server = Object.fromEntries(Object.entries(boxes).map(([key, { typed, version }]) => [key, { typed, version }]));
			const made = createAutosaveQueue(server, {
				send: answerSender(head.path),
				keeping: copy,
				later: (work, ms) => {
					const timer = setTimeout(work, ms);
					return () => clearTimeout(timer);
				},
				onstate: (next) => {
					state = next;
					if (next.kind === 'signed_out') signedOut = true;
					else if (next.kind === 'saved' || next.kind === 'refused') signedOut = false;
				},
				onconflicts: (next) => (conflicts = next)
			});
			queue = made;
			for (const [key, typed] of Object.entries(given)) made.typed(key, typed);
			copy.all().then(
				(kept) =>
					Object.assign(
						texts,
						made.takeUp(kept, (key) => ({ byName: boxes[key]?.byName ?? '', at: boxes[key]?.at ?? new Date(0) }))
					),
				() => undefined
			);
			const online = () => void made.flush();
			addEventListener('online', online);
			return () => {
				removeEventListener('online', online);
				void made.flush().finally(() => made.stop());
			};
		}
	};
}

/** Keys of the two boxes of a figure. */
export const boxKeys = (fieldId: string) => ({ final: answerKey(fieldId, 'final'), forecast: answerKey(fieldId, 'forecast') });
