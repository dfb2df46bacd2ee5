/** What a rule says in SQL is what it says in the domain: some hundred random reports, the instants around midnight in Beijing among them. */
import { beforeAll, describe, expect, test } from 'vitest';
import { isExpected } from '#lib/domain/report/duty.ts';
import { addDays, day, dayInBeijing, startOf, type Day } from '#lib/domain/day.ts';
import { findsEnterprise } from '#lib/domain/enterprise-search.ts';
import { COURTS, type Court, REPORT_STATES, type ReportState } from '#lib/domain/report-state.ts';
import { heldSince } from '#lib/domain/report/court.ts';
import { latenessOf } from '#lib/domain/report/lateness.ts';
import { isFiled, onTime } from '#lib/domain/report/report-case.ts';
import { effectiveDueOn, enterpriseDueOn, isExtended, isPast } from '#lib/domain/report/reporting-year.ts';
import { isUnableToFile, yearOutcome } from '#lib/domain/report/year-outcome.ts';
import { asSystem } from '#lib/server/db/door.ts';
import * as register from '#lib/server/store/register/clauses.ts';
import * as clauses from '#lib/server/store/report/clauses.ts';
import type { TestDatabase } from '../../support/database.ts';
import { applicationDatabase } from '../../support/people.ts';
import { openYear } from '../../support/scene.ts';

const YEAR = { ministryDueOn: day('2026-11-30'), channelDueOn: day('2026-11-15') };
const NOW = new Date('2026-12-05T03:00:00Z');
const DATES = ['2026-11-15', '2026-11-30', '2026-12-01', '2026-12-05', '2026-12-10', '2027-01-20'].map((on) => day(on));
/** A date of its own, none, and one that the ministries' date has since overtaken. */
const OWN: Readonly<Record<string, Day | null>> = { '320000': day('2026-11-10'), '440000': null, '110000': day('2026-12-05') };

let database: TestDatabase;
beforeAll(async () => {
	database = await applicationDatabase();
	await openYear(database, 2026);
	for (const [channelId, on] of Object.entries(OWN))
		if (on) await database.adminSql`insert into channel_year (channel_id, year, due_on, set_by) values (${channelId}, 2026, ${on}, 'p')`;
});

function dice(seed: number) {
	let state = seed;
	const roll = (n: number): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * n);
	};
	const one = <T>(of: readonly T[]): T => of[roll(of.length)] as T;
	return { roll, one };
}

interface Drawn {
	readonly id: number;
	readonly state: ReportState;
	readonly court: Court;
	readonly channelId: string;
	readonly extensionOn: Day | null;
	readonly owedOn: Day | null;
	readonly voluntary: boolean;
	readonly submittedAt: Date | null;
	readonly firstSubmittedAt: Date | null;
	readonly firstForwardedAt: Date | null;
	readonly closedAt: Date | null;
	readonly excusePending: boolean;
	readonly commerceAt: Date | null;
	readonly industryAt: Date | null;
	readonly groupAt: Date | null;
}

function draw(count: number): Drawn[] {
	const { roll, one } = dice(20261130);
	const instant = (): Date | null => {
		if (roll(4) === 0) return null;
		const midnight = startOf(addDays(one(DATES), roll(2))).getTime();
		return new Date(midnight + one([-1, 0, 1, -40_000_000, 40_000_000]));
	};
	return Array.from({ length: count }, (_, id) => ({
		id: id + 1,
		state: one(REPORT_STATES),
		court: one(COURTS),
		channelId: one(Object.keys(OWN)),
		extensionOn: roll(2) === 0 ? null : one(DATES),
		owedOn: roll(2) === 0 ? null : one(DATES),
		voluntary: roll(4) === 0,
		submittedAt: instant(),
		firstSubmittedAt: instant(),
		firstForwardedAt: instant(),
		// A year is closed after the last day on which late reports are taken.
		closedAt: roll(3) === 0 ? new Date('2027-04-02T03:00:00Z') : null,
		excusePending: roll(6) === 0,
		commerceAt: instant(),
		industryAt: instant(),
		groupAt: instant()
	}));
}

