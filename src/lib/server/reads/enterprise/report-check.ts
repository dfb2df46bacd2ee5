import { answerKey, answerAt, type Answers } from '#lib/domain/form/answer-key.ts';
import type { AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import type { SectionId } from '#lib/domain/form/annual-report-fields.ts';
import type { Check } from '#lib/domain/check/check.ts';
import { blocking } from '#lib/domain/check/checks.ts';
import { criterionLimits, type CriterionFinding } from '#lib/domain/check/criteria.ts';
import { judgeAnswers } from '#lib/domain/check/judgement.ts';
import { parseDecimal } from '#lib/domain/decimal.ts';
import { growth, readFigures, type Growth, type HistoryFigures } from '#lib/domain/form/figures.ts';
import { sectionOfCheck } from '#lib/domain/check/form-progress.ts';
import { daysAfter } from '#lib/domain/report/lateness.ts';
import { frozenAnswers } from '#lib/domain/form/report-content.ts';
import { dutyRefusal } from '#lib/domain/duties.ts';
import type { Decision, Refusal } from '#lib/domain/refusal.ts';
import { askApprover } from '#lib/domain/report/annual-report.ts';
import { isActionOpen } from '#lib/domain/report/report-actions.ts';
import { asksLateReason } from '#lib/domain/report/annual-report.ts';
import type { ChannelKind } from '#lib/domain/parties.ts';
import type { FilingHead } from './filing-data.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asActor, type ActorDb } from '#lib/server/db/door.ts';
import { loadHistory } from '#lib/server/store/report/annual-figure.ts';
import { loadAttachments } from '#lib/server/store/report/attachment.ts';
import { loadFar } from '#lib/server/store/trend/filer-limits.ts';
import { loadPolicy } from '#lib/server/store/report/policy.ts';
import { loadFiling } from './filing-section.ts';
import type { Office } from './filing-report.ts';

/** One line of the answers: a figure with both years, a computed figure, or a text. */
export interface AnswerLine {
	readonly fieldId: string;
	readonly kind: 'figure' | 'derived' | 'text';
	/** Last year, audited. */
	readonly final: string | null;
	/** This year, expected. */
	readonly forecast: string | null;
	readonly text: string | null;
	/** The forecast column sets a forecast against an audited figure: marked wherever it is shown. */
	readonly mixed: boolean;
	/** The manufacturing field a line of its table is about. */
	readonly industry: string | null;
	/** The audited year before last year's a line states. */
	readonly forYear: number | null;
	/** What a criterion sets for it: the figures then show enough digits to stand on their side of it. */
	readonly limit: string | null;
	/** This year on last year; rates move in points. */
	readonly change: Growth | null;
}

export interface PlacedCheck {
	readonly check: Check;
	/** Where it is mended. */
	readonly section: SectionId | null;
	readonly reasonCode: string;
	readonly sentence: string;
}

export interface ReportCheckData {
	readonly head: FilingHead;
	readonly checks: readonly PlacedCheck[];
	readonly findings: readonly CriterionFinding[];
	readonly sections: readonly { readonly section: SectionId; readonly lines: readonly AnswerLine[] }[];
	readonly files: readonly { readonly id: string; readonly slotId: string; readonly name: string }[];
	/** Calendar days after the ministries' date; 0 while in time. */
	readonly daysLate: number;
	/** The first submission after the date says why. */
	readonly asksLateReason: boolean;
	readonly maySubmit: boolean;
	/** Who may, for those who may not. */
	readonly approvers: readonly string[];
	/** Whether this person may ask them at all, and why not now. */
	readonly mayAsk: boolean;
	readonly askRefusal: Refusal | null;
	/** Remarks of the standing return that nobody has answered. */
	readonly unanswered: number;
	/** When somebody here last asked them. */
	readonly askedAt: Date | null;
	readonly channelKind: ChannelKind;
	readonly channelName: string;
	readonly channelNameEn: string;
	readonly offices: readonly Office[];
}

/** Powers /enterprise/reports/[year]/check. Null: no such report of one's own. */
export function readReportCheck(actor: Actor, address: string, now: Date): Promise<ReportCheckData | null> {
	return asActor(
		actor,
		async (db) => {
			const found = await loadFiling(db, address, now);
			if (found === null) return null;
			const { own, report, form, head, boxes } = found;
			const { year, policyVersion } = report.case.year;
			const answers: Answers = Object.fromEntries(Object.entries(boxes).map(([key, box]) => [key, box.typed]));
			const history = await loadHistory(db, report.designationId, year);
			const attachments = await loadAttachments(db, report.id);
			const policy = await loadPolicy(db, policyVersion);
			const far = await loadFar(db, { form, year, answers, history });
			const { checks, findings } = judgeAnswers({ form, year, channelKind: report.case.channelKind, answers, history, attachments, policy, far });
			const maySubmit = isActionOpen(report.case, { kind: actor.orgKind, duty: actor.duty }, 'submit', now);
			const others = actor.duty === 'approver' ? { approvers: [], askedAt: null } : await approversOf(db, report.id);
			const unanswered = head.returned?.remarks.filter(({ answer }) => answer === '').length ?? 0;
			const submission = {
				blockingChecks: blocking(checks).map((check) => check.key),
				changedSinceReturn: true,
				answeredComments: (head.returned?.remarks.length ?? 0) - unanswered
			};
			return {
				head,
				checks: checks.map((check) => ({
					check,
					section: sectionOfCheck(form, check.fieldId),
					reasonCode: answerAt(answers, `explain:${check.key}:reason`),
					sentence: answerAt(answers, `explain:${check.key}:text`)
				})),
				findings,
				sections: answerLines(form, year, answers, history, criterionLimits(policy, form.category)),
				files: attachments.map(({ id, slotId, name }) => ({ id, slotId, name })),
				daysLate: daysAfter(head.dueOn, now),
				asksLateReason: asksLateReason(report.case, now),
				maySubmit,
				...others,
				mayAsk: dutyRefusal({ kind: actor.orgKind, duty: actor.duty }, 'askApprover') === null,
				askRefusal: refusalOf(askApprover(report.case, submission, others.askedAt, now)),
				unanswered,
				channelKind: report.case.channelKind,
				channelName: own.channelName,
				channelNameEn: own.channelNameEn,
				offices: own.offices
			};
		},
		{ readOnly: true }
	);
}

/** Every answer in the order of the form, figures with both years and the change between them. */
export function answerLines(
	form: AnnualReportForm,
	year: number,
	answers: Answers,
	history: HistoryFigures,
	limits: ReadonlyMap<string, string>
): ReportCheckData['sections'] {
	const { derived } = readFigures(form, year, answers, history, limits);
	const limitOf = (id: string) => limits.get(id) ?? null;
	// As they would be frozen: 81,000.50 and ９００００ are figures with a unit and a change, not words.
	const read = frozenAnswers(form, answers);
	return form.sections
		.filter((section) => section !== 'attachments')
		.map((section) => {
			const typed = form.fields
				.filter((field) => field.section === section)
				.flatMap((field): AnswerLine[] => {
					const said = (key: string) => answerAt(read, key) || null;
					const blank = { fieldId: field.id, final: null, forecast: null, text: null, change: null, mixed: false, industry: null, forYear: null, limit: null };
					if (field.earlier) {
						const text = said(field.id);
						return text === null ? [] : [{ ...blank, kind: 'text', text, forYear: year - field.earlier.back, limit: limitOf(field.earlier.of) }];
					}
					// A row of the table of fields is one line, named by its field; an empty row is none.
					if (field.row !== undefined && field.kind === 'choice') return [];
					if (field.bases.length === 0) return [{ ...blank, kind: 'text', text: said(answerKey(field.id)) }];
					const [final, forecast] = [said(answerKey(field.id, 'final')), said(answerKey(field.id, 'forecast'))];
					const industry = field.row === undefined ? null : said(`mfg_field_${field.row}`);
					if (field.row !== undefined && industry === null && final === null && forecast === null) return [];
					return [{ ...blank, kind: 'figure', final, forecast, industry, limit: limitOf(field.id), change: changeOf(final, forecast, 'amount') }];
				});
			const computed = form.derived
				.filter((formula) => formula.section === section)
				.map((formula): AnswerLine => {
					const at = (basis: 'final' | 'forecast') => derived.find((value) => value.id === formula.id && value.basis === basis);
					const [final, forecast] = [at('final')?.value ?? null, at('forecast')?.value ?? null];
					// A growth of a growth says nothing.
					const change = formula.kind === 'share' || formula.kind === 'sum' ? changeOf(final, forecast, formula.kind === 'share' ? 'rate' : 'amount') : null;
					const mixed = forecast !== null && at('forecast')?.mixed === true;
					return {
						fieldId: formula.id,
						kind: 'derived',
						final,
						forecast,
						text: null,
						change,
						mixed,
						industry: null,
						forYear: null,
						limit: limitOf(formula.id)
					};
				});
			return { section, lines: [...typed, ...computed] };
		});
}

function refusalOf(decided: Decision<object>): Refusal | null {
	return decided.ok ? null : decided.refusal;
}

function changeOf(final: string | null, forecast: string | null, unit: 'amount' | 'rate'): Growth | null {
	if (final === null || forecast === null || parseDecimal(final) === null || parseDecimal(forecast) === null) return null;
	return growth({ value: forecast, basis: 'forecast' }, { value: final, basis: 'final' }, unit);
}

async function approversOf({ sql, actor }: ActorDb, reportId: string): Promise<{ approvers: readonly string[]; askedAt: Date | null }> {
	const rows = await sql<{ name: string; asked_at: Date | null }[]>`
		select p.name, (select v.at from report_event v where v.report_id = ${reportId}::bigint and v.act = 'ask-approver' order by v.id desc limit 1) as asked_at
		from membership b join person p on p.id = b.person_id
		where b.org_id = ${actor.orgId}::bigint and b.duty = 'approver' and b.ended_at is null and p.disabled_at is null order by p.name, p.id`;
	return { approvers: rows.map((row) => row.name), askedAt: rows[0]?.asked_at ?? null };
}
