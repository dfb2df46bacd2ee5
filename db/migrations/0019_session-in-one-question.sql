-- The number at the inbox counts what the inbox shows: not a reminder that can still be taken back, nor one that was, nor what was dropped before it left.
-- And who stands behind a session is asked in one round trip instead of three: outside a transaction of ours nobody has said for whom, so the function
-- says it itself, for as long as it runs, and takes the instant it is given for every comparison.
create or replace function session_seen(given_token text, given_at timestamptz)
	returns table (
		session_id text, person_id text, person_name text, email text, locale text, text_size text, theme text,
		seat_org_id bigint, seats jsonb, unread integer)
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	declare
		s auth.session;
		said text := coalesce(current_setting('app.system_reason', true), '');
	begin
		select * into s from auth.session x where x.token = given_token;
		if not found or s."expiresAt" <= given_at or s."touchedAt" <= given_at - interval '30 minutes' then
			return;
		end if;
		if s."touchedAt" <= given_at - interval '1 minute' then
			update auth.session x set "touchedAt" = given_at where x.id = s.id and x."touchedAt" < given_at;
		end if;
		perform set_config('app.system_reason', 'session', true);
		return query
			select s.id, p.id, p.name, p.email, p.locale, p.text_size, p.theme, s."seatOrgId",
				coalesce((
					select jsonb_agg(jsonb_build_object(
						'orgId', o.id::text, 'kind', o.kind, 'duty', m.duty, 'nameZh', o.name_zh, 'nameEn', o.name_en,
						'channelId', coalesce(o.channel_id, e.channel_id), 'enterpriseId', o.enterprise_id::text) order by o.id)
					from membership m
					join organisation o on o.id = m.org_id
					left join enterprise e on e.id = o.enterprise_id
					where m.person_id = p.id and m.ended_at is null), '[]'::jsonb),
				(select count(*)::integer from mail l
					where l.person_id = p.id and l.read_at is null and l.template <> 'password_reset' and l.state <> 'dropped' and (l.not_before is null or l.not_before <= given_at))
			from person p
			where p.id = s."userId" and p.disabled_at is null;
		perform set_config('app.system_reason', said, true);
	end
	$$;
