import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { DUTY_EFFECTS, type DutyEffect } from '#lib/domain/report/duty.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { queueReportNotices } from '#lib/server/letters/report-notice.ts';
import { effectsMark, loadDutyDifferences, loadOpenSettlement, type DutyDifference } from '#lib/server/store/report/duty-difference.ts';
import { loadPolicy } from '#lib/server/store/report/policy.ts';
import { applyDifferences } from '#lib/server/store/report/settled-duties.ts';
import { lockReportingYear } from '#lib/server/store/report/reporting-year.ts';

export type EffectCounts = Readonly<Record<DutyEffect, number>>;

/**
 * A ministry agrees to what the announcement dates change in an open year (方案第十一条, 自确定次年起), as it was previewed. When the other agrees to the
 * same, by another person, it is applied and the enterprises are told: what is owed is added and counts from today, what is not becomes 无需报送, or is kept
 * as filed of its own accord.
 *
 * @param mark of the preview on the screen: whatever has changed since is refused, and a first agreement to something else lapses
 */
export function settleDuties(actor: Actor, year: number, mark: string): Promise<Decision<{ applied: boolean; counts: EffectCounts }>> {
	return asOffice(
		actor,
		'settleDuties',
		async (db, now) => {
			const known = await lockReportingYear(db, year);
			if (!known) return refuse({ code: 'not_found' });
			if (known.closedAt !== null) return refuse({ code: 'year_closed', year });
			const differences = await loadDutyDifferences(db, known, await loadPolicy(db, known.policyVersion));
			if (differences.length === 0) return refuse({ code: 'nothing_changed' });
			if (effectsMark(differences) !== mark) return refuse({ code: 'preview_outdated' });
			const counts = countEffects(differences);
			const standing = await loadOpenSettlement(db, year);
			const same = standing?.mark === mark ? standing : null;
			if (same?.ministry === actor.orgKind) return refuse({ code: 'already_done' });
			if (same?.personId === actor.personId) return refuse({ code: 'same_person' });
			if (same) {
				const settled = await applyDifferences(db, year, differences, now);
				const effectOf = new Map(settled.map(({ report, effect }) => [report.id, effect]));
				await queueReportNotices(
					db,
					settled.map(({ report }) => report),
					({ id }) => ({ kind: effectOf.get(id) ?? 'not_owed' })
				);
				await db.sql`
					update duty_settlement set applied_ministry = ${actor.orgKind}, applied_by = ${actor.personId}, applied_by_name = ${actor.personName},
						applied_at = ${now}
					where id = ${same.id}::bigint`;
			} else {
				if (standing) await db.sql`update duty_settlement set withdrawn_at = ${now} where id = ${standing.id}::bigint`;
				const effects = differences.map(({ designationId, effect }) => ({ designationId, effect }));
				await db.sql`
					insert into duty_settlement (year, effects_mark, effects, ministry, person_id, person_name, agreed_at)
					values (${year}, ${mark}, ${JSON.stringify(effects)}::text::jsonb, ${actor.orgKind}, ${actor.personId}, ${actor.personName}, ${now})`;
			}
			await writeJournal(db, {
				act: same ? 'settle-duties' : 'agree-to-duties',
				objectKind: 'reporting_year',
				objectId: String(year),
				article: '11',
				after: { ...counts, mark, ...(same && { agreedFirst: same.personName }) }
			});
			return { ok: true, applied: same !== null, counts };
		},
		{ deadlineMs: 60_000 }
	);
}

/** Ends an agreement the other ministry has not joined: by either of them. */
export function withdrawDutySettlement(actor: Actor, year: number): Promise<Decision<object>> {
	return asOffice(actor, 'settleDuties', async (db, now) => {
		const known = await lockReportingYear(db, year);
		const standing = known && (await loadOpenSettlement(db, year));
		if (!standing) return refuse({ code: 'not_found' });
		await db.sql`update duty_settlement set withdrawn_at = ${now} where id = ${standing.id}::bigint`;
		await writeJournal(db, {
			act: 'withdraw-duty-settlement',
			objectKind: 'reporting_year',
			objectId: String(year),
			article: '11',
			before: { mark: standing.mark, ministry: standing.ministry }
		});
		return { ok: true };
	});
}

function countEffects(differences: readonly DutyDifference[]): EffectCounts {
	return Object.fromEntries(DUTY_EFFECTS.map((effect) => [effect, differences.filter((one) => one.effect === effect).length])) as Record<DutyEffect, number>;
}
