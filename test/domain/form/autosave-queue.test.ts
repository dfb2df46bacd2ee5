/** What is typed reaches the server once, survives every failure on the device, and is never sent over somebody else's text unseen. */
import { expect, test } from 'vitest';
import type { DeviceAnswer } from '#lib/domain/form/merge-answers.ts';
import type { AnswerChange, AnswerConflict } from '#lib/domain/form/merge-answers.ts';
import { AUTOSAVE_MS, createAutosaveQueue, type QueueState, type SendOutcome } from '#lib/ui/filing/autosave-queue.ts';

const AT = new Date('2026-11-20T06:32:08Z');
const saved = (changes: readonly AnswerChange[]): SendOutcome => ({
	kind: 'saved',
	saved: changes.map(({ key, baseVersion }) => ({ key, version: baseVersion + 1 })),
	conflicts: [],
	unsavable: [],
	savedAt: AT
});

/** A queue with a clock wound by hand, a device in a map, and a server that answers as told. */
function desk(server: Record<string, { typed: string; version: number }> = {}) {
	const timers: { work: () => void; ms: number }[] = [];
	const device = new Map<string, DeviceAnswer>();
	const sent: AnswerChange[][] = [];
	const states: QueueState[] = [];
	const seen: { conflicts: readonly AnswerConflict[]; answer: (changes: readonly AnswerChange[]) => SendOutcome | Promise<SendOutcome> } = {
		conflicts: [],
		answer: saved
	};
	const queue = createAutosaveQueue(server, {
		send: async (changes) => {
			sent.push([...changes]);
			return seen.answer(changes);
		},
		keeping: { put: async (key, answer) => void device.set(key, answer), drop: async (keys) => keys.forEach((key) => device.delete(key)) },
		later: (work, ms) => {
			const timer = { work, ms };
			timers.push(timer);
			return () => void timers.splice(timers.indexOf(timer), 1);
		},
		onstate: (state) => states.push(state),
		onconflicts: (conflicts) => (seen.conflicts = conflicts)
	});
	const wind = async () => {
		timers.splice(0).forEach(({ work }) => work());
		await queue.flush();
	};
	return { queue, timers, device, sent, states, seen, wind };
}

test('waits 800 ms after the last change, keeps it on the device first, and drops it there when the server has it', async () => {
	const { queue, timers, device, sent, states, wind } = desk({ revenue: { typed: '1', version: 4 } });
	queue.typed('revenue', '12');
	queue.typed('revenue', '123');
	expect(timers.map(({ ms }) => ms)).toEqual([AUTOSAVE_MS]);
	expect(device.get('revenue')).toEqual({ baseVersion: 4, baseTyped: '1', typed: '123' });
	await wind();
	expect(sent).toEqual([[{ key: 'revenue', typed: '123', baseVersion: 4 }]]);
	expect(device.size).toBe(0);
	expect(states.at(-1)).toEqual({ kind: 'saved', at: AT });
	expect(queue.savedText('revenue')).toBe('123');
});

test('what is typed while a request is under way is sent after it, over the version it made', async () => {
	const { queue, sent, seen } = desk();
	queue.typed('profit', '5');
	seen.answer = (changes) => {
		if (sent.length === 1) queue.typed('profit', '56');
		return saved(changes);
	};
	await queue.flush();
	expect(sent).toEqual([[{ key: 'profit', typed: '5', baseVersion: 0 }], [{ key: 'profit', typed: '56', baseVersion: 1 }]]);
});

test('offline the text stays on the device and is tried again later and later', async () => {
	const { queue, timers, device, states, seen, wind } = desk();
	seen.answer = () => ({ kind: 'offline' });
	queue.typed('revenue', '7');
	await queue.flush();
	expect(states.at(-1)).toEqual({ kind: 'offline' });
	expect(timers.map(({ ms }) => ms)).toEqual([2_000]);
	await queue.flush();
	expect(timers.map(({ ms }) => ms)).toEqual([4_000]);
	expect(device.get('revenue')?.typed).toBe('7');
	seen.answer = saved;
	await wind();
	expect(states.at(-1)?.kind).toBe('saved');
	expect(queue.waiting()).toBe(0);
});

