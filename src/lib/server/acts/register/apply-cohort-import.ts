import { maskEmail, maskPhone } from '#lib/domain/contact-mask.ts';
import type { CohortEntry } from '#lib/domain/register/cohort-import.ts';
import { announcementToConfirm, isCorrection, rowsToTake, type EntryRow } from '#lib/domain/register/cohort-plan.ts';
import { refuse, type Decision } from '#lib/domain/refusal.ts';
import { dayInBeijing, type Day } from '#lib/domain/day.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice, type ActorDb, type Db } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';
import { loadRegister, registerMark } from '#lib/server/store/register/cohort-register.ts';
import { moveReports } from '#lib/server/store/report/enterprise-reports.ts';
import { addOwedReports } from '#lib/server/store/report/owed-report.ts';
import { codesOf, type CohortPlan } from './plan-cohort-import.ts';

export interface AppliedImport {
	readonly enterprises: number;
	readonly designations: number;
	readonly changed: number;
	readonly same: number;
	/** Rows whose name, channel or cohort differs and was left, because nobody said it was a correction. */
	readonly left: number;
	/** Rows that were refused, wait for a code to be confirmed, or are hidden and were not asked for: they held nothing up and were not taken. */
	readonly notTaken: number;
	/** Reports that came to be owed in open years. */
	readonly owed: number;
}

/** What the official chose: whether a name, channel or cohort that differs is a mistake of the register to be put right, and whether hidden rows are meant. */
export interface ApplyChoice {
	readonly corrections: boolean;
	readonly hidden: boolean;
	/** Whether somebody looked at the announcements whose year is not the cohort's. */
	readonly announcements?: boolean;
}

/**
/**
 * 方案第十条: takes the rows of a list that was tried before into the register, all that can be taken or nothing. A row that was refused or
 * whose code is in doubt holds the others up no more than a hidden one. Refused when no row can be taken, when the list was applied already, when
 * the register has changed since the dry run, or when nobody looked at the announcements whose year is not the cohort's.
 */
export function applyCohortImport(
	actor: Actor,
	importId: string,
	{ corrections, hidden, announcements = false }: ApplyChoice
): Promise<Decision<AppliedImport>> {
	return asOffice(
		actor,
		'applyCohortImport',
		async (db, now) => {
			const [row] = await db.sql<
				{ rows: unknown; applied_at: Date | null }[]
			>`select rows, applied_at from cohort_import where id = ${importId}::bigint for update`;
			if (!row) return refuse({ code: 'not_found' });
			if (row.applied_at !== null) return refuse({ code: 'already_done' });
			const plan = row.rows as CohortPlan;
			const taken = rowsToTake(plan.rows, { hidden });
			const notTaken = plan.rows.filter(({ outcome }) => outcome !== 'ignored').length - taken.length;
			if (taken.length === 0) return refuse({ code: 'rows_refused', count: notTaken });
			const unlike = taken.filter((planned) => announcementToConfirm(planned) !== null).length;
			if (unlike > 0 && !announcements) return refuse({ code: 'announcement_unconfirmed', count: unlike });
			const register = await loadRegister(db, { lock: true });
			if (registerMark(register, codesOf(plan.rows)) !== plan.mark) return refuse({ code: 'preview_outdated' });

			const known = new Set(register.enterprises.map(({ creditCode }) => creditCode));
			const fresh = taken.flatMap((planned) => (planned.outcome === 'new' ? [planned.entry] : []));
			const enterprises = [...new Map(fresh.filter(({ creditCode }) => !known.has(creditCode)).map((entry) => [entry.creditCode, entry])).values()];
			await addEnterprises(db, enterprises);
			const designationIds = await addDesignations(db, fresh);
			const changed = await changeKnown(db, taken, corrections, now);
			await saveContacts(db, taken);
			const owed = await addOwed(db, designationIds, dayInBeijing(now));
			const applied: AppliedImport = {
				enterprises: enterprises.length,
				designations: fresh.length,
				changed,
				same: taken.filter(({ outcome }) => outcome === 'same').length,
				left: corrections ? 0 : taken.filter((planned) => planned.corrections.length > 0).length,
				notTaken,
				owed
			};
			await db.sql`update cohort_import set applied_at = ${now}, applied_by = ${actor.personId} where id = ${importId}::bigint`;
			await journalDesignations(db, fresh, importId);
			await writeJournal(db, {
				act: 'apply-cohort-import',
				objectKind: 'cohort_import',
				objectId: importId,
				article: '10',
				after: { ...applied, corrections, hidden }
			});
			return { ok: true, ...applied };
		},
		{ deadlineMs: 60_000 }
	);
}

