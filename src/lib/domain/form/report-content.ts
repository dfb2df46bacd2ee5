/**
 * What is frozen when a report is submitted: everything a later reader needs to see the version exactly as it was, in one canonical
 * text whose SHA-256 stands on the receipt. A later download is this text, byte for byte (domain.md 8).
 */
import type { AnswerKey, Answers } from './answer-key.ts';
import { answerAt, parseAnswerKey, parseExplanationKey } from './answer-key.ts';
import { keysOf, type AnnualReportForm } from './annual-report-form.ts';
import { readNumber } from './number-reading.ts';
import type { AttachmentFact } from './attachment-slot.ts';
import type { Category } from '#lib/domain/parties.ts';

export interface ReportContent {
	/** Layout of this text itself, so that a reader in twenty years knows how to read it. */
	readonly layout: 1;
	readonly reportYear: number;
	readonly version: number;
	readonly formVersion: string;
	readonly policyVersion: string;
	readonly category: Category;
	readonly enterprise: { readonly name: string; readonly creditCode: string };
	readonly channel: { readonly id: string; readonly name: string };
	/** Numbers as canonical decimals, texts as typed without outer white space; empty boxes are left out. */
	readonly answers: Answers;
	readonly attachments: readonly (AttachmentFact & { readonly id: string; readonly contentType: string })[];
	/** Warnings the filer explained, with the rule that raised each. */
	readonly explained: readonly { readonly checkKey: string; readonly basis: string; readonly reasonCode: string; readonly text: string }[];
	/** 填写说明第三条: who declared that the content is true. */
	readonly declaration: { readonly personName: string; readonly declaredAt: string };
	readonly late: { readonly reasonCode: string; readonly reason: string } | null;
}

/** The answers with what the register said beside them: name and code are not typed, and a paper without them names nobody. */
export function statedAnswers({ answers, enterprise }: Pick<ReportContent, 'answers' | 'enterprise'>): Answers {
	return { ...answers, enterprise_name: enterprise.name, credit_code: enterprise.creditCode };
}

/** Answers as they are frozen: only keys of the form, numbers canonical (１，２３４.5 → 1234.5), texts trimmed, explanations kept. */
export function frozenAnswers(form: AnnualReportForm, answers: Answers): Record<AnswerKey, string> {
	const frozen: Record<AnswerKey, string> = {};
	for (const field of form.fields) {
		for (const key of keysOf(field)) {
			const typed = answerAt(answers, key).trim();
			if (typed === '') continue;
			if (field.kind === 'money' || field.kind === 'count') {
				const reading = readNumber(typed, field.kind, { negative: field.negative });
				frozen[key] = reading.ok && reading.value !== null ? reading.value : typed;
			} else {
				frozen[key] = typed;
			}
		}
	}
	return frozen;
}

/** The explanations among the answers that belong to the given warnings, both parts filled. */
export function explanationsOf(
	answers: Answers,
	checkKeys: readonly string[]
): readonly { readonly checkKey: string; readonly reasonCode: string; readonly text: string }[] {
	return checkKeys.flatMap((checkKey) => {
		const reasonCode = answerAt(answers, `explain:${checkKey}:reason`).trim();
		const text = answerAt(answers, `explain:${checkKey}:text`).trim();
		return reasonCode === '' && text === '' ? [] : [{ checkKey, reasonCode, text }];
	});
}

/** The draft a correction starts with: the answers of the version sent back and its explanations, as they were typed then. */
export function draftOf(content: ReportContent): Record<AnswerKey, string> {
	const draft: Record<AnswerKey, string> = {};
	for (const [key, typed] of Object.entries(content.answers)) if (parseAnswerKey(key)) draft[key] = typed;
	for (const { checkKey, reasonCode, text } of content.explained) {
		for (const [part, typed] of [
			['reason', reasonCode],
			['text', text]
		] as const) {
			const key = `explain:${checkKey}:${part}`;
			if (typed !== '' && parseExplanationKey(key)) draft[key] = typed;
		}
	}
	return draft;
}

/** Whether a draft or its files differ from what a version states. Declaration and time do not count as a change. */
export function differsFrom(
	content: ReportContent,
	form: AnnualReportForm,
	answers: Answers,
	attachments: readonly AttachmentFact[],
	explained: readonly { readonly checkKey: string; readonly reasonCode: string; readonly text: string }[]
): boolean {
	const files = (list: readonly AttachmentFact[]) => canonicalJson(list.map(({ slotId, sha256, name }) => `${slotId} ${sha256} ${name}`).sort());
	const words = (list: typeof explained) => canonicalJson(list.map(({ checkKey, reasonCode, text }) => canonicalJson([checkKey, reasonCode, text])).sort());
	return (
		canonicalJson(frozenAnswers(form, answers)) !== canonicalJson(content.answers) ||
		files(attachments) !== files(content.attachments) ||
		words(explained) !== words(content.explained)
	);
}

/** JSON with keys in code-point order and no white space: equal contents give equal bytes. */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	if (value !== null && typeof value === 'object') {
		const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
		entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
		return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`;
	}
	const text = JSON.stringify(value);
	if (text === undefined) throw new TypeError('only JSON values can be frozen');
	return text;
}

/** Reads back a frozen text. Throws when it is none of ours: that is a fault of the store, not of a user. */
export function readContent(text: string): ReportContent {
	const value: unknown = JSON.parse(text);
	if (value === null || typeof value !== 'object' || !('layout' in value) || value.layout !== 1) throw new TypeError('not a frozen report');
	return value as ReportContent;
}
