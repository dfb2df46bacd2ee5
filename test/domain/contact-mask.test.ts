import { expect, test } from 'vitest';
import { maskContact, maskEmail, maskEmailsIn, maskPhone } from '#lib/domain/contact-mask.ts';
import { maskContent, maskDifferences } from '#lib/domain/form/masked-content.ts';
import type { ReportContent } from '#lib/domain/form/report-content.ts';

test('a number and an address keep just enough to be told apart', () => {
	expect(maskPhone('13812345678')).toBe('138****5678');
	expect(maskPhone('+86 13812345678')).toBe('138****5678');
	expect(maskPhone('025-86630000')).toBe('025****00');
	expect(maskPhone('138 0000 0001')).toBe('138****01');
	expect(maskPhone('110')).toBe('****');
	expect(maskEmail('one@example.cn')).toBe('o****@example.cn');
	expect(maskEmail('王@example.cn')).toBe('王****@example.cn');
	expect(maskEmail('no address at all')).toBe('n****');
	expect(maskContact({ name: '王', phone: null, email: 'wang@example.cn' })).toEqual({ name: '王', phone: null, email: 'w****@example.cn' });
});

test('what a mail server answers names nobody', () => {
	expect(maskEmailsIn("550 5.1.1 <wang.li@mail.example.cn>: no such user; tried o'neil+x@example.cn")).toBe(
		'550 5.1.1 <w****@mail.example.cn>: no such user; tried o****@example.cn'
	);
	expect(maskEmailsIn('connection refused')).toBe('connection refused');
});

test('of a version only what is a person’s number or address is masked, on both sides of a change', () => {
	const answers = { contact1_name: '王联络', contact1_phone: '13812345678', contact2_email: 'li@example.cn', website: 'a@b' };
	const content = { formVersion: '2026-1', category: 'manufacturing', answers } as unknown as ReportContent;
	expect(maskContent(content).answers).toEqual({ contact1_name: '王联络', contact1_phone: '138****5678', contact2_email: 'l****@example.cn', website: 'a@b' });
	expect(answers.contact1_phone).toBe('13812345678');
	const change = { key: 'contact1_phone', before: null, after: '13812345678' } as unknown as Parameters<typeof maskDifferences>[1][number];
	expect(maskDifferences(content, [change])).toMatchObject([{ before: null, after: '138****5678' }]);
});