/** Rows for one statement: 5,000 enterprises are as many round trips as one. */
const asJson = (rows: readonly object[]) => JSON.stringify(rows);

async function addEnterprises({ sql }: Db, entries: readonly CohortEntry[]): Promise<void> {
	const rows = asJson(entries.map(({ creditCode, name, channelId }) => ({ code: creditCode, name, channel: channelId })));
	await sql`
		insert into enterprise (credit_code, name, channel_id)
		select x.code, x.name, x.channel from jsonb_to_recordset(${rows}::text::jsonb) as x (code text, name text, channel text)`;
	await sql`
		insert into organisation (kind, enterprise_id, name_zh)
		select 'enterprise', e.id, e.name from jsonb_to_recordset(${rows}::text::jsonb) as x (code text) join enterprise e on e.credit_code = x.code`;
}

async function addDesignations({ sql, actor }: ActorDb, entries: readonly CohortEntry[]): Promise<readonly string[]> {
	const rows = asJson(
		entries.map((entry) => ({
			code: entry.creditCode,
			category: entry.category,
			cohort: entry.cohortYear,
			announced: entry.announcedOn,
			number: entry.announcementNumber
		}))
	);
	const added = await sql<{ id: string }[]>`
		insert into designation (enterprise_id, category, cohort_year, announced_on, announcement_no)
		select e.id, x.category, x.cohort, x.announced, x.number
		from jsonb_to_recordset(${rows}::text::jsonb) as x (code text, category text, cohort int, announced date, number text)
		join enterprise e on e.credit_code = x.code returning id`;
	await sql`
		insert into enterprise_event (enterprise_id, kind, effective_on, after, recorded_by)
		select e.id, 'designated', x.announced, jsonb_build_object('category', x.category, 'cohortYear', x.cohort, 'announcementNo', x.number), ${actor.personId}
		from jsonb_to_recordset(${rows}::text::jsonb) as x (code text, category text, cohort int, announced date, number text)
		join enterprise e on e.credit_code = x.code`;
	return added.map(({ id }) => id);
}

/**
 * Announcement numbers are completed as they come; names, channels, cohorts and announcement dates only as corrections, names and channels then also where
 * reports of open years show them.
 */
async function changeKnown(db: ActorDb, rows: readonly EntryRow[], corrections: boolean, at: Date): Promise<number> {
	let changed = 0;
	for (const row of rows) {
		if (row.outcome !== 'changed' && row.corrections.length === 0) continue;
		const { entry } = row;
		const creditCode: string = entry.creditCode;
		const changes = [...(row.outcome === 'changed' ? row.changes.filter((change) => !isCorrection(change)) : []), ...(corrections ? row.corrections : [])];
		if (changes.length === 0) continue;
		changed += 1;
		const has = (field: string) => changes.some((change) => change.field === field);
		const [designation] = await db.sql<{ id: string; enterprise_id: string }[]>`
			update designation d set
				cohort_year = case when ${has('cohortYear')} then ${entry.cohortYear} else d.cohort_year end,
				announced_on = case when ${has('announcedOn')} then ${entry.announcedOn} else d.announced_on end,
				announcement_no = case when ${has('announcementNumber')} then ${entry.announcementNumber} else d.announcement_no end,
				row_version = d.row_version + 1
			from enterprise e
			where e.id = d.enterprise_id and e.credit_code = ${creditCode} and d.category = ${entry.category}
			returning d.id, d.enterprise_id`;
		if (!designation) throw new Error(`the register lost ${entry.creditCode}`);
		if (has('name') || has('channelId')) {
			await moveReports(db, designation.enterprise_id, {
				act: 'correct-register',
				at,
				effectiveOn: null,
				name: has('name') ? entry.name : null,
				channelId: has('channelId') ? entry.channelId : null
			});
		}
		await writeJournal(db, {
			act: 'apply-cohort-import',
			objectKind: 'designation',
			objectId: designation.id,
			article: '10',
			before: Object.fromEntries(changes.map(({ field, from }) => [field, journalled(field, from)])),
			after: Object.fromEntries(changes.map(({ field, to }) => [field, journalled(field, to)]))
		});
	}
	return changed;
}

