import { refuse, type Decision } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/server/actor.ts';
import { asOffice, asSystem, officeRefusal, type ActorDb } from '#lib/server/db/door.ts';
import { writeJournal } from '#lib/server/journal.ts';

export type OfficeWish =
	/** An enterprise on the list, by its credit code. */
	| { readonly kind: 'enterprise'; readonly creditCode: string }
	/** A department of a province that has none yet. */
	| { readonly kind: 'commerce' | 'industry'; readonly channelId: string; readonly nameZh: string; readonly nameEn: string }
	/** A central group and its channel, which are one (domain.md 1). */
	| { readonly kind: 'group'; readonly nameZh: string; readonly shortZh: string; readonly nameEn: string };

/** The administrator opens an organisation, so that people can be invited into it. Opening one shows nothing of any report. */
export async function openOrganisation(actor: Actor, wish: OfficeWish): Promise<Decision<{ orgId: string }>> {
	const refusal = officeRefusal(actor, 'openOrganisation');
	if (refusal) return refuse(refusal);
	// The register is public, but an administrator sees no enterprise's data: only id and name are looked up, outside their scope.
	const enterprise = wish.kind === 'enterprise' ? await enterpriseOnList(wish.creditCode) : null;
	if (wish.kind === 'enterprise' && !enterprise) return refuse({ code: 'invalid_input', fields: { creditCode: 'unknown' } });
	return asOffice(actor, 'openOrganisation', async (db) => {
		const place = await placeOf(db, wish, enterprise);
		if (!place) return refuse(wish.kind === 'group' ? { code: 'taken', field: 'nameZh' } : { code: 'not_found' });
		const [row] = await db.sql<{ id: string }[]>`
			insert into organisation (kind, channel_id, enterprise_id, name_zh, name_en)
			values (${wish.kind}, ${place.channelId}, ${place.enterpriseId}::bigint, ${place.nameZh}, ${place.nameEn})
			on conflict do nothing returning id`;
		if (!row) return refuse({ code: 'taken', field: wish.kind === 'enterprise' ? 'creditCode' : 'channelId' });
		await writeJournal(db, { act: 'open-organisation', objectKind: 'organisation', objectId: row.id, article: null, after: { kind: wish.kind, ...place } });
		return { ok: true, orgId: row.id };
	});
}

type Place = { channelId: string | null; enterpriseId: string | null; nameZh: string; nameEn: string | null };

async function placeOf({ sql }: ActorDb, wish: OfficeWish, enterprise: { id: string; name: string } | null): Promise<Place | null> {
	if (wish.kind === 'enterprise') return enterprise && { channelId: null, enterpriseId: enterprise.id, nameZh: enterprise.name, nameEn: null };
	if (wish.kind === 'group') {
		const [channel] = await sql<{ id: string }[]>`
			insert into channel (id, kind, name_zh, short_zh, name_en, quota_per_category)
			select 'g' || lpad((coalesce(max(substring(id from '^g(\\d+)$')::int), 0) + 1)::text, 3, '0'), 'central_group', ${wish.nameZh}, ${wish.shortZh},
				${wish.nameEn}, 1 from channel
			on conflict do nothing returning id`;
		return channel ? { channelId: channel.id, enterpriseId: null, nameZh: wish.nameZh, nameEn: wish.nameEn } : null;
	}
	const [province] = await sql<{ id: string }[]>`select id from channel where id = ${wish.channelId} and kind = 'province'`;
	return province ? { channelId: wish.channelId, enterpriseId: null, nameZh: wish.nameZh, nameEn: wish.nameEn === '' ? null : wish.nameEn } : null;
}

function enterpriseOnList(creditCode: string): Promise<{ id: string; name: string } | null> {
	return asSystem('open-organisation', async ({ sql }) => {
		const [row] = await sql<{ id: string; name: string }[]>`select id, name from enterprise where credit_code = ${creditCode}`;
		return row ?? null;
	});
}
