/** To whom a reminder goes, and who is left out and why. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_REMINDER_POLICY as POLICY } from '#lib/domain/chase/reminder-policy.ts';
import { escalates, isPlainAddress, recipientsOf, type KnownContact, type KnownPerson } from '#lib/domain/chase/reminder-recipients.ts';

function person(changes: Partial<KnownPerson> = {}): KnownPerson {
	return {
		personId: 'p1',
		name: '王经办',
		address: 'wang@example.cn',
		locale: 'zh-CN',
		duty: 'handler',
		left: false,
		disabled: false,
		synthetic: false,
		...changes
	};
}
const contact = (address: string | null): KnownContact => ({ name: '联系人', address, synthetic: false });
const keys = (
	people: readonly KnownPerson[],
	contacts: readonly KnownContact[] = [],
	audience: 'enterprise' | 'commerce' = 'enterprise',
	step: 'T-7' | 'T+7' | 'idle+10' = 'T-7',
	production = false
) => recipientsOf(audience, people, contacts, step, POLICY, production);

describe('an enterprise', () => {
	test('its filers and approvers, never its readers', () => {
		expect(keys([person(), person({ personId: 'p2', duty: 'approver' }), person({ personId: 'p3', duty: 'reader' })]).to.map(({ key }) => key)).toEqual([
			'p1',
			'p2'
		]);
	});
	test('who left or is shut out is named with the reason', () => {
		const { to, leftOut } = keys([person({ left: true }), person({ personId: 'p2', disabled: true }), person({ personId: 'p3' })]);
		expect(to.map(({ key }) => key)).toEqual(['p3']);
		expect(leftOut.map(({ why }) => why)).toEqual(['left', 'disabled']);
	});
	test('made-up people are real in a demonstration and never in production', () => {
		expect(keys([person({ synthetic: true })]).to).toHaveLength(1);
		const { to, leftOut } = keys([person({ synthetic: true })], [{ ...contact('a@example.cn'), synthetic: true }], 'enterprise', 'T-7', true);
		expect(to).toEqual([]);
		expect(leftOut.map(({ why }) => why)).toEqual(['synthetic', 'synthetic']);
	});
	test('without an account its contacts with an address, each mailbox once', () => {
		const { to, leftOut } = keys([], [contact('A@Example.cn'), contact('a@example.cn'), contact(null), contact('a@b.cn, c@d.cn')]);
		expect(to.map(({ key, personId }) => [key, personId])).toEqual([['contact:a@example.cn', null]]);
		expect(leftOut.map(({ why }) => why)).toEqual(['no_address', 'bad_address']);
	});
	test('with an account its contacts are not written to', () => expect(keys([person()], [contact('a@example.cn')]).to.map(({ key }) => key)).toEqual(['p1']));
	test('nobody known at all', () => expect(keys([])).toEqual({ to: [], leftOut: [] }));
});

describe('an office', () => {
	const both = [person(), person({ personId: 'p2', duty: 'approver' })];
	test('its handlers before the date', () => expect(keys(both, [], 'commerce').to.map(({ key }) => key)).toEqual(['p1']));
	test('its approvers too from seven days after', () => expect(keys(both, [], 'commerce', 'T+7').to.map(({ key }) => key)).toEqual(['p1', 'p2']));
	test('idleness never escalates', () => expect(keys(both, [], 'commerce', 'idle+10').to.map(({ key }) => key)).toEqual(['p1']));
	test('its approvers where nobody handles', () => expect(keys([person({ duty: 'approver' })], [], 'commerce').to).toHaveLength(1));
	test('its approvers where the handler has left', () =>
		expect(keys([person({ left: true }), person({ personId: 'p2', duty: 'approver' })], [], 'commerce').to.map(({ key }) => key)).toEqual(['p2']));
	test('contacts are the enterprise’s, never an office’s', () => expect(keys([], [contact('a@example.cn')], 'commerce').to).toEqual([]));
});

test('escalation by days after the date', () => {
	expect((['T-7', 'T0', 'T+3', 'T+7', 'T+70', 'idle+10', 'hand:2026-11-27', 'open'] as const).filter((step) => escalates(step, POLICY))).toEqual([
		'T+7',
		'T+70'
	]);
});

test.each([
	'a@b.cn\r\nBcc: x@y.cn',
	'a@b.cn, c@d.cn',
	'a@b.cn;c@d.cn',
	'Group: a@b.cn;',
	'"a" <a@b.cn>',
	'a@b@c.cn',
	'a b@c.cn',
	'a@b.cn\u0000',
	'',
	'nobody',
	`${'a'.repeat(250)}@b.cn`
])('is no plain address: %j', (text) => {
	expect(isPlainAddress(text)).toBe(false);
});
test.each(['a@b.cn', 'wang.xiaoming+report@mail.example.com', '王@例子.中国'])('is one: %s', (text) => expect(isPlainAddress(text)).toBe(true));
