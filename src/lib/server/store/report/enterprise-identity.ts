import { answerAt, type Answers } from '#lib/domain/form/answer-key.ts';
import type { Db } from '#lib/server/db/door.ts';

/**
 * Brings the enterprise's profile and contacts to what its report declares (annex 2, first table). Name and credit code are the register's, not the report's.
 */
export async function saveIdentity({ sql }: Db, enterpriseId: string, answers: Answers): Promise<void> {
	const said = (key: string) => answerAt(answers, key) || null;
	const profile = sql`
		insert into enterprise_profile (enterprise_id, address, postcode, legal_representative, ownership)
		values (${enterpriseId}::bigint, ${said('address')}, ${said('postcode')}, ${said('legal_representative')}, ${said('ownership')})
		on conflict (enterprise_id) do update set address = excluded.address, postcode = excluded.postcode,
			legal_representative = excluded.legal_representative, ownership = excluded.ownership, row_version = enterprise_profile.row_version + 1`;
	const contacts = [1, 2].map(async (place) => {
		const name = said(`contact${place}_name`);
		const phone = said(`contact${place}_phone`);
		const email = said(`contact${place}_email`);
		if (name === null || (phone === null && email === null)) return;
		await sql`
			insert into enterprise_contact (enterprise_id, place, name, phone, email) values (${enterpriseId}::bigint, ${place}, ${name}, ${phone}, ${email})
			on conflict (enterprise_id, place) do update set name = excluded.name, phone = excluded.phone, email = excluded.email, updated_at = app_now()`;
	});
	await Promise.all([profile, ...contacts]);
}