test('two people in one box: nothing is sent over theirs until one is chosen, and other boxes go on', async () => {
	const { queue, sent, seen } = desk({ profit: { typed: '5', version: 1 } });
	const theirs = { key: 'profit', mine: '6', theirs: '7', version: 2, byName: '李同事', at: AT };
	seen.answer = (changes) => ({
		kind: 'saved',
		saved: changes.filter(({ key }) => key !== 'profit').map(({ key }) => ({ key, version: 1 })),
		conflicts: [theirs],
		unsavable: [],
		savedAt: AT
	});
	queue.typed('profit', '6');
	queue.typed('revenue', '9');
	await queue.flush();
	expect(seen.conflicts).toEqual([theirs]);
	seen.answer = saved;
	queue.typed('revenue', '10');
	await queue.flush();
	expect(sent.at(-1)).toEqual([{ key: 'revenue', typed: '10', baseVersion: 1 }]);
	queue.resolve('profit', 'mine');
	await queue.flush();
	expect(sent.at(-1)).toEqual([{ key: 'profit', typed: '6', baseVersion: 2 }]);
	expect(seen.conflicts).toEqual([]);
});

test('taking theirs sends nothing and clears the device', async () => {
	const { queue, device, sent, seen } = desk();
	seen.answer = () => ({
		kind: 'saved',
		saved: [],
		conflicts: [{ key: 'profit', mine: '6', theirs: '7', version: 2, byName: '李同事', at: AT }],
		unsavable: [],
		savedAt: AT
	});
	queue.typed('profit', '6');
	await queue.flush();
	queue.resolve('profit', 'theirs');
	await queue.flush();
	expect(sent).toHaveLength(1);
	expect(device.size).toBe(0);
	expect(queue.savedText('profit')).toBe('7');
});

test('when the session has ended nothing more is tried until somebody signed in again, and nothing is lost', async () => {
	const { queue, timers, device, sent, states, seen } = desk();
	seen.answer = () => ({ kind: 'signed_out' });
	queue.typed('revenue', '7');
	await queue.flush();
	queue.typed('profit', '8');
	expect(timers).toEqual([]);
	expect([...device.keys()]).toEqual(['revenue', 'profit']);
	expect(states.at(-1)).toEqual({ kind: 'signed_out' });
	seen.answer = saved;
	await queue.flush();
	expect(sent.at(-1)?.map(({ key }) => key)).toEqual(['revenue', 'profit']);
	expect(device.size).toBe(0);
});

test('a text that cannot be stored is never sent nor called saved, stays on the device, and is named until it changes', async () => {
	const { queue, device, sent, states } = desk({ profit: { typed: '1', version: 1 } });
	const tooLong = '长'.repeat(20_001);
	queue.typed('profit', tooLong);
	queue.typed('revenue', '5');
	await queue.flush();
	expect(sent).toEqual([[{ key: 'revenue', typed: '5', baseVersion: 0 }]]);
	expect(states.at(-1)).toEqual({ kind: 'held_back', keys: ['profit'] });
	expect(device.get('profit')?.typed).toBe(tooLong);

	const again = desk({ profit: { typed: '1', version: 1 } });
	expect(again.queue.takeUp(Object.fromEntries(device), () => ({ byName: '', at: AT }))).toEqual({ profit: tooLong });
	await again.wind();
	expect(again.sent).toEqual([]);
	expect(again.states.at(-1)).toEqual({ kind: 'held_back', keys: ['profit'] });

	queue.typed('profit', '2');
	await queue.flush();
	expect(states.at(-1)).toEqual({ kind: 'saved', at: AT });
	expect(device.size).toBe(0);
});

test('what only the server finds it cannot store is not sent over and over, and not called saved either', async () => {
	const { queue, sent, states, seen } = desk();
	seen.answer = () => ({ kind: 'saved', saved: [], conflicts: [], unsavable: ['revenue'], savedAt: AT });
	queue.typed('revenue', 'x');
	await queue.flush();
	await queue.flush();
	expect(sent).toHaveLength(1);
	expect(states.at(-1)).toEqual({ kind: 'held_back', keys: ['revenue'] });
});

test('the device copy is merged box by box: untouched follows the server, mine is sent, both changed is asked', async () => {
	const { queue, sent, seen, wind } = desk({ revenue: { typed: '1', version: 1 }, profit: { typed: '9', version: 3 }, employees: { typed: '4', version: 2 } });
	const shown = queue.takeUp(
		{
			revenue: { baseVersion: 1, baseTyped: '1', typed: '2' },
			profit: { baseVersion: 2, baseTyped: '7', typed: '8' },
			employees: { baseVersion: 1, baseTyped: '3', typed: '3' }
		},
		() => ({ byName: '李同事', at: AT })
	);
	expect(shown).toEqual({ revenue: '2', profit: '8' });
	expect(seen.conflicts).toEqual([{ key: 'profit', mine: '8', theirs: '9', version: 3, byName: '李同事', at: AT }]);
	await wind();
	expect(sent).toEqual([[{ key: 'revenue', typed: '2', baseVersion: 1 }]]);
});
