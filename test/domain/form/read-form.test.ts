/** What a form says, taken apart; a form is read once, within its bounds, and nothing is parsed before it is known to be small enough. */
import { expect, test } from 'vitest';
import { FORM_BOUNDS, type PostedPair } from '#lib/forms/posted-pairs.ts';
import { BODY_BYTES, isTooDeep } from '#lib/forms/read-body.ts';
import { OFFICE_FIELD, PAGE_FIELD, postedForm, readData, readForm } from '#lib/forms/read-form.ts';

const formOf = (...pairs: readonly PostedPair[]) => pairs;
const eventOf = (body: FormData | string | ReadableStream, type?: string, routeId: '/login' | '/ministry/cohort/import' | '/ministry/years' = '/login') => ({
	request: new Request('http://own.test/', {
		method: 'POST',
		body,
		...(type === undefined ? {} : { headers: { 'content-type': type } }),
		...(body instanceof ReadableStream ? { duplex: 'half' } : {})
	} as RequestInit),
	locals: { requestId: 'r1' } as App.Locals,
	route: { id: routeId } as const
});
const ADDRESS_CODE = 'application/x-www-form-urlencoded';

test('texts come as typed, the first of a repeated name counts, and a file is no text', () => {
	const form = postedForm(formOf(['remark', ' a\r\nb '], ['report', '1'], ['report', '2'], ['file', new File(['x'], 'a.csv')], ['empty', '']));
	expect([form.text('remark'), form.text('report'), form.text('file'), form.text('missing')]).toEqual([' a\r\nb ', '1', '', '']);
	expect([form.all('report'), form.all('missing')]).toEqual([['1', '2'], []]);
	expect([form.has('empty'), form.has('missing'), form.has('file')]).toEqual([true, false, false]);
	expect([form.file('file')?.name, form.file('remark')]).toEqual(['a.csv', null]);
	expect(form.texts(['remark', 'missing'])).toEqual({ remark: ' a\r\nb ', missing: '' });
	expect(form.fields).toEqual({ remark: ' a\r\nb ', report: '1', empty: '' });
	expect(postedForm(formOf(['__proto__', 'x'])).fields).toEqual({});
});

test('for whom the page was made is set aside: no field of the form', () => {
	const form = postedForm(formOf([PAGE_FIELD, 'mark'], ['name', 'n'], [PAGE_FIELD, 'second']));
	expect(form.page).toBe('mark');
	expect([form.fields, form.all(PAGE_FIELD), form.has(PAGE_FIELD), form.text(PAGE_FIELD)]).toEqual([{ name: 'n' }, [], false, '']);
	expect(postedForm(formOf(['name', 'n'])).page).toBeNull();
});

test('comments of a return stand in rows of two; rows without a word are left out', () => {
	const form = postedForm(formOf(['commentKey', 'a'], ['commentRemark', 'one'], ['commentKey', 'b'], ['commentRemark', '  '], ['commentRemark', 'three']));
	expect(form.comments()).toEqual([
		{ answerKey: 'a', remark: 'one' },
		{ answerKey: '', remark: 'three' }
	]);
});

test('what belongs to the page is no field of the form: not who they are, not the office they change to, not their password', () => {
	const form = postedForm(formOf([OFFICE_FIELD, '7'], ['__sign_in_password', 'secret'], ['__anything', 'x'], ['name', 'n']));
	expect([form.aside(OFFICE_FIELD), form.aside('__sign_in_password'), form.aside('__sign_in_name')]).toEqual(['7', 'secret', null]);
	expect([form.fields, form.pairs]).toEqual([{ name: 'n' }, [['name', 'n']]]);
});

test('a form is read once: who asks before the action takes nothing from it', async () => {
	const event = eventOf('a=1', ADDRESS_CODE);
	const [first, second] = [await readForm(event), await readForm(event)];
	expect(second).toBe(first);
	expect(first.text('a')).toBe('1');
});

