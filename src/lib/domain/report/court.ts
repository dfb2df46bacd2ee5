/**
 * In whose court a report is: who has to act next. Chasing goes there and nowhere else (domain.md 2 and 4). Nobody can set it: the database
 * keeps it as a generated column (docs/adr/0002), held equal to this by a test.
 */
import { startOf } from '#lib/domain/day.ts';
import { DEPARTMENTS } from '#lib/domain/parties.ts';
import type { Court } from '#lib/domain/report-state.ts';
import { isClosed, missingOpinions, standingReturn, type ReportCase } from './report-case.ts';

/** Who has to act next on the report. In a closed year nobody but the ministries with a receipt outstanding. */
export function courtOf(report: ReportCase): Court {
	switch (report.state) {
		case 'not_started':
		case 'draft':
		case 'returned':
			return isClosed(report) ? 'nobody' : 'enterprise';
		case 'submitted':
			return isClosed(report) ? 'nobody' : courtInChannel(report);
		case 'forwarded':
			return 'ministries';
		case 'received':
		case 'not_filed':
		case 'not_delivered':
		case 'excused':
		case 'not_owed':
			return 'nobody';
	}
}

/** Since when that party has had it; null for nobody. A remaining department has had it since the submission. */
export function courtSince(report: ReportCase): Date | null {
	const court = courtOf(report);
	switch (court) {
		case 'enterprise':
			return report.state === 'returned'
				? latest(standingReturn(report)?.returnedAt, report.withdrawnAt)
				: latest(startOf(report.year.opensOn), report.owedOn && startOf(report.owedOn), report.withdrawnAt, report.reopenedAt);
		case 'ministries':
			return report.forwardedAt;
		case 'nobody':
			return null;
		default:
			return heldSince({ ...report, court });
	}
}

/** Since when the channel or a department of it holds the report; null while it is with nobody there. */
export function heldSince({ court, submittedAt, opinionAt }: Pick<ReportCase, 'submittedAt' | 'opinionAt'> & { readonly court: Court }): Date | null {
	switch (court) {
		case 'commerce':
		case 'industry':
		case 'departments':
		case 'group':
			return submittedAt;
		case 'channel':
			return latest(...DEPARTMENTS.map((department) => opinionAt[department]));
		case 'enterprise':
		case 'ministries':
		case 'nobody':
			return null;
	}
}

function courtInChannel(report: ReportCase): Court {
	const missing = missingOpinions(report);
	if (missing.length > 1) return 'departments';
	return missing[0] ?? 'channel';
}

function latest(...instants: readonly (Date | null | undefined)[]): Date | null {
	let found: Date | null = null;
	for (const instant of instants) if (instant && (found === null || instant > found)) found = instant;
	return found;
}
