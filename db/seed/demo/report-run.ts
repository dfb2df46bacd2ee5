import { createHash } from 'node:crypto';
import * as moves from '#lib/domain/report/annual-report.ts';
import { prefill, type AnnualReportForm } from '#lib/domain/form/annual-report-form.ts';
import type { AttachmentFact } from '#lib/domain/form/attachment-slot.ts';
import { blocking, runChecks } from '#lib/domain/check/checks.ts';
import { courtOf } from '#lib/domain/report/court.ts';
import { yearOfBasis } from '#lib/domain/form/annual-report-form.ts';
import { fieldRevenues } from '#lib/domain/form/field-revenue.ts';
import { VERDICT_RULE } from '#lib/domain/check/criteria.ts';
import { judgeAnswers } from '#lib/domain/check/judgement.ts';
import { METRICS, type FigureRow } from '#lib/domain/form/figure-metric.ts';
import type { HistoryFigures } from '#lib/domain/form/figures.ts';
import { progress } from '#lib/domain/check/form-progress.ts';
import { opinionArticle, type Department, type Ministry } from '#lib/domain/parties.ts';
import type { DemoChannel, DemoDesignation, DemoEnterprise, DemoOffice, DemoPerson } from './parties.ts';
import type { Policy } from '#lib/domain/policy.ts';
import { receiptNumber } from '#lib/domain/report/receipt-number.ts';
import { explainedWarnings, keptVerdictOf, versionContent, versionCounts } from '#lib/domain/report/report-version.ts';
import { isClosed, newReportCase, type ReportCase } from '#lib/domain/report/report-case.ts';
import { closeReport } from '#lib/domain/report/report-exceptions.ts';
import { canonicalJson, draftOf, type ReportContent } from '#lib/domain/form/report-content.ts';
import type { ReportingYear } from '#lib/domain/report/reporting-year.ts';
import type { Decision } from '#lib/domain/refusal.ts';
import { lateDayFactsOf, spanToExplain, type LateReasonOffice } from '#lib/domain/report/late-reason.ts';
import type { Transition } from '#lib/domain/report/lateness.ts';
import type { Day } from '#lib/domain/day.ts';
import { explanationFor, LATE_SENTENCES, officeLateReason } from './narratives.ts';
import { iso, journalLine, type Harvest, type Row } from './rows.ts';
import type { SyntheticFile } from './synthetic-file.ts';

/** The report of one designation for one year, as it was when the year was opened. */
export interface OwedReport {
	readonly id: number;
	readonly firm: DemoEnterprise;
	readonly designation: DemoDesignation;
	readonly year: ReportingYear;
	readonly channel: DemoChannel;
	readonly enterpriseName: string;
	readonly form: AnnualReportForm;
	readonly policy: Policy;
	/** What the earlier years' current versions state. */
	readonly history: HistoryFigures;
	/** The answers last year ended with, for what is carried over. */
	readonly previous: Readonly<Record<string, string>> | null;
}

export interface Frozen {
	readonly content: ReportContent;
	readonly rows: { readonly final: FigureRow; readonly forecast: FigureRow };
	readonly submittedAt: number;
}

