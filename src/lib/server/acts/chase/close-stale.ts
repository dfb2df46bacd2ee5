import { ACCOUNT_KEPT_DAYS } from '#lib/domain/chase/timetable.ts';
import { asSystem, type Db } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';

export interface Closed extends Readonly<Record<string, unknown>> {
	readonly invitations: number;
	readonly accounts: number;
	readonly sessions: number;
	readonly attempts: number;
	readonly receiptChecks: number;
}

/**
 * Puts away what has run out: invitations past their day, sessions nobody can use, traces of signing in older than a day, and accounts of people who have
 * been in no office for a month (quality.md 6). Twice changes nothing. A dry run counts.
 */
export function closeStale({ dry }: { readonly dry: boolean }): Promise<Closed> {
	return asSystem(
		'close what is stale',
		async (db) => {
			const invitations = await cancelExpired(db, dry);
			const accounts = await disableLeft(db, dry);
			const [swept] = await db.sql<{ sessions: number | null }[]>`select session_sweep(app_now(), ${dry})::int as sessions`;
			return { invitations, accounts, sessions: swept?.sessions ?? 0, ...(await removeTraces(db, dry)) };
		},
		{ deadlineMs: 60_000 }
	);
}

async function cancelExpired(db: Db, dry: boolean): Promise<number> {
	const expired = await db.sql<{ id: string; org_id: string; duty: string }[]>`
		select id, org_id, duty from invitation where accepted_at is null and cancelled_at is null and expires_at < app_now() order by id for update skip locked`;
	if (dry) return expired.length;
	await db.sql`update invitation set cancelled_at = app_now() where id = any(${expired.map(({ id }) => id)}::bigint[])`;
	for (const { id, org_id, duty } of expired) {
		await writeJournal(db, {
			act: 'close-stale',
			objectKind: 'invitation',
			objectId: id,
			article: null,
			before: { duty, orgId: org_id },
			after: { expired: true }
		});
	}
	return expired.length;
}

/** Somebody who was in an office and has been in none for a while; who never was in one is left to the administrator. */
async function disableLeft(db: Db, dry: boolean): Promise<number> {
	const left = await db.sql<{ id: string }[]>`
		select p.id from person p
		where p.disabled_at is null
			and exists (select from membership b where b.person_id = p.id)
			and not exists (select from membership b where b.person_id = p.id and (b.ended_at is null
				or b.ended_at > app_now() - ${ACCOUNT_KEPT_DAYS} * interval '1 day'))
		order by p.id for update of p skip locked`;
	if (dry) return left.length;
	for (const { id } of left) {
		await db.sql`update person set disabled_at = app_now() where id = ${id}`;
		await db.sql<{ ended: number | null }[]>`select session_end(${id}, null, null)::int as ended`;
		await writeJournal(db, {
			act: 'close-stale',
			objectKind: 'person',
			objectId: id,
			article: null,
			before: { disabled: false },
			after: { disabled: true, inNoOfficeForDays: ACCOUNT_KEPT_DAYS }
		});
	}
	return left.length;
}

async function removeTraces({ sql }: Db, dry: boolean): Promise<{ attempts: number; receiptChecks: number }> {
	if (dry) {
		const [old] = await sql<{ attempts: number | null; checks: number | null }[]>`
			select (select count(*)::int from sign_in_attempt where at < app_now() - interval '1 day') as attempts,
				(select count(*)::int from receipt_check where since < app_now() - interval '1 day') as checks`;
		return { attempts: old?.attempts ?? 0, receiptChecks: old?.checks ?? 0 };
	}
	const attempts = await sql`delete from sign_in_attempt where at < app_now() - interval '1 day'`;
	await sql`
		delete from sign_in_account a where a.last_at < app_now() - interval '1 day' and (a.locked_until is null or a.locked_until < app_now())
			and not exists (select from sign_in_attempt t where t.account_key = a.account_key)`;
	const checks = await sql`delete from receipt_check where since < app_now() - interval '1 day'`;
	return { attempts: attempts.count, receiptChecks: checks.count };
}