/** As rows of annual_report; `year` tells them apart in the kept counts. */
const asRows = (reports: readonly Drawn[], year: (id: number) => number): string =>
	JSON.stringify(
		reports.map((report) => ({
			id: report.id,
			year: year(report.id),
			channel_id: report.channelId,
			category: 'manufacturing',
			cohort_year: 2022,
			state: report.state,
			court: report.court,
			extension_on: report.extensionOn,
			owed_on: report.owedOn,
			voluntary: report.voluntary,
			submitted_at: report.submittedAt,
			first_submitted_at: report.firstSubmittedAt,
			first_forwarded_at: report.firstForwardedAt,
			closed_at: report.closedAt,
			excuse_pending: report.excusePending,
			commerce_approved_at: report.commerceAt,
			industry_approved_at: report.industryAt,
			group_approved_at: report.groupAt,
			current_version: 1
		}))
	);

const opinionAt = (report: Drawn) => ({
	...(report.commerceAt && { commerce: report.commerceAt }),
	...(report.industryAt && { industry: report.industryAt }),
	...(report.groupAt && { group: report.groupAt })
});

describe('clauses of the annual report', () => {
	const reports = draw(600);

	for (const now of [NOW, startOf(day('2026-12-01')), new Date('2027-02-01T00:00:00Z')])
		test(`say what the domain says, at ${now.toISOString()}`, async () => {
			const rows = await asSystem('test', async (db) => {
				const { sql } = db;
				return sql<Record<string, unknown>[]>`
					select r.id::int as id, ${clauses.isExtended(db, YEAR)} as extended, ${clauses.isExtended(db, null)} as joined_extended,
						${clauses.effectiveDueOn(db, YEAR)} as due_on, ${clauses.effectiveDueOn(db, null)} as joined_due_on,
						${now}::timestamptz >= ${clauses.endOfEffectiveDueOn(db, YEAR)} as past,
						${now}::timestamptz >= ${clauses.endOfEnterpriseDueOn(db, YEAR)} as past_own,
						${clauses.onTime(db, YEAR, now)} as on_time, ${clauses.yearOutcome(db, YEAR, now)} as outcome, ${clauses.daysLate(db, YEAR, now)}::int as days_late,
						${clauses.heldSince(db)} as held_since, ${clauses.isFiled(db)} as filed, ${clauses.isExpected(db)} as expected
					from jsonb_populate_recordset(null::annual_report, ${asRows(reports, () => 2026)}::text::jsonb) r
					cross join (select ${YEAR.ministryDueOn}::date as ministry_due_on) y
					order by r.id`;
			});
			const said = reports.map((report) => {
				const dueOn = effectiveDueOn(YEAR, report.extensionOn, report.owedOn);
				const ownDueOn = enterpriseDueOn(YEAR, OWN[report.channelId] ?? null, report.extensionOn, report.owedOn);
				const { daysLate } = latenessOf(
					{
						dueOn,
						enterpriseDueOn: ownDueOn,
						firstSubmittedAt: report.firstSubmittedAt,
						firstOpinionAt: {},
						firstForwardedAt: report.firstForwardedAt,
						receivedAt: null,
						transitions: [],
						closedAt: report.closedAt,
						unableToFile: isUnableToFile(report)
					},
					now
				);
				return {
					id: report.id,
					extended: isExtended(YEAR, report.extensionOn),
					joined_extended: isExtended(YEAR, report.extensionOn),
					due_on: dueOn,
					joined_due_on: dueOn,
					past: isPast(dueOn, now),
					past_own: isPast(ownDueOn, now),
					on_time: onTime({ ...report, year: YEAR }, now),
					outcome: yearOutcome({ ...report, year: YEAR }, now),
					days_late: daysLate,
					held_since: heldSince({ ...report, opinionAt: opinionAt(report) }),
					filed: isFiled(report.state),
					expected: isExpected(report)
				};
			});
			expect(rows.map((row) => ({ ...row }))).toEqual(said);
			// All of it was drawn: a rule that is never true is not tested.
			for (const rule of ['extended', 'on_time', 'outcome', 'filed', 'expected'] as const)
				expect(new Set(said.map((one) => one[rule])).size).toBeGreaterThan(1);
		});

	test('the kept counts hold a report since the same day', async () => {
		const { adminSql } = database;
		const kept = await adminSql.begin(async (tx) => {
			await tx`select count_report(r, 1) from jsonb_populate_recordset(null::annual_report, ${asRows(reports, (id) => id)}::text::jsonb) r`;
			const rows = await tx<
				{ id: number; since_on: string | null }[]
			>`select year as id, since_on::text from report_tally where year <= ${reports.length} order by year`;
			await tx`delete from report_tally where year <= ${reports.length}`;
			await tx`delete from report_flow where year <= ${reports.length}`;
			return [...rows];
		});
		expect(kept).toEqual(
			reports.map((report) => {
				const since = heldSince({ ...report, opinionAt: opinionAt(report) });
				return { id: report.id, since_on: since && dayInBeijing(since) };
			})
		);
	});
});