/** Leads one report through its life by the domain's own moves, and writes down what the acts would have written. */
export function reportRun(
	owed: OwedReport,
	harvest: Harvest,
	next: { readonly returnId: () => number; readonly commentId: () => number; readonly opinionId: () => number }
) {
	let now: ReportCase = newReportCase(owed.channel.kind, { ...owed.year, closedAt: null });
	let frozen: Frozen | null = null;
	let draft: Row | null = null;
	let draftAnswers: Row[] = [];
	const versions: Record<string, unknown>[] = [];
	const returns: Record<string, unknown>[] = [];
	const comments: Record<string, unknown>[] = [];
	const opinions: Record<string, unknown>[] = [];
	const files: (AttachmentFact & { readonly id: string; readonly contentType: string })[] = [];
	const hands: Transition[] = [];
	const spokenOf = new Map<LateReasonOffice, Day>();
	let late: ReportContent['late'] = null;
	const { firm, form } = owed;
	const enterprise = firm.office;

	function step(office: DemoOffice, person: DemoPerson, act: string, at: number, moved: ReportCase, versionNo: number | null, detail: Row = {}): void {
		now = moved;
		hands.push({ at: new Date(at), court: courtOf(moved) });
		harvest.rows.report_event.push({
			at: iso(at),
			report_id: owed.id,
			act,
			by_kind: office.kind,
			person_name: person.name,
			version_no: versionNo,
			state: moved.state,
			court: courtOf(moved),
			detail
		});
	}
	/** What an office says of the late days it has not spoken of; one in five says nothing. */
	function explain(office: DemoOffice, owner: LateReasonOffice, at: number): void {
		const span = spanToExplain(lateDayFactsOf(now, hands), owner, spokenOf.get(owner) ?? null, new Date(at));
		if (span === null || (owed.id + owner.length) % 5 === 0) return;
		spokenOf.set(owner, span.untilOn);
		const { code, text } = officeLateReason(owner, owed.id);
		harvest.rows.late_reason.push({
			report_id: owed.id,
			owner,
			version_no: now.currentVersion,
			from_on: span.fromOn,
			until_on: span.untilOn,
			reason_code: code,
			reason: text,
			org_kind: office.kind,
			person_id: office.approver.id,
			person_name: office.approver.name,
			given_at: iso(at)
		});
	}
	function entry(office: DemoOffice, person: DemoPerson, act: string, at: number, said: { before?: Row; after?: Row }, article: string | null = '11'): void {
		harvest.journal.push(journalLine(office, person, at, { act, objectKind: 'annual_report', objectId: String(owed.id), article, ...said }));
	}

	return {
		case: () => now,
		frozen: () => frozen,
		versionNo: () => now.currentVersion,

		start(at: number): void {
			const { next: moved } = accepted(moves.startDraft(now, new Date(at)));
			step(enterprise, enterprise.handler, 'start-draft', at, moved, null);
			entry(enterprise, enterprise.handler, 'start-draft', at, { before: { state: 'not_started' }, after: { state: 'draft' } });
		},

		/** The first edit after a return. */
		touch(at: number): void {
			const moved = accepted(moves.saveAnswer(now, new Date(at)));
			const last = returns.at(-1);
			if (last) last['touched_at'] = iso(at);
			step(enterprise, enterprise.handler, 'start-correction', at, moved.next, now.currentVersion);
		},

		/** Answers the first so many comments of the standing return. */
		answerComments(at: number, answer: (index: number) => string, most: number): void {
			const open = comments.filter((comment) => comment['return_id'] === returns.at(-1)?.['id']);
			for (const [index, comment] of open.slice(0, most).entries()) {
				comment['answer'] = answer(index);
				comment['answered_at'] = iso(at);
				entry(enterprise, enterprise.handler, 'answer-return-comment', at, { after: { commentId: String(comment['id']), answered: true } }, 'system');
			}
			if (now.return) now = { ...now, return: { ...now.return, commentsUnanswered: open.filter((comment) => comment['answer'] === undefined).length } };
		},

		attach(file: SyntheticFile, at: number): void {
			const id = uuidOf(`${owed.id}/${file.slotId}/${files.length}`);
			files.push({ id, slotId: file.slotId, name: file.name, sha256: file.sha256, sizeBytes: file.bytes.length, contentType: 'application/pdf' });
			harvest.rows.attachment.push({
				id,
				report_id: owed.id,
				slot: file.slotId,
				file_name: file.name,
				content_type: 'application/pdf',
				size_bytes: file.bytes.length,
				sha256: file.sha256,
				scan_state: 'unscanned',
				uploaded_at: iso(at),
				uploaded_by: enterprise.handler.id,
				uploaded_by_name: enterprise.handler.name
			});
		},

		submit(at: number, typed: Readonly<Record<string, string>>, lateReasonCode: string): void {
			const instant = new Date(at);
			const answers: Record<string, string> = { ...typed };
			const input = { form, year: owed.year.year, channelKind: owed.channel.kind, history: owed.history, attachments: files, policy: owed.policy };
			for (const found of runChecks({ ...input, answers })) {
				if (found.level !== 'warning') continue;
				const { reason, text } = explanationFor(found.key, owed.designation.id, owed.year.year);
				answers[`explain:${found.key}:reason`] = reason;
				answers[`explain:${found.key}:text`] = text;
			}
			const { read, checks, findings } = judgeAnswers({ ...input, answers });
			const decided = accepted(
				moves.submit(
					now,
					{
						blockingChecks: blocking(checks).map(({ key, detail }) => `${key} ${detail ?? ''}`),
						changedSinceReturn: true,
						answeredComments: 1,
						lateReasonCode
					},
					instant
				)
			);
			const before = { state: now.state, version: now.currentVersion };
			// What was said of earlier late days stays said, until the report has been forwarded.
			if (decided.lateReasonCode !== null) late = { reasonCode: decided.lateReasonCode, reason: LATE_SENTENCES[decided.lateReasonCode] ?? '其他原因' };
			else if (now.firstForwardedAt !== null) late = null;
			const content = versionContent(
				{
					reportYear: owed.year.year,
					enterprise: { name: owed.enterpriseName, creditCode: firm.creditCode },
					channel: { id: owed.channel.id, name: owed.channel.nameZh }
				},
				{
					form,
					version: decided.version,
					policyVersion: owed.policy.version,
					answers,
					attachments: files,
					explained: explainedWarnings(checks, answers),
					late,
					personName: enterprise.approver.name,
					at: instant
				}
			);
			const text = canonicalJson(content);
			const hash = createHash('sha256').update(text, 'utf8').digest('hex');
			const counts = versionCounts(checks, findings);
			const receiptNo = receiptNumber({ ...content, channelId: content.channel.id, reportId: String(owed.id) });
			versions.push({
				report_id: owed.id,
				no: decided.version,
				form_version: form.version,
				policy_version: owed.policy.version,
				submitted_at: iso(at),
				submitted_by: enterprise.approver.id,
				submitted_by_name: enterprise.approver.name,
				receipt_no: receiptNo,
				late_reason_code: late?.reasonCode ?? null,
				late_reason: late?.reason ?? null,
				content: text,
				content_hash: hash,
				warnings: counts.warnings,
				criteria_unmet: counts.criteriaUnmet,
				criteria_unknown: counts.criteriaUnknown,
				forwarded_at: null
			});
			const kept = keptVerdictOf(findings);
			harvest.rows.version_verdict.push({
				report_id: owed.id,
				version_no: decided.version,
				policy_version: owed.policy.version,
				rule: VERDICT_RULE,
				unmet: kept.unmet,
				unknown: kept.unknown,
				outlook_unmet: kept.outlookUnmet,
				judged_at: iso(at)
			});
			const stated = [
				{ basis: 'final', forYear: owed.year.year - 1, row: read.rows.final },
				{ basis: 'forecast', forYear: owed.year.year, row: read.rows.forecast },
				...read.earlier
			] as const;
			for (const { basis, forYear, row } of stated) {
				harvest.rows.annual_figure.push({
					report_id: owed.id,
					version_no: decided.version,
					figure_year: forYear,
					basis,
					designation_id: owed.designation.id,
					...Object.fromEntries(METRICS.map(({ metric, fieldId, kind }) => [kind === 'money' ? `${fieldId}_wan` : fieldId, row[metric]]))
				});
			}
			for (const { industry, revenue } of fieldRevenues(answers))
				for (const basis of ['final', 'forecast'] as const)
					harvest.rows.annual_field_revenue.push({
						report_id: owed.id,
						version_no: decided.version,
						figure_year: yearOfBasis(owed.year.year, basis),
						basis,
						designation_id: owed.designation.id,
						industry,
						revenue_wan: revenue[basis]
					});
			const last = returns.at(-1);
			if (decided.answersReturnId !== null && last) last['answered_at'] = iso(at);
			frozen = { content, rows: read.rows, submittedAt: at };
			step(enterprise, enterprise.approver, 'submit-annual-report', at, decided.next, decided.version, { receiptNo, late: decided.late });
			entry(enterprise, enterprise.approver, 'submit-annual-report', at, {
				before,
				after: { state: 'submitted', version: decided.version, receiptNo, contentHash: hash, late: decided.late }
			});
		},

		withdraw(at: number): void {
			const version = now.currentVersion;
			const { next: moved } = accepted(moves.withdraw(now, new Date(at)));
			const last = returns.at(-1);
			if (last && last['undone_at'] === undefined) last['answered_at'] = null;
			step(enterprise, enterprise.approver, 'withdraw-annual-report', at, moved, version);
			entry(
				enterprise,
				enterprise.approver,
				'withdraw-annual-report',
				at,
				{ before: { state: 'submitted', version }, after: { state: moved.state } },
				'system'
			);
		},

		open(office: DemoOffice, department: Department, at: number): void {
			const decided = accepted(moves.open(now, department, new Date(at)));
			if (!decided.first) return;
			step(office, office.handler, 'open-annual-report', at, decided.next, now.currentVersion);
			entry(office, office.handler, 'open-annual-report', at, { after: { version: now.currentVersion } });
		},

		judgeExplanation(office: DemoOffice, checkKey: string, verdict: 'accepted' | 'queried', remark: string | null, at: number): void {
			harvest.rows.explanation_mark.push({
				report_id: owed.id,
				version_no: now.currentVersion,
				check_key: checkKey,
				department: office.kind,
				verdict,
				remark,
				person_id: office.handler.id,
				person_name: office.handler.name,
				marked_at: iso(at),
				row_version: 1
			});
			entry(office, office.handler, 'judge-explanation', at, { after: { version: now.currentVersion, checkKey, verdict } }, null);
		},

		giveOpinion(office: DemoOffice, department: Department, remark: string, at: number): void {
			const version = now.currentVersion;
			const { next: moved } = accepted(moves.giveOpinion(now, department, version, new Date(at)));
			explain(office, department, at);
			opinions.push({
				id: next.opinionId(),
				report_id: owed.id,
				version_no: version,
				department,
				remark,
				person_id: office.approver.id,
				person_name: office.approver.name,
				signed_at: iso(at),
				withdrawn_at: null
			});
			step(office, office.approver, 'give-opinion', at, moved, version, { department });
			entry(office, office.approver, 'give-opinion', at, { after: { version, department, remark } }, opinionArticle(department));
		},

		returnReport(
			office: DemoOffice,
			by: Department | Ministry,
			order: { reasonCode: string; remark: string; correctByOn: string; comments: readonly { readonly answerKey: string | null; readonly remark: string }[] },
			at: number
		): void {
			const version = now.currentVersion;
			const from = now.state;
			const id = next.returnId();
			const decided = accepted(
				moves.returnReport(
					now,
					by,
					{ id: String(id), reasonCode: order.reasonCode, correctByOn: order.correctByOn, comments: order.comments.length, version },
					new Date(at)
				)
			);
			returns.push({
				id,
				report_id: owed.id,
				version_no: version,
				returned_by: by,
				returned_from: from,
				reason_code: decided.reasonCode,
				remark: order.remark,
				correct_by_on: decided.correctByOn,
				person_id: office.handler.id,
				person_name: office.handler.name,
				returned_at: iso(at),
				touched_at: null,
				answered_at: null
			});
			for (const comment of order.comments) comments.push({ id: next.commentId(), return_id: id, answer_key: comment.answerKey, remark: comment.remark });
			const lapsed = opinions.find((opinion) => opinion['version_no'] === version && opinion['department'] === by && opinion['withdrawn_at'] === null);
			if (decided.opinionLapsed && lapsed) lapsed['withdrawn_at'] = iso(at);
			step(office, office.handler, 'return-annual-report', at, decided.next, version, { by, reasonCode: decided.reasonCode, correctByOn: decided.correctByOn });
			entry(
				office,
				office.handler,
				'return-annual-report',
				at,
				{
					before: { state: from, version },
					after: { state: 'returned', returnId: String(id), reasonCode: decided.reasonCode, correctByOn: decided.correctByOn, comments: order.comments.length }
				},
				'system'
			);
		},

		forward(office: DemoOffice, letter: { forwardingId: number; letterNo: string; letterOn: string }, at: number): void {
			const version = now.currentVersion;
			const decided = accepted(
				moves.forward([{ reportId: String(owed.id), version, report: now }], { number: letter.letterNo, on: letter.letterOn }, new Date(at))
			);
			const moved = decided.forwarded[0];
			if (!moved) throw new Error('nothing was forwarded');
			explain(office, 'channel', at);
			harvest.rows.forwarding_item.push({ forwarding_id: letter.forwardingId, report_id: owed.id, version_no: version });
			const row = versions.at(-1);
			if (row) row['forwarded_at'] = iso(at);
			const forwardingId = String(letter.forwardingId);
			step(office, office.approver, 'forward-annual-reports', at, moved.next, version, { forwardingId, letterNo: letter.letterNo, outcome: moved.outcome });
			entry(office, office.approver, 'forward-annual-reports', at, {
				before: { state: 'submitted' },
				after: { state: 'forwarded', version, forwardingId, letterNo: letter.letterNo, letterOn: letter.letterOn, outcome: moved.outcome }
			});
		},

		receive(office: DemoOffice, ministry: Ministry, at: number): void {
			const version = now.currentVersion;
			const decided = accepted(moves.receive(now, ministry, version, new Date(at)));
			harvest.rows.reception.push({
				report_id: owed.id,
				version_no: version,
				ministry,
				received_at: iso(at),
				person_id: office.handler.id,
				person_name: office.handler.name
			});
			step(office, office.handler, 'receive-annual-reports', at, decided.next, version, { ministry });
			entry(office, office.handler, 'receive-annual-reports', at, { after: { version, ministry, receivedByBoth: decided.receivedByBoth } });
		},

		/** Lays down the draft as it stands: `typed` up to the share that is done. */
		leaveDraft(typed: Readonly<Record<string, string>>, share: number, startedAt: number, editedAt: number): void {
			const carried = frozen ? draftOf(frozen.content) : owed.previous ? prefill(form, owed.previous) : registerFacts(typed);
			const answers: Record<string, string> = { ...carried };
			const fresh = Object.keys(typed).filter((key) => carried[key] !== typed[key]);
			const done = new Set(fresh.slice(0, Math.round(fresh.length * share)));
			for (const key of done) answers[key] = typed[key] ?? '';
			const { filled, required } = progress(form, answers, { attachments: files });
			draft = {
				report_id: owed.id,
				form_version: form.version,
				based_on_version: now.draftBasedOn ?? now.currentVersion,
				started_at: iso(startedAt),
				started_by: enterprise.handler.id,
				last_edited_at: iso(editedAt),
				last_edited_by: enterprise.handler.id,
				answers_filled: filled,
				answers_asked: required
			};
			draftAnswers = Object.entries(answers)
				.filter(([, text]) => text !== '')
				.map(([answer_key, text], index) => ({
					report_id: owed.id,
					answer_key,
					typed: text,
					version: done.has(answer_key) ? 1 : 0,
					edited_at: iso(done.has(answer_key) ? Math.round(startedAt + ((editedAt - startedAt) * (index % 40)) / 40) : startedAt),
					edited_by: enterprise.handler.id,
					edited_by_name: enterprise.handler.name
				}));
		},

		/** Writes the report's own row and what hung on it until now. `closedAt` when the ministries have closed the year. */
		settle(closedAt: number | null, ministries: readonly DemoOffice[]): ReportCase {
			if (closedAt !== null) {
				const closed = closeReport(now, new Date(closedAt));
				if (closed.settled !== null && now.forwardedAt !== null) {
					for (const office of ministries) {
						const has = office.kind === 'mofcom' ? now.mofcomReceivedVersion : now.miitReceivedVersion;
						if (has === now.currentVersion) continue;
						harvest.rows.reception.push({
							report_id: owed.id,
							version_no: now.currentVersion,
							ministry: office.kind,
							received_at: iso(closedAt),
							person_id: office.approver.id,
							person_name: office.approver.name
						});
					}
				}
				now = closed.next;
				harvest.rows.report_event.push({
					at: iso(closedAt),
					report_id: owed.id,
					act: 'close-year',
					by_kind: 'ministries',
					person_name: null,
					version_no: now.currentVersion || null,
					state: now.state,
					court: courtOf(now),
					detail: { outcome: closed.outcome, settled: closed.settled }
				});
			}
			harvest.rows.annual_report.push(reportRow(owed, now));
			if (draft) harvest.rows.annual_report_draft.push(draft);
			harvest.rows.draft_answer.push(...draftAnswers);
			harvest.rows.annual_report_version.push(...versions);
			harvest.rows.report_return.push(...returns);
			harvest.rows.return_comment.push(...comments);
			harvest.rows.opinion.push(...opinions);
			return now;
		}
	};
}

