import { promiseOf, strikeEntry, type ContactMeans, type ContactOutcome } from '#lib/domain/chase/contact-log.ts';
import type { Day } from '#lib/domain/day.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';

export interface ContactInput {
	readonly means: ContactMeans;
	readonly outcome: ContactOutcome;
	readonly spokeTo: string;
	/** As typed; read only where the outcome is a promise. */
	readonly promisedOn: string;
	readonly remark: string;
}

/**
 * Writes down a call to the enterprise of a report: what came of it and what was promised (domain.md 4). Both departments of a province see it; the
 * enterprise does not. What was said stays out of the journal: it may name people.
 *
 * @returns refusals: not_found, not_your_duty, date_invalid, date_out_of_range (a promise without its day).
 */
export function logContact(actor: Actor, reportId: string, input: ContactInput): Promise<Decision<{ entryId: string }>> {
	return asOffice(actor, 'logContact', async (db, now) => {
		const { sql, within } = db;
		const [report] = await sql<{ corrections_until_on: string }[]>`
			select y.corrections_until_on from annual_report r join reporting_year y on y.year = r.year where r.id = ${reportId}::bigint and ${within.report}`;
		if (!report) return refuse({ code: 'not_found' });
		const promised = promiseOf(input.outcome, input.promisedOn, report.corrections_until_on as Day, now);
		if (!promised.ok) return promised;
		const [entry] = await sql<{ id: string }[]>`
			insert into contact_log (report_id, at, org_kind, person_id, person_name, means, outcome, spoke_to, promised_on, remark)
			values (${reportId}::bigint, ${now}, ${actor.orgKind}, ${actor.personId}, ${actor.personName}, ${input.means}, ${input.outcome},
				${input.spokeTo === '' ? null : input.spokeTo}, ${promised.promisedOn}::date, ${input.remark === '' ? null : input.remark})
			returning id`;
		if (!entry) throw new Error('the entry was not stored');
		await writeJournal(db, {
			act: 'log-contact',
			objectKind: 'contact_log',
			objectId: entry.id,
			article: null,
			after: { reportId, means: input.means, outcome: input.outcome, promisedOn: promised.promisedOn }
		});
		return { ok: true, entryId: entry.id };
	});
}

/**
 * Strikes one's own entry within half an hour: a slip, said of the wrong firm. It stays readable as struck and no longer counts.
 *
 * @returns refusals: not_found, nothing_to_undo (somebody else's), already_done, undo_over.
 */
export function strikeContact(actor: Actor, entryId: string): Promise<Decision<object>> {
	return asOffice(actor, 'strikeContact', async (db, now) => {
		const { sql, within } = db;
		const [entry] = await sql<{ id: string; at: Date; person_id: string; struck_at: Date | null }[]>`
			select l.id, l.at, l.person_id, l.struck_at from contact_log l join annual_report r on r.id = l.report_id
			where l.id = ${entryId}::bigint and l.org_kind = ${actor.orgKind} and ${within.report} for update of l`;
		if (!entry) return refuse({ code: 'not_found' });
		const decided = strikeEntry({ personId: entry.person_id, at: entry.at, struckAt: entry.struck_at }, actor.personId, now);
		if (!decided.ok) return decided;
		await sql`update contact_log set struck_at = ${now} where id = ${entry.id}::bigint`;
		await writeJournal(db, { act: 'strike-contact', objectKind: 'contact_log', objectId: entry.id, article: null });
		return { ok: true };
	});
}
