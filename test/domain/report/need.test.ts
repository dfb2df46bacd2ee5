/** 方案第十二条: both ministries guide and support, the provinces provide support and services. Who may do what with what an enterprise asks for. */
import { describe, expect, test } from 'vitest';
import { chanceOf } from '#db/seed/demo/random.ts';
import { ACTS, dutyRefusal } from '#lib/domain/duties.ts';
import { NEED_KINDS, NEED_OFFICES, NEED_STATES, type NeedOffice } from '#lib/domain/need-state.ts';
import { formFor } from '#lib/domain/form/annual-report-form.ts';
import { CATEGORIES, DUTIES } from '#lib/domain/parties.ts';
import {
	answerNeed,
	NEED_FIELDS,
	NEED_MOVES,
	needAfterForwarding,
	needMoves,
	needOffice,
	needText,
	passOnNeed,
	takeUpNeed,
	type Need,
	type NeedActor
} from '#lib/domain/report/need.ts';

const MOFCOM: NeedActor = { office: 'mofcom', personId: 'zhao' };
const COLLEAGUE: NeedActor = { office: 'mofcom', personId: 'qian' };
const MIIT: NeedActor = { office: 'miit', personId: 'sun' };
const COMMERCE: NeedActor = { office: 'channel', personId: 'li' };
const INDUSTRY: NeedActor = { office: 'channel', personId: 'zhou' };
const PEOPLE = { MOFCOM, COLLEAGUE, MIIT, COMMERCE, INDUSTRY };

const OPEN: Need = { text: '希望组织同行交流', versionNo: 1, state: 'open', office: null, personId: null, passedRemark: null };
const held = (change: Partial<Need>): Need => ({ ...OPEN, ...change });
const TAKEN = held({ state: 'taken_up', office: 'mofcom', personId: 'zhao' });
const TO_CHANNEL = held({ state: 'passed_on', office: 'channel', passedRemark: '属本地区事项' });
const TO_MIIT = held({ state: 'passed_on', office: 'miit', passedRemark: '请研究' });
const ANSWERED = held({ state: 'answered', office: 'mofcom', personId: 'zhao' });
const WITHDRAWN = held({ state: 'withdrawn', text: '', office: 'mofcom', personId: 'zhao' });

describe('what is asked for', () => {
	test('the two questions of the form, in every version of it, under article 12', () => {
		for (const version of ['2026-1', '2027-1'])
			for (const category of CATEGORIES)
				for (const kind of NEED_KINDS) {
					const field = formFor(version, category)?.fields.find(({ id }) => id === NEED_FIELDS[kind]);
					expect(field).toMatchObject({ section: 'needs', kind: 'narrative', article: '12', required: false });
				}
	});

	test.each(['', '  ', '无', '无。', ' 暂无 ', '没有', '/', '／', '——', 'None', 'N/A', 'n／a', '不需要', '空'])('%j asks for nothing', (typed) => {
		expect(needText(typed)).toBe('');
		expect(needAfterForwarding(null, { text: typed, versionNo: 1 })).toBeNull();
	});
	test.each(['无专职数字化人员', '没有对接渠道', '暂无统一接口标准', '不需要资金，需要人才', '/etc', 'No standard for interfaces'])(
		'%j asks for something',
		(typed) => {
			expect(needText(typed)).toBe(typed);
		}
	);
});