test('an enterprise is found by the same words in the database and in the domain', async () => {
	const { roll, one } = dice(7);
	const signs = [...'示例江苏软件（）()ＡＢＣabcÉé·－- 　㈱ﬁ①%_\\\'"0９\u200b\u00a0“’—\n'];
	const text = (most: number): string => Array.from({ length: 1 + roll(most) }, () => one(signs)).join('');
	const enterprises = Array.from({ length: 120 }, (_, id) => ({
		id: id + 1,
		name: text(8),
		formerNames: Array.from({ length: roll(3) }, () => text(6).replaceAll('\n', '')),
		creditCode: `9132${String(roll(1_000_000)).padStart(6, '0')}MA1X2Y3Z`
	}));
	const searches = ['', '-', '９１３２', 'ma1x', '91 32', "'9132", '9132-', '\u200b9132', ...Array.from({ length: 60 }, () => text(2))];
	const ofReport = JSON.stringify(enterprises.map(({ id, name, creditCode }) => ({ id, enterprise_id: -id, enterprise_name: name, credit_code: creditCode })));
	const ofRegister = JSON.stringify(
		enterprises.map(({ id, name, formerNames, creditCode }) => ({ id, name, former_names: formerNames.join('\n'), credit_code: creditCode }))
	);
	let found = 0;
	for (const typed of searches) {
		const rows = await asSystem('test', async (db) => {
			const { sql } = db;
			return sql<{ id: number; of_report: boolean; of_enterprise: boolean; of_name: boolean }[]>`
				select r.id::int as id, ${register.findsEnterprise(db, typed, 'report')} as of_report,
					${register.findsEnterprise(db, typed, 'enterprise')} as of_enterprise, ${register.findsEnterprise(db, typed, 'name')} as of_name
				from (
					select g.id, g.enterprise_id, g.credit_code, searched_text(g.enterprise_name) as searched_name
					from jsonb_populate_recordset(null::annual_report, ${ofReport}::text::jsonb) g
				) r
				join (
					select g.id, g.credit_code, searched_text(g.name || '|' || replace(g.former_names, chr(10), '|')) as searched_names
					from jsonb_populate_recordset(null::enterprise, ${ofRegister}::text::jsonb) g
				) e on e.id = r.id
				order by r.id`;
		});
		const said = enterprises.map((enterprise) => {
			const finds = findsEnterprise(typed, enterprise);
			return {
				id: enterprise.id,
				of_report: findsEnterprise(typed, { ...enterprise, formerNames: [] }),
				of_enterprise: finds,
				of_name: findsEnterprise(typed, { ...enterprise, creditCode: null })
			};
		});
		expect({ typed, rows: rows.map((row) => ({ ...row })) }).toEqual({ typed, rows: said });
		found += said.filter(({ of_name: ofName }) => ofName).length;
	}
	expect(found).toBeGreaterThan(200);
});
