import { expect, test } from 'vitest';
import { judgeCriteria } from '#lib/domain/check/criteria.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import { explainedWarnings, keptVerdictOf, versionContent, versionCounts } from '#lib/domain/report/report-version.ts';
import { receiptNumber } from '#lib/domain/report/receipt-number.ts';
import { answersOf, formOf, stated } from '../form/filing-examples.ts';

test('a receipt number says year, category, channel, report and version, whatever the case of the channel', () => {
	const report = { reportYear: 2026, category: 'manufacturing', channelId: 'g01', reportId: '42', version: 3 } as const;
	expect(receiptNumber(report)).toBe('2026-M-G01-000042-03');
	expect(receiptNumber({ ...report, category: 'it_outsourcing', channelId: '320000', reportId: '1234567', version: 12 })).toBe('2026-S-320000-1234567-12');
});

test('an explanation is kept once for both years of a field, under the rule that raised its warning; others are left out', () => {
	const warning = (key: string, article: '11' | 'system') => ({ level: 'warning', key, article }) as const;
	const answers = {
		'explain:half_moved/revenue:reason': 'market',
		'explain:half_moved/revenue:text': ' 订单增加。 ',
		'explain:unit_slip/profit:reason': 'market',
		'explain:criterion_near/revenue:text': '只是提示。'
	};
	const checks = [
		warning('half_moved/revenue', '11'),
		warning('half_moved/revenue', 'system'),
		warning('forecast_missed/revenue', 'system'),
		{ level: 'note', key: 'criterion_near/revenue', article: '11' } as const
	];
	expect(explainedWarnings(checks, answers)).toEqual([{ checkKey: 'half_moved/revenue', basis: '11', reasonCode: 'market', text: '订单增加。' }]);
});

test('the content of a version holds the files’ facts and nothing else of them, and names who declared it', () => {
	const form = formOf('manufacturing');
	const file = { id: 'f1', slotId: 'audited_statements', name: 'a.pdf', sha256: 'a', sizeBytes: 1, contentType: 'application/pdf', uploadedBy: 'p1' } as const;
	const content = (answers: Readonly<Record<string, string>>) =>
		versionContent(
			{ reportYear: 2026, enterprise: { name: '示例企业', creditCode: 'C' }, channel: { id: '320000', name: '江苏省' } },
			{
				form,
				version: 1,
				policyVersion: '2026-1',
				answers,
				attachments: [file],
				explained: [],
				late: null,
				personName: '王经办',
				at: new Date('2026-11-24T01:00:00Z')
			}
		);
	const named = content(answersOf('manufacturing', { declared_by: ' 赵法人 ' }));
	expect(named).toMatchObject({
		layout: 1,
		category: 'manufacturing',
		formVersion: form.version,
		declaration: { personName: '赵法人', declaredAt: '2026-11-24T01:00:00.000Z' }
	});
	expect(named.attachments).toEqual([{ id: 'f1', slotId: 'audited_statements', name: 'a.pdf', sha256: 'a', sizeBytes: 1, contentType: 'application/pdf' }]);
	expect(content(answersOf('manufacturing', { declared_by: ' ' })).declaration.personName).toBe('王经办');
});

test('what is counted in a version: its warnings, and the criteria not met and not known', () => {
	const levels = (['error', 'warning', 'note', 'warning'] as const).map((level) => ({ level }));
	const verdicts = (['unmet', 'met', 'unknown', 'unmet'] as const).map((verdict) => ({ verdict }));
	expect(versionCounts(levels, verdicts)).toEqual({ warnings: 2, criteriaUnmet: 2, criteriaUnknown: 1 });
	expect(versionCounts([], [])).toEqual({ warnings: 0, criteriaUnmet: 0, criteriaUnknown: 0 });
});

test('方案第六条: kept by criterion is what audited years say, the outlook apart', () => {
	const judged = judgeCriteria({
		policy: DEFAULT_POLICY,
		category: 'it_outsourcing',
		runningYear: 2026,
		known: [
			stated(2025, 'final', { itoExecutedWan: '4000', manufacturingCustomers: '12', manufacturingRevenueWan: '3000', revenueWan: '10000' }),
			stated(2026, 'forecast', { itoExecutedWan: '6000', manufacturingCustomers: '9', manufacturingRevenueWan: '1', revenueWan: '10000' })
		],
		answers: {}
	});
	expect(keptVerdictOf(judged)).toEqual({ unmet: ['S2'], unknown: ['S1'], outlookUnmet: ['S4', 'S5'] });
});