describe('one need follows its report', () => {
	test('the first forwarded version opens it', () => {
		expect(needAfterForwarding(null, { text: ' 希望组织同行交流 ', versionNo: 1 })).toEqual(OPEN);
		expect(needAfterForwarding(null, { text: '后来才写', versionNo: 3 })).toMatchObject({ state: 'open', versionNo: 3 });
	});

	test.each([
		['nobody has it', OPEN, 'open'],
		['somebody has it', TAKEN, 'taken_up'],
		['passed on', TO_CHANNEL, 'passed_on'],
		['answered: it waits anew with whoever answered', ANSWERED, 'taken_up'],
		['withdrawn and written again', WITHDRAWN, 'taken_up']
	] as const)('another text replaces it: %s', (_, need, state) => {
		const next = needAfterForwarding(need, { text: '希望制定接口标准', versionNo: 2 });
		expect(next).toEqual({ ...need, text: '希望制定接口标准', versionNo: 2, state });
	});

	test('the same text changes nothing: an answer stays the answer', () => {
		for (const need of [OPEN, TAKEN, TO_CHANNEL, ANSWERED]) expect(needAfterForwarding(need, { text: `${need.text}\n`, versionNo: 2 })).toBe(need);
		expect(needAfterForwarding(WITHDRAWN, { text: '无', versionNo: 3 })).toBe(WITHDRAWN);
	});

	test('a version that no longer says it withdraws it, and nobody can deal with it', () => {
		const gone = needAfterForwarding(TAKEN, { text: '无', versionNo: 2 });
		expect(gone).toMatchObject({ state: 'withdrawn', text: '', versionNo: 2, office: 'mofcom' });
		for (const by of Object.values(PEOPLE)) expect(gone && needMoves(gone, by)).toEqual([]);
	});
});

describe('who may do what', () => {
	const ALL = ['takeUpNeed', 'passOnNeed', 'answerNeed'];
	test.each([
		['open: with both ministries', OPEN, { MOFCOM: ALL, COLLEAGUE: ALL, MIIT: ALL }],
		['taken up by a person of one ministry', TAKEN, { MOFCOM: ['passOnNeed', 'answerNeed'], COLLEAGUE: ALL }],
		['passed on to the channel: both departments', TO_CHANNEL, { COMMERCE: ALL, INDUSTRY: ALL }],
		['passed on to the other ministry', TO_MIIT, { MIIT: ALL }],
		['answered: only to be answered again', ANSWERED, { MOFCOM: ['answerNeed'], COLLEAGUE: ['answerNeed'] }],
		['withdrawn: nobody', WITHDRAWN, {}]
	] as const)('%s', (_, need, expected) => {
		const moves: Record<string, readonly string[]> = {};
		for (const [name, by] of Object.entries(PEOPLE)) if (needMoves(need, by).length > 0) moves[name] = needMoves(need, by);
		expect(moves).toEqual(expected);
	});

	test('a refusal says who has it', () => {
		expect(answerNeed(TO_CHANNEL, MOFCOM, { text: 'x', versionNo: 1, before: null })).toEqual({
			ok: false,
			refusal: { code: 'need_held', state: 'passed_on', office: 'channel' }
		});
		expect(takeUpNeed(OPEN, COMMERCE)).toEqual({ ok: false, refusal: { code: 'need_held', state: 'open', office: null } });
		expect(takeUpNeed(TAKEN, MOFCOM)).toEqual({ ok: false, refusal: { code: 'already_done' } });
	});

	test('duties: handlers and approvers of departments and ministries; an enterprise knows of it, readers and others do nothing', () => {
		for (const move of NEED_MOVES) {
			expect(ACTS).toContain(move);
			for (const kind of ['mofcom', 'miit', 'commerce', 'industry', 'group'] as const)
				for (const duty of DUTIES) expect(dutyRefusal({ kind, duty }, move) === null).toBe(duty !== 'reader');
			expect(dutyRefusal({ kind: 'enterprise', duty: 'approver' }, move)).toMatchObject({ code: 'not_your_duty' });
			for (const kind of ['expert_pool', 'administration', 'audit'] as const)
				expect(dutyRefusal({ kind, duty: 'approver' }, move)).toEqual({ code: 'not_found' });
		}
		expect(['mofcom', 'miit', 'commerce', 'industry', 'group', 'enterprise'].map((kind) => needOffice(kind as 'mofcom'))).toEqual([
			'mofcom',
			'miit',
			'channel',
			'channel',
			'channel',
			null
		]);
	});
});

