/**
 * 方案第十二条: the ministries guide and support, the provinces provide support and services. What an enterprise asks for in its report comes to the
 * ministries with the report; one of them takes it up, answers, or passes it on to the other or to the channel. Who may at all, `duties.ts` says; how it is
 * done is ours (非方案规定).
 */
import type { NeedKind, NeedOffice, NeedState } from '#lib/domain/need-state.ts';
import { isDepartment, isMinistry, type OrganisationKind } from '#lib/domain/parties.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';

/** Where in the form each kind is said. */
export const NEED_FIELDS = { support: 'support_wanted', problem: 'problems_met' } as const satisfies Record<NeedKind, string>;

/** One thing asked for: it lives as long as its report, and its text is that of the version the ministries had last. */
export interface Need {
	readonly text: string;
	/** The version in which this text first came to the ministries: what an answer answers. */
	readonly versionNo: number;
	readonly state: NeedState;
	/** Null while nobody has it. */
	readonly office: NeedOffice | null;
	/** Who of that office. */
	readonly personId: string | null;
	/** What was said when it was passed on to where it is now. */
	readonly passedRemark: string | null;
}

/** A person of an office that may have a need. */
export interface NeedActor {
	readonly office: NeedOffice;
	readonly personId: string;
}

/** How people write that there is nothing to say. */
const NOTHING = /^(?:[/\-—_.·*]+|无|暂无|没有|暂时没有|不需要|空|nil|none|no|n\/?a)[。.!！]?$/i;

/** What is asked for in an answer of the form; '' for an empty one and for 无. */
export function needText(answer: string): string {
	const text = answer.trim();
	return NOTHING.test(text.normalize('NFKC').replace(/\s/g, '')) ? '' : text;
}

/** The office a person acts for; null for whoever has nothing to do with needs. */
export function needOffice(kind: OrganisationKind): NeedOffice | null {
	return isMinistry(kind) ? kind : isDepartment(kind) ? 'channel' : null;
}

/**
 * The need after a version came to the ministries. Another text replaces the one before and waits anew, with whoever had it; the answers stay with the text
 * they answered. The same text changes nothing. Null: nothing was ever asked for.
 */
export function needAfterForwarding(need: Need | null, said: { readonly text: string; readonly versionNo: number }): Need | null {
	const text = needText(said.text);
	if (need === null) return text === '' ? null : { text, versionNo: said.versionNo, state: 'open', office: null, personId: null, passedRemark: null };
	if (text === need.text) return need;
	const { versionNo } = said;
	if (text === '') return { ...need, text, versionNo, state: 'withdrawn' };
	return { ...need, text, versionNo, state: need.office === null ? 'open' : need.personId === null ? 'passed_on' : 'taken_up' };
}

/** Takes it up for one's office: what nobody has, what was passed on to the office, or what a colleague has. */
export function takeUpNeed(need: Need, by: NeedActor): Decision<{ readonly next: Need }> {
	if (!isTheirs(need, by) || need.state === 'answered') return refuse(heldBy(need));
	if (need.state === 'taken_up' && need.personId === by.personId) return refuse({ code: 'already_done' });
	const passedRemark = need.office === by.office ? need.passedRemark : null;
	return { ok: true, next: { ...need, state: 'taken_up', office: by.office, personId: by.personId, passedRemark } };
}

/** Passes it on to the other ministry, to the channel, or from there back, saying why; nobody there has it yet. */
export function passOnNeed(need: Need, by: NeedActor, to: NeedOffice, remark: string): Decision<{ readonly next: Need }> {
	if (!isTheirs(need, by) || need.state === 'answered') return refuse(heldBy(need));
	if (to === by.office) return refuse({ code: 'invalid_input', fields: { to: 'unknown' } });
	const passedRemark = remark.trim();
	if (passedRemark === '') return refuse({ code: 'invalid_input', fields: { remark: 'missing' } });
	return { ok: true, next: { ...need, state: 'passed_on', office: to, personId: null, passedRemark } };
}

/**
 * Answers the text on the screen, taking it up with it. A second answer of the same office supersedes the first, which stays on record; an answer is never
 * changed.
 *
 * @param before the newest answer to this text, null if none
 */
export function answerNeed(
	need: Need,
	by: NeedActor,
	given: { readonly text: string; readonly versionNo: number; readonly before: string | null }
): Decision<{ readonly next: Need; readonly text: string }> {
	if (!isTheirs(need, by)) return refuse(heldBy(need));
	if (given.versionNo !== need.versionNo) return refuse({ code: 'stale_version', expected: given.versionNo, actual: need.versionNo });
	const text = given.text.trim();
	if (text === '') return refuse({ code: 'invalid_input', fields: { answer: 'missing' } });
	if (text === given.before) return refuse({ code: 'nothing_changed' });
	return { ok: true, text, next: { ...need, state: 'answered', office: by.office, personId: by.personId } };
}

export const NEED_MOVES = ['takeUpNeed', 'passOnNeed', 'answerNeed'] as const;
export type NeedMove = (typeof NEED_MOVES)[number];

/** The moves that would be accepted from this person now, given good input. */
export function needMoves(need: Need, by: NeedActor): readonly NeedMove[] {
	const accepts: Readonly<Record<NeedMove, boolean>> = {
		takeUpNeed: takeUpNeed(need, by).ok,
		passOnNeed: passOnNeed(need, by, by.office === 'mofcom' ? 'miit' : 'mofcom', 'probe').ok,
		answerNeed: answerNeed(need, by, { text: 'probe', versionNo: need.versionNo, before: null }).ok
	};
	return NEED_MOVES.filter((move) => accepts[move]);
}

/** Nobody's is both ministries', who have it together; anything else is its office's alone. */
function isTheirs(need: Need, by: NeedActor): boolean {
	if (need.state === 'withdrawn') return false;
	return need.office === null ? by.office !== 'channel' : need.office === by.office;
}

function heldBy({ state, office }: Need) {
	return { code: 'need_held' as const, state, office };
}
