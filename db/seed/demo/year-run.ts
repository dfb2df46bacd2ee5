import { addDays, dayInBeijing, laterOf, startOf, type Day } from '#lib/domain/day.ts';
import type { HistoryFigures } from '#lib/domain/form/figures.ts';
import { departmentsOf, MINISTRIES, type Department, type Ministry } from '#lib/domain/parties.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import { owes } from '#lib/domain/report/duty.ts';
import { proposeDates, type ReportingYear } from '#lib/domain/report/reporting-year.ts';
import { formVersionFor } from '#lib/domain/form/annual-report-form.ts';
import { answersOfReport, formOfCategory } from './answers.ts';
import { trueYears, type TrueYear } from './figures.ts';
import { withStory } from './stories.ts';
import { ANSWERS_TO_COMMENTS, OPINION_REMARKS, QUERY_REMARKS } from './narratives.ts';
import { identityOn, type DemoChannel, type DemoDesignation, type DemoEnterprise, type DemoOffice } from './parties.ts';
import { daysMs, inOffice, lettersOf, planReport, type PlannedReturn, type PlannedRound, type ReportPlan } from './plan.ts';
import { chanceOf } from './random.ts';
import type { DemoRegister } from './register.ts';
import { reportRun, type ReportRun } from './report-run.ts';
import { iso, journalLine, type Harvest } from './rows.ts';
import { filesOfYear } from './synthetic-file.ts';

/** What goes on from year to year: numbers given out, and what each designation has stated. */
export interface Chronicle {
	readonly register: DemoRegister;
	readonly harvest: Harvest;
	readonly asOf: number;
	readonly history: Map<number, { figures: HistoryFigures; answers: Readonly<Record<string, string>> | null }>;
	readonly counters: { report: number; return: number; comment: number; opinion: number; forwarding: number };
	/** Plans that a person who signs in finds in the running year. */
	readonly overrides: ReadonlyMap<number, (plan: ReportPlan, dates: ReportingYear) => ReportPlan>;
}

type Batches = Map<string, { forwardingId: number; letterNo: string; letterOn: Day }>;

/** When the ministries open a year, and when they close it after the last corrections. */
export function openedAtOf(year: number): number {
	return Date.parse(`${year}-09-22T10:00:00+08:00`);
}
function closedAtOf(year: number): number {
	return Date.parse(`${year + 1}-04-10T15:30:00+08:00`);
}

/** Runs one reporting year up to the present. */
export function runYear(chronicle: Chronicle, year: number): void {
	const { register, harvest, asOf } = chronicle;
	const dates = proposeDates(year, DEFAULT_POLICY);
	const closedAt = closedAtOf(year) < asOf ? closedAtOf(year) : null;
	const running: ReportingYear = {
		...dates,
		year,
		formVersion: formVersionFor(year),
		policyVersion: DEFAULT_POLICY.version,
		closedAt: null,
		departureNo: null
	};
	const mofcom = officeOf(register, 'mofcom', null);
	const miit = officeOf(register, 'miit', null);
	const openedAt = openedAtOf(year);
	const batches: Batches = new Map();
	let owed = 0;
	for (const firm of register.enterprises) {
		for (const designation of firm.designations) {
			const known =
				designation.endedOn !== null && startOf(designation.endedOn).getTime() > openedAt ? { status: 'active' as const, endedOn: null } : designation;
			if (!owes({ announcedOn: designation.announcedOn, status: known.status, endedOn: known.endedOn }, running, DEFAULT_POLICY)) continue;
			owed += 1;
			runReport(chronicle, running, firm, designation, batches, closedAt);
		}
	}
	harvest.rows.reporting_year.push({
		year,
		opens_on: dates.opensOn,
		channel_due_on: dates.channelDueOn,
		ministry_due_on: dates.ministryDueOn,
		accepted_late_until_on: dates.acceptedLateUntilOn,
		corrections_until_on: dates.correctionsUntilOn,
		form_version: formVersionFor(year),
		policy_version: DEFAULT_POLICY.version,
		opened_at: iso(openedAt),
		opened_by: mofcom.approver.id,
		closed_at: iso(closedAt)
	});
	harvest.journal.push(
		journalLine(mofcom, mofcom.approver, openedAt, {
			act: 'open-reporting-year',
			objectKind: 'reporting_year',
			objectId: String(year),
			article: '11',
			after: { ...dates, formVersion: formVersionFor(year), policyVersion: DEFAULT_POLICY.version, owed }
		})
	);
	setChannelDates(chronicle, year, dates.opensOn);
	const became = (state: string) => harvest.rows.annual_report.filter((row) => row['year'] === year && row['state'] === state).length;
	for (const [office, at, closed] of [
		[mofcom, closedAtOf(year) - 86_400_000, false],
		[miit, closedAtOf(year), true]
	] as const) {
		if (at >= asOf) continue;
		harvest.rows.reporting_year_closing.push({
			year,
			ministry: office.kind,
			person_id: office.approver.id,
			person_name: office.approver.name,
			agreed_at: iso(at)
		});
		harvest.journal.push(
			journalLine(office, office.approver, at, {
				act: 'agree-to-close-year',
				objectKind: 'reporting_year',
				objectId: String(year),
				article: '11',
				after: {
					ministry: office.kind,
					closed,
					received: closed ? became('received') : 0,
					not_delivered: closed ? became('not_delivered') : 0,
					not_filed: closed ? became('not_filed') : 0
				}
			})
		);
	}
}