test('both kinds of form say the same, a file with its name and kind', async () => {
	const data = new FormData();
	data.append('remark', ' 说明\r\n二 ');
	data.append('file', new File(['名单'], '名单 “一”.csv', { type: 'text/csv' }));
	const parts = await readForm(eventOf(data));
	const plain = await readForm(eventOf(new URLSearchParams({ remark: ' 说明\r\n二 ' }).toString(), ADDRESS_CODE));
	expect([parts.text('remark'), plain.text('remark')]).toEqual([' 说明\r\n二 ', ' 说明\r\n二 ']);
	expect([parts.file('file')?.name, parts.file('file')?.type, await parts.file('file')?.text()]).toEqual(['名单 “一”.csv', 'text/csv', '名单']);
	expect([parts.hasFiles, plain.hasFiles]).toEqual([true, false]);
});

test('a form past its bounds is refused as a whole', async () => {
	const many = (count: number) => new URLSearchParams(Array.from({ length: count }, (_, index) => ['f', String(index)])).toString();
	const refusal = { status: 413, body: { requestId: 'r1' } };
	expect((await readForm(eventOf(many(FORM_BOUNDS.fields), ADDRESS_CODE))).all('f')).toHaveLength(FORM_BOUNDS.fields);
	await expect(readForm(eventOf(many(FORM_BOUNDS.fields + 1), ADDRESS_CODE))).rejects.toMatchObject(refusal);
	await expect(readForm(eventOf(`${'n'.repeat(FORM_BOUNDS.nameLength + 1)}=1`, ADDRESS_CODE))).rejects.toMatchObject(refusal);
	const parts = (count: number, name = 'f') => `${`--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n1\r\n`.repeat(count)}--x--\r\n`;
	const type = 'multipart/form-data; boundary=x';
	expect((await readForm(eventOf(parts(FORM_BOUNDS.parts), type))).all('f')).toHaveLength(FORM_BOUNDS.parts);
	await expect(readForm(eventOf(parts(FORM_BOUNDS.parts + 1), type))).rejects.toMatchObject(refusal);
	await expect(readForm(eventOf(parts(1, 'n'.repeat(FORM_BOUNDS.nameLength + 1)), type))).rejects.toMatchObject(refusal);
});

test('bytes are counted before anything is read, and while it is: an announced length may be a lie or missing', async () => {
	const announced = eventOf('a=1', ADDRESS_CODE);
	announced.request.headers.set('content-length', String(BODY_BYTES.form + 1));
	await expect(readForm(announced)).rejects.toMatchObject({ status: 413 });
	let given = 0;
	const endless = new ReadableStream<Uint8Array>({
		pull(controller) {
			given += 1;
			controller.enqueue(new Uint8Array(64 * 1024).fill(0x61));
		}
	});
	await expect(readForm(eventOf(endless, ADDRESS_CODE))).rejects.toMatchObject({ status: 413 });
	expect(given).toBeLessThan(12);
	await expect(readForm(eventOf('a'.repeat(BODY_BYTES.form + 1), ADDRESS_CODE))).rejects.toMatchObject({ status: 413 });
	expect((await readForm(eventOf('a'.repeat(200), ADDRESS_CODE))).pairs).toHaveLength(1);
});

test('only the list of enterprises may be as large as a list', async () => {
	const list = `file=${'a'.repeat(BODY_BYTES.form)}`;
	await expect(readForm(eventOf(list, ADDRESS_CODE, '/ministry/years'))).rejects.toMatchObject({ status: 413 });
	expect((await readForm(eventOf(list, ADDRESS_CODE, '/ministry/cohort/import'))).has('file')).toBe(true);
});

test('data of a script that is no JSON, or lies deeper than any of ours, is nothing', async () => {
	expect(await readData(eventOf('{"a":1}'))).toEqual({ a: 1 });
	expect(await readData(eventOf('{'))).toBeNull();
	expect(await readData(eventOf(`${'['.repeat(19)}${']'.repeat(19)}`))).not.toBeNull();
	expect(await readData(eventOf(`${'['.repeat(200)}${']'.repeat(200)}`))).toBeNull();
	await expect(readData(eventOf('['.repeat(BODY_BYTES.form + 1)))).rejects.toMatchObject({ status: 413 });
	expect(isTooDeep('{"a":"[[[[[[[[[[[[[[[[[[[[[[[[\\"[["}')).toBe(false);
	expect(isTooDeep('[[],[],[[]]]', 3)).toBe(false);
	expect(isTooDeep('[[],[],[[[]]]]', 3)).toBe(true);
});
