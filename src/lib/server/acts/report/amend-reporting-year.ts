import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { DATE_FIELDS, type ReportingYear, type YearDates } from '#lib/domain/report/reporting-year.ts';
import { changedDates, confirmAmendment, proposeAmendment, type AmendmentWish } from '#lib/domain/report/year-amendment.ts';
import { isMinistry } from '#lib/domain/parties.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { loadPolicy } from '#lib/server/store/report/policy.ts';
import { lockReportingYear } from '#lib/server/store/report/reporting-year.ts';
import { lockOpenAmendment } from '#lib/server/store/report/year-amendment.ts';

/** One ministry proposes other dates for an open year, with document and reason (domain.md 2; 非方案规定). Nothing moves until the other agrees. */
export function proposeYearAmendment(actor: Actor, year: number, wish: AmendmentWish): Promise<Decision<{ amendmentId: string }>> {
	return asOffice(actor, 'amendReportingYear', async (db, now) => {
		const known = await lockReportingYear(db, year);
		if (!known) return refuse({ code: 'not_found' });
		const checked = proposeAmendment(known, wish, now);
		if (!checked.ok) return checked;
		const [added] = await db.sql<{ id: string }[]>`
			insert into reporting_year_amendment (year, before, dates, document_no, reason, ministry, person_id, person_name, proposed_at)
			values (${year}, ${JSON.stringify(datesOf(known))}::text::jsonb, ${JSON.stringify(checked.dates)}::text::jsonb, ${wish.documentNo.trim()},
				${wish.reason.trim()}, ${actor.orgKind}, ${actor.personId}, ${actor.personName}, ${now})
			on conflict (year) where confirmed_at is null and withdrawn_at is null do nothing returning id`;
		if (!added) return refuse({ code: 'already_done' });
		await writeJournal(db, {
			act: 'propose-year-amendment',
			objectKind: 'reporting_year',
			objectId: String(year),
			article: 'system',
			before: { ...datesOf(known) },
			after: { ...checked.dates, documentNo: wish.documentNo.trim(), reason: wish.reason.trim() }
		});
		return { ok: true, amendmentId: added.id };
	});
}

/** The other ministry agrees to what was proposed, by another person: from now on the year has these dates (会同). */
export function confirmYearAmendment(actor: Actor, year: number, amendmentId: string): Promise<Decision<{ dates: YearDates }>> {
	return asOffice(actor, 'amendReportingYear', async (db, now) => {
		const known = await lockReportingYear(db, year);
		const proposed = known && (await lockOpenAmendment(db, amendmentId, year));
		if (!known || !proposed || !isMinistry(actor.orgKind)) return refuse({ code: 'not_found' });
		const decided = confirmAmendment(known, proposed, { ministry: actor.orgKind, personId: actor.personId }, await loadPolicy(db, known.policyVersion), now);
		if (!decided.ok) return decided;
		const { dates, departureNo } = decided;
		await db.sql`
			update reporting_year set opens_on = ${dates.opensOn}::date, channel_due_on = ${dates.channelDueOn}::date, ministry_due_on = ${dates.ministryDueOn}::date,
				accepted_late_until_on = ${dates.acceptedLateUntilOn}::date, corrections_until_on = ${dates.correctionsUntilOn}::date,
				departure_no = ${departureNo}, row_version = row_version + 1
			where year = ${year}`;
		await db.sql`
			update reporting_year_amendment set confirmed_ministry = ${actor.orgKind}, confirmed_by = ${actor.personId}, confirmed_by_name = ${actor.personName},
				confirmed_at = ${now} where id = ${amendmentId}::bigint`;
		const changes = changedDates(known, dates);
		await writeJournal(db, {
			act: 'amend-reporting-year',
			objectKind: 'reporting_year',
			objectId: String(year),
			article: 'system',
			before: Object.fromEntries(changes.map(({ field, from }) => [field, from])),
			after: { ...Object.fromEntries(changes.map(({ field, to }) => [field, to])), documentNo: proposed.documentNo, proposedBy: proposed.personName }
		});
		return { ok: true, dates };
	});
}

/** Takes the own proposal back, or refuses the other ministry's: either ends it, and nothing has moved. */
export function withdrawYearAmendment(actor: Actor, year: number, amendmentId: string): Promise<Decision<object>> {
	return asOffice(actor, 'amendReportingYear', async (db, now) => {
		const known = await lockReportingYear(db, year);
		const proposed = known && (await lockOpenAmendment(db, amendmentId, year));
		if (!proposed) return refuse({ code: 'not_found' });
		await db.sql`update reporting_year_amendment set withdrawn_at = ${now} where id = ${amendmentId}::bigint`;
		await writeJournal(db, {
			act: 'withdraw-year-amendment',
			objectKind: 'reporting_year',
			objectId: String(year),
			article: 'system',
			before: { ...proposed.dates, documentNo: proposed.documentNo }
		});
		return { ok: true };
	});
}

function datesOf(year: ReportingYear): YearDates {
	return Object.fromEntries(DATE_FIELDS.map((field) => [field, year[field]])) as unknown as YearDates;
}