/** A third of the channels set a date of their own, some days earlier. */
function setChannelDates({ register, harvest, asOf }: Chronicle, year: number, opensOn: Day): void {
	for (const channel of register.channels.values()) {
		const chance = chanceOf(`date/${channel.id}/${year}`);
		const at = startOf(opensOn).getTime() + chance.whole(2 * 86_400, 6 * 86_400) * 1000;
		if (!chance.odds(0.33) || at >= asOf) continue;
		const dueOn = addDays(opensOn, chance.pick([28, 31, 33]));
		const office = officeOf(register, channel.kind === 'province' ? 'commerce' : 'group', channel.id);
		harvest.rows.channel_year.push({ channel_id: channel.id, year, due_on: dueOn, set_at: iso(at), set_by: office.approver.id });
		harvest.journal.push(
			journalLine(office, office.approver, at, {
				act: 'set-channel-date',
				objectKind: 'channel_year',
				objectId: `${channel.id}/${year}`,
				article: 'system',
				after: { dueOn }
			})
		);
	}
}

export function officeOf(register: DemoRegister, kind: string, channelId: string | null): DemoOffice {
	const found = register.offices.find((office) => office.kind === kind && office.channelId === channelId);
	if (!found) throw new Error(`no office ${kind} of ${channelId ?? 'the country'}`);
	return found;
}

function runReport(
	chronicle: Chronicle,
	year: ReportingYear,
	firm: DemoEnterprise,
	designation: DemoDesignation,
	batches: Batches,
	closedAt: number | null
): void {
	const { register, harvest, asOf, counters } = chronicle;
	const identity = identityOn(firm, dayInBeijing(new Date(openedAtOf(year.year))));
	const channel = register.channels.get(identity.channelId);
	if (!channel) throw new Error(`no channel ${identity.channelId}`);
	counters.report += 1;
	const past = chronicle.history.get(designation.id) ?? { figures: [], answers: null };
	const run = reportRun(
		{
			id: counters.report,
			firm,
			designation,
			year,
			channel,
			enterpriseName: identity.name,
			form: formOfCategory(designation.category, year.year),
			policy: DEFAULT_POLICY,
			history: past.figures,
			previous: past.answers
		},
		harvest,
		{ returnId: () => (counters.return += 1), commentId: () => (counters.comment += 1), opinionId: () => (counters.opinion += 1) }
	);
	const recent = firm.events.find((event) => event.on > `${year.year - 1}-09-22` && event.on <= `${year.year}-09-22`);
	const planned = planReport(
		{
			designationId: designation.id,
			category: designation.category,
			channelKind: channel.kind,
			year: year.year,
			firstYear: past.figures.length === 0,
			identityChange: recent?.note ?? null
		},
		year
	);
	const plan = chronicle.overrides.get(designation.id)?.(planned, year) ?? planned;
	const books = withStory(trueYears(designation.id, designation.category, year.year), firm, designation, chronicle.register.enterprises);
	live({ chronicle, run, plan, year, channel, firm, designation, books, batches, until: Math.min(asOf, closedAtOf(year.year) - 2 * 86_400_000) });
	const ended = run.settle(
		closedAt,
		MINISTRIES.map((ministry) => officeOf(chronicle.register, ministry, null))
	);
	const frozen = run.frozen();
	if (frozen && ended.state !== 'not_filed' && ended.state !== 'draft') {
		chronicle.history.set(designation.id, {
			figures: [
				...past.figures,
				{ forYear: year.year - 1, basis: 'final', reportYear: year.year, row: frozen.rows.final },
				{ forYear: year.year, basis: 'forecast', reportYear: year.year, row: frozen.rows.forecast }
			],
			answers: frozen.content.answers
		});
	} else if (frozen) chronicle.history.set(designation.id, { ...past, answers: frozen.content.answers });
}

