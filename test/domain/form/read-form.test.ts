import { expect, test } from 'vitest';
import { FORM_BOUNDS, PAGE_FIELD, postedForm, readData, readForm } from '#lib/forms/read-form.ts';

const formOf = (...pairs: readonly (readonly [string, string | File])[]) => {
	const data = new FormData();
	for (const [name, value] of pairs) data.append(name, value);
	return data;
};
const eventOf = (body: FormData | string) => ({
	request: new Request('http://own.test/', { method: 'POST', body }),
	locals: { requestId: 'r1' } as App.Locals
});

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

test('a form is read once: who asks before the action takes nothing from it', async () => {
	const event = eventOf(formOf(['a', '1']));
	const [first, second] = [await readForm(event), await readForm(event)];
	expect(second).toBe(first);
	expect(first.text('a')).toBe('1');
});

test('a form past its bounds is refused as a whole', async () => {
	const many = (count: number) => new URLSearchParams(Array.from({ length: count }, (_, index) => ['f', String(index)])).toString();
	const urlencoded = (body: string) => ({
		...eventOf(''),
		request: new Request('http://own.test/', { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
	});
	expect((await readForm(urlencoded(many(FORM_BOUNDS.fields)))).all('f')).toHaveLength(FORM_BOUNDS.fields);
	await expect(readForm(urlencoded(many(FORM_BOUNDS.fields + 1)))).rejects.toMatchObject({ status: 413, body: { requestId: 'r1' } });
	await expect(readForm(urlencoded(`${'n'.repeat(FORM_BOUNDS.nameLength + 1)}=1`))).rejects.toMatchObject({ status: 413 });
});

test('data of a script that is no JSON is nothing', async () => {
	expect(await readData(eventOf('{"a":1}'))).toEqual({ a: 1 });
	expect(await readData(eventOf('{'))).toBeNull();
});
