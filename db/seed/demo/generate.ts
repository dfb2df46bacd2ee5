import { dayInBeijing } from '#lib/domain/day.ts';
import { accountsOf, plansForAccounts, type SeatedAccount } from './accounts.ts';
import { buildRegister, type DemoRegister, type ReferenceParties } from './register.ts';
import { harvestFollowUps } from './follow-ups.ts';
import { harvestNeeds } from './needs.ts';
import { harvestRegister } from './register-rows.ts';
import { emptyHarvest, type Harvest } from './rows.ts';
import { filesOfYear, type SyntheticFile } from './synthetic-file.ts';
import { openedAtOf, runYear, type Chronicle } from './year-run.ts';

export interface Demonstration {
	readonly register: DemoRegister;
	readonly harvest: Harvest;
	readonly accounts: readonly SeatedAccount[];
	readonly files: readonly SyntheticFile[];
}

/** The year after the first round of designations. */
const FIRST_YEAR = 2023;

/** Everything up to `asOf`, out of the seed and what the reference data holds: the same input gives the same rows. */
export function generateDemonstration(reference: ReferenceParties, asOf: Date): Demonstration {
	const until = asOf.getTime();
	const harvest = emptyHarvest();
	const register = buildRegister(reference, dayInBeijing(asOf));
	let lastYear = FIRST_YEAR - 1;
	while (openedAtOf(lastYear + 1) < until) lastYear += 1;
	const chronicle: Chronicle = {
		register,
		harvest,
		asOf: until,
		history: new Map(),
		counters: { report: 0, return: 0, comment: 0, opinion: 0, forwarding: 0 },
		overrides: plansForAccounts(register, lastYear, until)
	};
	for (let year = FIRST_YEAR; year <= lastYear; year += 1) runYear(chronicle, year);
	const versionsOf = new Map<unknown, number>();
	const firmOf = new Map(harvest.rows.annual_report.map((row) => [row['id'], row['enterprise_id']]));
	for (const version of harvest.rows.annual_report_version) {
		const firm = firmOf.get(version['report_id']);
		versionsOf.set(firm, (versionsOf.get(firm) ?? 0) + 1);
	}
	harvestRegister(register, harvest, until, (enterpriseId) => versionsOf.get(enterpriseId) ?? 0);
	harvestNeeds(register, harvest, until);
	harvestFollowUps(register, harvest, until);
	// Numbered as they happened, whichever report they belong to.
	const events = harvest.rows.report_event.sort((a, b) => String(a['at']).localeCompare(String(b['at'])));
	harvest.rows.report_event = events.map((row, index) => ({ id: index + 1, ...row }));
	harvest.journal.sort((a, b) => a.at - b.at);
	const years = Array.from({ length: lastYear - FIRST_YEAR + 1 }, (_, index) => FIRST_YEAR + index);
	return { register, harvest, accounts: accountsOf(register), files: years.flatMap(filesOfYear) };
}