export type ReportRun = ReturnType<typeof reportRun>;

/** A move of the demonstration that the rules refuse is a fault of the demonstration. */
function accepted<T>(decision: Decision<T>): T {
	if (decision.ok) return decision;
	throw new Error(`the demonstration does what the rules refuse: ${JSON.stringify(decision.refusal)}`);
}

function registerFacts(typed: Readonly<Record<string, string>>): Record<string, string> {
	const keys = [
		'address',
		'postcode',
		'legal_representative',
		'ownership',
		...[1, 2].flatMap((place) => ['name', 'phone', 'email'].map((part) => `contact${place}_${part}`))
	];
	return Object.fromEntries(keys.map((key) => [key, typed[key] ?? '']));
}

function uuidOf(key: string): string {
	const hex = createHash('sha256').update(`demonstration/${key}`).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function reportRow(owed: OwedReport, now: ReportCase): Row {
	return {
		id: owed.id,
		designation_id: owed.designation.id,
		enterprise_id: owed.firm.id,
		year: owed.year.year,
		category: owed.designation.category,
		cohort_year: owed.designation.cohortYear,
		channel_id: owed.channel.id,
		channel_kind: owed.channel.kind,
		enterprise_name: owed.enterpriseName,
		credit_code: owed.firm.creditCode,
		state: now.state,
		current_version: now.currentVersion,
		commerce_version: now.opinions.commerce ?? null,
		industry_version: now.opinions.industry ?? null,
		group_version: now.opinions.group ?? null,
		commerce_approved_at: iso(now.opinionAt.commerce),
		industry_approved_at: iso(now.opinionAt.industry),
		group_approved_at: iso(now.opinionAt.group),
		commerce_opened_at: iso(now.openedAt.commerce),
		industry_opened_at: iso(now.openedAt.industry),
		group_opened_at: iso(now.openedAt.group),
		mofcom_received_version: now.mofcomReceivedVersion,
		miit_received_version: now.miitReceivedVersion,
		first_submitted_at: iso(now.firstSubmittedAt),
		submitted_at: iso(now.submittedAt),
		forwarded_at: iso(now.forwardedAt),
		first_forwarded_at: iso(now.firstForwardedAt),
		received_at: iso(now.receivedAt),
		withdrawn_at: iso(now.withdrawnAt),
		closed_at: isClosed(now) ? iso(now.year.closedAt) : null,
		row_version: 1
	};
}