interface Life {
	readonly chronicle: Chronicle;
	readonly run: ReportRun;
	readonly plan: ReportPlan;
	readonly year: ReportingYear;
	readonly channel: DemoChannel;
	readonly firm: DemoEnterprise;
	readonly designation: DemoDesignation;
	readonly books: ReadonlyMap<number, TrueYear>;
	readonly batches: Batches;
	/** Nothing happens at or after this instant. */
	readonly until: number;
}

function live(life: Life): void {
	const { run, plan, year, until, designation } = life;
	const chance = chanceOf(`life/${designation.id}/${year.year}`);
	if (plan.startAt === null || plan.startAt >= until) return;
	run.start(plan.startAt);
	const typed = (no: number) => answersOfReport(life.firm, designation, year.year, life.books, plan.oddities, no);
	const draftUntil = Math.min(until, plan.submitAt ?? until);
	const span = (plan.submitAt ?? plan.startAt + daysMs(40)) - plan.startAt;
	const [audited, tax, sealed] = filesOfYear(year.year);
	const share = Math.min(0.9, Math.max(0.12, (draftUntil - plan.startAt) / span));
	const attachedAt = plan.startAt + Math.round((span * 0.55) / 1000) * 1000;
	if (audited && attachedAt < until && plan.submitAt !== null) run.attach(audited, attachedAt);
	if (tax && attachedAt + 300_000 < until && plan.submitAt !== null && chance.odds(0.8)) run.attach(tax, attachedAt + 300_000);
	if (sealed && attachedAt + 600_000 < until && plan.submitAt !== null && chance.odds(0.65)) run.attach(sealed, attachedAt + 600_000);
	let submitAt = plan.submitAt;
	let draftSince = plan.startAt;
	for (const round of plan.rounds) {
		if (submitAt === null || submitAt >= until) {
			const lastEdit = Math.min(until - 60_000, draftSince + Math.round(((submitAt ?? draftSince + daysMs(8)) - draftSince) * 0.7));
			run.leaveDraft(typed(run.versionNo() + 1), round === plan.rounds[0] ? share : 0.5, draftSince, Math.max(draftSince, lastEdit));
			return;
		}
		run.submit(submitAt, typed(run.versionNo() + 1), plan.lateReasonCode);
		const after = runRound(life, round, submitAt, chance);
		if (after === null) return;
		draftSince = after.draftSince;
		submitAt = after.submitAt;
	}
}

interface Step {
	readonly at: number;
	readonly take: () => void;
}

/** One submission until it is received, or comes back. Null when it ends there or the present cuts it off. */
function runRound(
	life: Life,
	round: PlannedRound,
	submittedAt: number,
	chance: ReturnType<typeof chanceOf>
): { readonly draftSince: number; readonly submitAt: number } | null {
	const { run, until, chronicle, channel, year, plan } = life;
	if (round.withdrawnAfter !== null) {
		const at = inOffice(submittedAt + Math.round(round.withdrawnAfter * 3600) * 1000);
		if (at >= until) return null;
		run.withdraw(at);
		return { draftSince: at, submitAt: inOffice(at + daysMs(chance.between(0.8, 3))) };
	}
	const back = round.returned;
	const steps: Step[] = [];
	let signedAt = submittedAt;
	for (const { department, openAfter, signAfter, notBefore } of round.departments) {
		const office = officeOf(chronicle.register, department, channel.id);
		const openAt = inOffice(submittedAt + daysMs(openAfter));
		const signAt = Math.max(openAt + 1_800_000, notBefore, inOffice(submittedAt + daysMs(signAfter)));
		const returns = back?.from === 'submitted' && back.by === department;
		steps.push({ at: openAt, take: () => run.open(office, department, openAt) });
		for (const step of marksOf(life, office, department, openAt, signAt, returns, chance)) steps.push(step);
		if (returns) steps.push({ at: signAt, take: () => sendBack(life, office, back, signAt, chance) });
		else steps.push({ at: signAt, take: () => run.giveOpinion(office, department, chance.pick(OPINION_REMARKS), signAt) });
		signedAt = Math.max(signedAt, signAt);
	}
	if (!takeAll(steps, life)) return null;
	if (run.case().state === 'returned' && back) return correct(life, back, chance);
	const forwardAt = lettersOf(channel.id, year.year, year.opensOn).find((at) => at > signedAt && at >= plan.forwardNotBefore);
	if (forwardAt === undefined || forwardAt >= until) return null;
	forwardWith(life, forwardAt);
	const ministries: readonly (readonly [Ministry, number])[] = [
		['mofcom', inOffice(forwardAt + daysMs(round.mofcomAfter))],
		['miit', inOffice(forwardAt + daysMs(round.miitAfter))]
	];
	const receipts: Step[] = ministries.map(([ministry, at]) => ({ at, take: () => run.receive(officeOf(chronicle.register, ministry, null), ministry, at) }));
	if (back && back.from !== 'submitted') {
		const last = Math.max(...ministries.map(([, at]) => at));
		const own = ministries.find(([ministry]) => ministry === back.by)?.[1] ?? last;
		const at = inOffice((back.from === 'received' ? last : own) + daysMs(chance.between(0.5, 3)));
		receipts.push({ at, take: () => sendBack(life, officeOf(chronicle.register, back.by, null), back, at, chance) });
	}
	if (!takeAll(receipts, life)) return null;
	return back && run.case().state === 'returned' ? correct(life, back, chance) : null;
}

