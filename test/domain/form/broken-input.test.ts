import { expect, test } from 'vitest';
import { officeForm } from '#lib/forms/account-office.ts';
import { valuesOf } from '#lib/forms/account.ts';
import { readAuditFilter } from '#lib/forms/audit-filter.ts';
import { OpenYearForm } from '#lib/forms/ministry.ts';
import { postedForm, readForm } from '#lib/forms/read-form.ts';

test('a kind of organisation that does not exist is a problem with a sentence, not a text of the parser', () => {
	for (const kind of [undefined, '', 'mofcom', 'a\u0000b']) {
		expect(valuesOf(officeForm, postedForm(kind === undefined ? [] : [['kind', kind]]))).toMatchObject({ ok: false, problems: { kind: 'choice_unknown' } });
	}
});

test('days and places of the journal that no database can count with are left out and named', () => {
	const read = (query: string) => readAuditFilter(new URLSearchParams(query));
	expect(read('from=0001-01-01&to=9999-12-31&after=0000-01-01T00:00:00.000000Z_1_1')).toMatchObject({
		filter: { from: null, to: null },
		after: null,
		ignored: ['from', 'to', 'after']
	});
	expect(read('from=2026-02-28&to=2026-03-01&after=2026-03-01T00:00:00.000000Z_1_1')).toMatchObject({
		filter: { from: '2026-02-28', to: '2026-03-01' },
		after: { org: '1' },
		ignored: []
	});
});

test('a form that cannot be read is refused as the sender’s mistake; one that can is read', async () => {
	const refusal = { status: 400, body: { requestId: 'r1' } };
	const sent = (body: string, type: string) =>
		readForm({
			request: new Request('http://own.test/', { method: 'POST', body, headers: { 'content-type': type } }),
			locals: { requestId: 'r1' } as App.Locals,
			route: { id: '/login' } as const
		});
	await expect(sent('--x\r\ngarbage', 'multipart/form-data; boundary=x')).rejects.toMatchObject(refusal);
	await expect(sent('--x\r\ncontent-disposition: form-data; name="a"\r\n\r\ncut off', 'multipart/form-data; boundary=x')).rejects.toMatchObject(refusal);
	await expect(sent('no parts', 'multipart/form-data')).rejects.toMatchObject(refusal);
	await expect(sent('a=b', 'text/plain')).rejects.toMatchObject(refusal);
	expect((await sent('a=b', 'application/x-www-form-urlencoded')).text('a')).toBe('b');
});

test('a version reaches the database without what it cannot hold', () => {
	const dates = { opensOn: '', channelDueOn: '', ministryDueOn: '', acceptedLateUntilOn: '', correctionsUntilOn: '' };
	expect(OpenYearForm.parse({ year: '2027', ...dates, formVersion: '2026-1\0', policyVersion: '2026\0-1' })).toMatchObject({
		formVersion: '2026-1',
		policyVersion: '2026-1'
	});
});