/** The journal tells for ever that a number changed, and never the number. */
function journalled(field: string, value: string | null): string | null {
	if (value === null) return null;
	return /Phone$/.test(field) ? maskPhone(value) : /Email$/.test(field) ? maskEmail(value) : value;
}

/** A part the list leaves out keeps what the register has. */
async function saveContacts({ sql }: Db, rows: readonly EntryRow[]): Promise<void> {
	const contacts = new Map<string, { code: string; place: number; name: string | null; phone: string | null; email: string | null }>();
	for (const row of rows) {
		if (row.outcome !== 'new' && row.outcome !== 'changed') continue;
		for (const place of [1, 2] as const) {
			const name = row.entry[`contact${place}Name`];
			const phone = row.entry[`contact${place}Phone`];
			const email = row.entry[`contact${place}Email`];
			if (name !== null || phone !== null || email !== null)
				contacts.set(`${row.entry.creditCode}/${place}`, { code: row.entry.creditCode, place, name, phone, email });
		}
	}
	await sql`
		insert into enterprise_contact (enterprise_id, place, name, phone, email)
		select e.id, x.place, coalesce(x.name, c.name), coalesce(x.phone, c.phone), coalesce(x.email, c.email)
		from jsonb_to_recordset(${asJson([...contacts.values()])}::text::jsonb) as x (code text, place int, name text, phone text, email text)
		join enterprise e on e.credit_code = x.code
		left join enterprise_contact c on c.enterprise_id = e.id and c.place = x.place
		on conflict (enterprise_id, place) do update set name = excluded.name, phone = excluded.phone, email = excluded.email, updated_at = app_now()
			where (enterprise_contact.name, enterprise_contact.phone, enterprise_contact.email) is distinct from (excluded.name, excluded.phone, excluded.email)`;
}

/** 方案第十一条: a designation made now owes the open years after its announcement. What a corrected one changes, both ministries settle (settle-duties.ts). */
async function addOwed(db: Db, designationIds: readonly string[], today: Day): Promise<number> {
	const years = await db.sql<{ year: number }[]>`select year from reporting_year where closed_at is null order by year`;
	let owed = 0;
	for (const { year } of years) owed += await addOwedReports(db, year, today, designationIds);
	return owed;
}

/** One entry per designation, in one statement. */
async function journalDesignations({ sql }: Db, entries: readonly CohortEntry[], importId: string): Promise<void> {
	const rows = asJson(entries.map((entry, index) => ({ place: index, code: entry.creditCode, category: entry.category })));
	await sql<{ written: number }[]>`
		select count(journal_write('apply-cohort-import', 'designation', l.id::text, '10', null, l.after))::int as written
		from (
			select d.id, jsonb_build_object('import', ${importId}::text, 'name', e.name, 'creditCode', e.credit_code, 'category', d.category, 'cohortYear',
				d.cohort_year,
				'channelId', e.channel_id, 'announcedOn', d.announced_on, 'announcementNo', d.announcement_no) as after
			from jsonb_to_recordset(${rows}::text::jsonb) as x (place int, code text, category text)
			join enterprise e on e.credit_code = x.code
			join designation d on d.enterprise_id = e.id and d.category = x.category
			order by x.place
		) l`;
}