/** Takes the steps in order until one sends the report back; false when the present comes first. */
function takeAll(steps: readonly Step[], { run, until }: Life): boolean {
	for (const step of [...steps].sort((a, b) => a.at - b.at)) {
		if (step.at >= until) return false;
		step.take();
		if (run.case().state === 'returned') return true;
	}
	return true;
}

function marksOf(
	{ run }: Life,
	office: DemoOffice,
	department: Department,
	openAt: number,
	signAt: number,
	returns: boolean,
	chance: ReturnType<typeof chanceOf>
): Step[] {
	const explained = run.frozen()?.content.explained ?? [];
	return explained.flatMap(({ checkKey }, index) => {
		if (!chance.odds(department === 'group' ? 0.7 : 0.5)) return [];
		const at = openAt + Math.round(((signAt - openAt) * (index + 1)) / (explained.length + 2) / 1000) * 1000;
		const queried = returns || chance.odds(0.06);
		return [{ at, take: () => run.judgeExplanation(office, checkKey, queried ? 'queried' : 'accepted', queried ? chance.pick(QUERY_REMARKS) : null, at) }];
	});
}

function sendBack({ run, year }: Life, office: DemoOffice, back: PlannedReturn, at: number, chance: ReturnType<typeof chanceOf>): void {
	const today = dayInBeijing(new Date(at));
	const wished = addDays(today, chance.whole(5, 8));
	const latest = laterOf(today, year.correctionsUntilOn);
	run.returnReport(
		office,
		back.by,
		{ reasonCode: back.reasonCode, remark: '请按意见修改后重新报送。', correctByOn: wished < latest ? wished : latest, comments: back.comments },
		at
	);
}

/** The enterprise takes the return up, answers it and submits again; until the present at most. */
function correct(life: Life, back: PlannedReturn, chance: ReturnType<typeof chanceOf>): { readonly draftSince: number; readonly submitAt: number } | null {
	const { run, until } = life;
	const returnedAt = run.case().return?.returnedAt.getTime() ?? 0;
	const touchAt = inOffice(returnedAt + daysMs(back.touchedAfter));
	const submitAt = Math.max(touchAt + 7_200_000, inOffice(returnedAt + daysMs(back.answeredAfter)));
	if (touchAt >= until) return null;
	run.touch(touchAt);
	const answerAt = Math.round((touchAt + submitAt) / 2000) * 1000;
	const answer = chance.pick(ANSWERS_TO_COMMENTS);
	if (submitAt < until) run.answerComments(answerAt, () => answer, back.comments.length);
	else if (answerAt < until) run.answerComments(answerAt, () => answer, back.comments.length - 1);
	const sealed = filesOfYear(life.year.year).find(({ slotId }) => slotId === 'sealed_page');
	if (back.reasonCode === 'seal_missing' && sealed && answerAt < until) run.attach(sealed, answerAt);
	return { draftSince: touchAt, submitAt };
}

/** The letter of that instant: made for the first report it carries. */
function forwardWith({ run, chronicle, channel, year, batches }: Life, at: number): void {
	const { register, harvest, counters } = chronicle;
	const key = `${channel.id}/${at}`;
	const letterOn = dayInBeijing(new Date(at));
	const departments = departmentsOf(channel.kind);
	const office = officeOf(register, departments[chanceOf(`sender/${key}`).odds(0.7) ? 0 : departments.length - 1] ?? 'commerce', channel.id);
	let letter = batches.get(key);
	if (!letter) {
		counters.forwarding += 1;
		const number = lettersOf(channel.id, year.year, year.opensOn).indexOf(at) + 1;
		letter = { forwardingId: counters.forwarding, letterNo: `${channel.shortZh}报函（演示）〔${year.year}〕${number}号`, letterOn };
		batches.set(key, letter);
		harvest.rows.forwarding.push({
			id: letter.forwardingId,
			channel_id: channel.id,
			year: year.year,
			letter_no: letter.letterNo,
			letter_on: letterOn,
			remark: null,
			forwarded_at: iso(at),
			person_id: office.approver.id,
			person_name: office.approver.name,
			org_kind: office.kind
		});
	}
	run.forward(office, letter, at);
}