describe('passing on', () => {
	test('names the office, drops the person, and says why', () => {
		expect(passOnNeed(TAKEN, MOFCOM, 'channel', ' 属本地区事项 ')).toEqual({
			ok: true,
			next: { ...TAKEN, state: 'passed_on', office: 'channel', personId: null, passedRemark: '属本地区事项' }
		});
		expect(passOnNeed(TO_CHANNEL, INDUSTRY, 'miit', '需部里统筹')).toMatchObject({ ok: true, next: { office: 'miit', state: 'passed_on' } });
		expect(passOnNeed(TAKEN, MOFCOM, 'channel', ' ')).toMatchObject({ refusal: { code: 'invalid_input', fields: { remark: 'missing' } } });
		expect(passOnNeed(TAKEN, MOFCOM, 'mofcom', 'x')).toMatchObject({ refusal: { code: 'invalid_input', fields: { to: 'unknown' } } });
	});

	test('taken up there, the words it came with stay; taken up by somebody else, they go', () => {
		expect(takeUpNeed(TO_CHANNEL, COMMERCE)).toMatchObject({ next: { state: 'taken_up', office: 'channel', personId: 'li', passedRemark: '属本地区事项' } });
		expect(takeUpNeed(held({ passedRemark: 'alt' }), MIIT)).toMatchObject({ next: { passedRemark: null } });
	});
});

describe('answering', () => {
	const given = { text: ' 已列入明年安排 ', versionNo: 1, before: null };
	test('takes it up with the answer; a second answer follows the first', () => {
		expect(answerNeed(OPEN, MIIT, given)).toEqual({
			ok: true,
			text: '已列入明年安排',
			next: { ...OPEN, state: 'answered', office: 'miit', personId: 'sun' }
		});
		expect(answerNeed(ANSWERED, COLLEAGUE, { ...given, text: '补充：名单已公布', before: '已列入明年安排' })).toMatchObject({
			ok: true,
			next: { state: 'answered', personId: 'qian' }
		});
	});
	test('refuses an empty one, the same once more, and a text that was replaced meanwhile', () => {
		expect(answerNeed(OPEN, MIIT, { ...given, text: '\n' })).toMatchObject({ refusal: { code: 'invalid_input', fields: { answer: 'missing' } } });
		expect(answerNeed(ANSWERED, MOFCOM, { ...given, before: '已列入明年安排' })).toMatchObject({ refusal: { code: 'nothing_changed' } });
		expect(answerNeed({ ...OPEN, versionNo: 2 }, MIIT, given)).toMatchObject({ refusal: { code: 'stale_version', expected: 1, actual: 2 } });
	});
});

test('whatever happens in whatever order: an owner exactly where the state has one, a text unless it is withdrawn', () => {
	const chance = chanceOf('need interleavings');
	const seen = new Set<string>();
	for (let run = 0; run < 400; run += 1) {
		let need: Need | null = null;
		let versionNo = 0;
		for (let step = 0; step < 14; step += 1) {
			const by = chance.pick(Object.values(PEOPLE));
			const move = chance.pick(['forward', 'takeUp', 'passOn', 'answer'] as const);
			if (move === 'forward') need = needAfterForwarding(need, { text: chance.pick(['甲', '乙', '无']), versionNo: (versionNo += 1) });
			else if (need !== null) {
				const current: Need = need;
				const done = {
					takeUp: () => takeUpNeed(current, by),
					passOn: () => passOnNeed(current, by, chance.pick(NEED_OFFICES) as NeedOffice, 'x'),
					answer: () => answerNeed(current, by, { text: 'x', versionNo: current.versionNo, before: null })
				}[move]();
				if (done.ok) need = done.next;
			}
			if (need === null) continue;
			seen.add(need.state);
			expect((need.state === 'withdrawn') === (need.text === '')).toBe(true);
			if (need.state === 'open') expect([need.office, need.personId]).toEqual([null, null]);
			if (need.state === 'passed_on') expect([need.office === null, need.personId]).toEqual([false, null]);
			if (need.state === 'taken_up' || need.state === 'answered') expect(need.office !== null && need.personId !== null).toBe(true);
			expect(need.versionNo).toBeLessThanOrEqual(versionNo);
		}
	}
	expect([...seen].sort()).toEqual([...NEED_STATES].sort());
});
