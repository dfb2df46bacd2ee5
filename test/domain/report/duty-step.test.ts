import { expect, test } from 'vitest';
import type { Duty } from '#lib/domain/parties.ts';
import type { ReportState } from '#lib/domain/report-state.ts';
import { dutyStep, type DutyStep } from '#lib/domain/report/duty-step.ts';

/** 方案第十一条: the enterprise reports, and within it one fills in and another binds it. What a home page offers is what its reader may do. */
test.each<[state: ReportState, known: { filled?: boolean; asked?: boolean; closed?: boolean }, filer: DutyStep, approver: DutyStep, reader: DutyStep]>([
	['not_started', {}, 'start', 'start', 'look'],
	['draft', {}, 'fill', 'fill', 'look'],
	['draft', { filled: true }, 'fill', 'check', 'look'],
	['draft', { asked: true }, 'fill', 'check', 'look'],
	['returned', {}, 'correct', 'correct', 'look'],
	// What came back is filled already: only being asked says that it was mended.
	['returned', { filled: true }, 'correct', 'correct', 'look'],
	['returned', { filled: true, asked: true }, 'correct', 'check', 'look'],
	['draft', { filled: true, asked: true, closed: true }, 'look', 'look', 'look'],
	['returned', { closed: true }, 'look', 'look', 'look'],
	['not_started', { closed: true }, 'look', 'look', 'look'],
	['submitted', { filled: true }, 'receipt', 'receipt', 'receipt'],
	['forwarded', {}, 'receipt', 'receipt', 'receipt'],
	['received', {}, 'receipt', 'receipt', 'receipt'],
	['not_filed', { closed: true }, 'look', 'look', 'look'],
	['excused', {}, 'look', 'look', 'look']
])('%s, %o', (state, { filled = false, asked = false, closed = false }, filer, approver, reader) => {
	const step = (duty: Duty) => dutyStep({ state, closed, filled, asked }, duty);
	expect([step('handler'), step('approver'), step('reader')]).toEqual([filer, approver, reader]);
});
