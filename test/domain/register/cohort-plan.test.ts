import { describe, expect, test } from 'vitest';
import type { CohortEntry, CohortRow } from '#lib/domain/register/cohort-import.ts';
import { announcementToConfirm, planRows } from '#lib/domain/register/cohort-plan.ts';
import { syntheticCreditCode } from '#lib/domain/credit-code.ts';
import { day } from '#lib/domain/day.ts';
import { followsEvent, underChannel, validateEventDay } from '#lib/domain/register/enterprise-event.ts';
import { newReportCase, type ReportCase } from '#lib/domain/report/report-case.ts';

const entry: CohortEntry = {
	name: '合成企业',
	creditCode: syntheticCreditCode(5),
	category: 'manufacturing',
	channelId: '320000',
	cohortYear: 2025,
	announcedOn: day('2025-06-01'),
	announcementNumber: '1',
	contact1Name: '甲',
	contact1Phone: '13800000001',
	contact1Email: null,
	contact2Name: null,
	contact2Phone: null,
	contact2Email: null
};
const fresh = (change: Partial<CohortEntry> = {}): CohortRow => ({
	row: 2,
	hidden: false,
	outcome: 'new',
	doubtful: false,
	entry: { ...entry, ...change },
	notes: []
});

describe('方案第十条: what applying a list would do', () => {
	test('a new designation needs its announcement, a contact a name and a way to reach it', () => {
		const problems = (row: CohortRow) =>
			planRows([row], [], []).flatMap((planned) => (planned.outcome === 'refused' ? planned.cells.map(({ column }) => column) : [planned.outcome]));
		expect(problems(fresh())).toEqual(['new']);
		expect(problems(fresh({ announcedOn: null, announcementNumber: null }))).toEqual(['announcedOn', 'announcementNumber']);
		expect(problems(fresh({ contact1Phone: null }))).toEqual(['contact1Phone']);
		expect(problems(fresh({ contact2Email: 'a@example.invalid' }))).toEqual(['contact2Name']);
	});
	test('what the register knows of a contact completes what the list says', () => {
		const known = { ...entry, contact2Name: '乙', contact2Phone: '13900000002', status: 'active' as const };
		const row: CohortRow = {
			row: 2,
			hidden: false,
			doubtful: false,
			outcome: 'changed',
			entry: { ...entry, contact2Email: 'b@example.invalid' },
			changes: [{ field: 'contact2Email', from: null, to: 'b@example.invalid' }],
			notes: []
		};
		expect(planRows([row], [known], [known])).toMatchObject([{ outcome: 'changed', corrections: [] }]);
	});
	test('another name, channel or cohort is a correction; an announcement number or contact is not', () => {
		const change = (field: 'name' | 'channelId' | 'cohortYear' | 'announcementNumber') => ({ field, from: 'a', to: 'b' });
		const row: CohortRow = {
			row: 2,
			hidden: false,
			doubtful: false,
			outcome: 'changed',
			entry,
			changes: [change('name'), change('channelId'), change('cohortYear'), change('announcementNumber')],
			notes: []
		};
		expect(planRows([row], [], [])[0]?.corrections.map(({ field }) => field)).toEqual(['name', 'channelId', 'cohortYear']);
	});
	test.each([
		['cohort 2021 announced in June 2022', { cohortYear: 2021, announcedOn: day('2022-06-15') }, true],
		['announced in the year before the cohort’s', { cohortYear: 2026, announcedOn: day('2025-12-30') }, true],
		['announced in the cohort’s own year', {}, false]
	])('自确定次年起: %s: asked about = %s', (_name, change, asked) => {
		const [row] = planRows([fresh(change)], [], []);
		expect(row && announcementToConfirm(row) !== null).toBe(asked);
	});
	test('a known designation is asked about only where its announcement or cohort changes; and that is a correction', () => {
		const unlike = { ...entry, cohortYear: 2021, announcedOn: day('2022-06-15') };
		const changed = (field: 'announcedOn' | 'announcementNumber'): CohortRow => ({
			row: 2,
			outcome: 'changed',
			hidden: false,
			doubtful: false,
			entry: unlike,
			changes: [{ field, from: 'a', to: 'b' }],
			notes: []
		});
		const asked = (row: CohortRow) => planRows([row], [], []).map((one) => [announcementToConfirm(one) !== null, one.corrections.length]);
		expect(asked(changed('announcedOn'))).toEqual([[true, 1]]);
		expect(asked(changed('announcementNumber'))).toEqual([[false, 0]]);
		expect(asked({ row: 2, outcome: 'same', hidden: false, doubtful: false, entry: unlike, notes: [] })).toEqual([[false, 0]]);
	});
});

describe('each year stays with the channel and the name it had then', () => {
	const year = {
		year: 2026,
		opensOn: day('2026-10-08'),
		channelDueOn: day('2026-11-15'),
		ministryDueOn: day('2026-11-30'),
		acceptedLateUntilOn: day('2026-12-31'),
		correctionsUntilOn: day('2027-03-31'),
		formVersion: '1',
		policyVersion: '1',
		closedAt: null,
		departureNo: null
	};
	const report = (change: Partial<ReportCase> = {}): ReportCase => ({ ...newReportCase('province', year), ...change });

	test.each(['not_started', 'draft', 'submitted', 'returned', 'excused'] as const)(
		'a report that is %s follows an event up to the ministries date, that day included',
		(state) => {
			expect(followsEvent(report({ state }), day('2026-11-30'))).toBe(true);
			expect(followsEvent(report({ state }), day('2026-12-01'))).toBe(false);
		}
	);
	test('one forwarded once, returned or not, and one of a closed year stay', () => {
		expect(followsEvent(report({ state: 'returned', firstForwardedAt: new Date('2026-11-20T00:00:00Z') }), day('2026-11-01'))).toBe(false);
		expect(followsEvent(report({ state: 'forwarded' }), day('2026-11-01'))).toBe(false);
		expect(followsEvent(report({ year: { ...year, closedAt: new Date('2027-01-02T00:00:00Z') } }), day('2026-11-01'))).toBe(false);
	});
	test('opinions and openings of the old departments do not count under the new channel; what was submitted stays', () => {
		const moved = underChannel(
			report({ state: 'submitted', currentVersion: 2, opinions: { commerce: 2 }, opinionAt: { commerce: new Date(0) }, openedAt: { industry: new Date(0) } }),
			'central_group'
		);
		expect(moved).toMatchObject({ state: 'submitted', currentVersion: 2, channelKind: 'central_group', opinions: {}, opinionAt: {}, openedAt: {} });
	});
	test('the day of an event: today in Beijing still, tomorrow not; not before the last of its kind nor before the notice', () => {
		const now = new Date('2026-11-24T15:59:59.999Z');
		expect(validateEventDay('2026-11-24', null, now).ok).toBe(true);
		expect(validateEventDay('2026-11-25', null, now).ok).toBe(false);
		expect(validateEventDay('2026-11-25', null, new Date('2026-11-24T16:00:00Z')).ok).toBe(true);
		expect(validateEventDay('2021-11-07', null, now).ok).toBe(false);
		expect(validateEventDay('2026-05-31', day('2026-06-01'), now).ok).toBe(false);
	});
});
