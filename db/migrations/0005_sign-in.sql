-- Credentials live apart from what the application may know of a person. The four tables are as better-auth 1.7.25 expects them,
-- with the name one signs in with, the instant a session was last used and the office it sits in.
create schema auth;
revoke all on schema auth from public;
grant usage on schema auth to keyent_auth;

create table auth."user" (
	id text primary key,
	name text not null,
	email text not null,
	"emailVerified" boolean not null,
	image text,
	"createdAt" timestamptz not null default current_timestamp,
	"updatedAt" timestamptz not null default current_timestamp,
	username text,
	"displayUsername" text,
	constraint user_email_once unique (email),
	constraint user_username_once unique (username),
	constraint user_email_lower check (email = lower(email)),
	-- so that no name can ever be read as somebody's address
	constraint user_username_shape check (username ~ '^[a-z0-9][a-z0-9._-]{1,39}$')
);

create table auth.session (
	id text primary key,
	"expiresAt" timestamptz not null,
	token text not null,
	"createdAt" timestamptz not null default current_timestamp,
	"updatedAt" timestamptz not null,
	"ipAddress" text,
	"userAgent" text,
	"userId" text not null references auth."user" (id) on delete cascade,
	"touchedAt" timestamptz not null,
	"seatOrgId" bigint,
	constraint session_token_once unique (token)
);
create index session_of_user on auth.session ("userId");
comment on column auth.session."expiresAt" is 'the absolute end, twelve hours after sign-in, whatever was done';
comment on column auth.session."touchedAt" is 'kept to the minute; thirty minutes without use end the session';

create table auth.account (
	id text primary key,
	"accountId" text not null,
	"providerId" text not null,
	"userId" text not null references auth."user" (id) on delete cascade,
	"accessToken" text,
	"refreshToken" text,
	"idToken" text,
	"accessTokenExpiresAt" timestamptz,
	"refreshTokenExpiresAt" timestamptz,
	scope text,
	password text,
	"createdAt" timestamptz not null default current_timestamp,
	"updatedAt" timestamptz not null,
	constraint account_once_per_provider unique ("providerId", "accountId"),
	constraint account_password_is_hashed check (password like '$argon2id$%')
);
create index account_of_user on auth.account ("userId");

create table auth.verification (
	id text primary key,
	identifier text not null,
	value text not null,
	"expiresAt" timestamptz not null,
	"createdAt" timestamptz not null default current_timestamp,
	"updatedAt" timestamptz not null default current_timestamp
);
create index verification_of_identifier on auth.verification (identifier);

grant select, insert, update, delete on all tables in schema auth to keyent_auth;

-- Guesses are reserved before a password is looked at, so that forty at once are still five (quality.md 6).
create table sign_in_account (
	account_key text primary key,
	locked_until timestamptz,
	last_at timestamptz not null
);
comment on column sign_in_account.account_key is 'a person id, or the hash of a name nobody has: both are locked alike';
create index sign_in_account_idle on sign_in_account (last_at);

create table sign_in_attempt (
	id bigint generated always as identity primary key,
	account_key text not null references sign_in_account (account_key) on delete cascade,
	address text not null,
	at timestamptz not null,
	outcome text not null default 'pending',
	constraint sign_in_attempt_outcome_known check (outcome in ('pending', 'wrong'))
);
create index sign_in_attempt_of_account on sign_in_attempt (account_key, at);
create index sign_in_attempt_from_address on sign_in_attempt (address, at);

create table password_reset (
	id bigint generated always as identity primary key,
	token_hash text not null,
	person_id text not null references person (id),
	requested_at timestamptz not null,
	expires_at timestamptz not null,
	used_at timestamptz,
	constraint password_reset_token_once unique (token_hash)
);
create index password_reset_of_person on password_reset (person_id, requested_at);

alter table sign_in_account enable row level security, force row level security;
create policy sign_in_account_kept on sign_in_account for all using ((select scope_kind()) = 'system') with check ((select scope_kind()) = 'system');
alter table sign_in_attempt enable row level security, force row level security;
create policy sign_in_attempt_kept on sign_in_attempt for all using ((select scope_kind()) = 'system') with check ((select scope_kind()) = 'system');
alter table password_reset enable row level security, force row level security;
create policy password_reset_kept on password_reset for all using ((select scope_kind()) = 'system') with check ((select scope_kind()) = 'system');
grant select, insert, update, delete on sign_in_account, sign_in_attempt to keyent_app;
grant select, insert, update on password_reset to keyent_app;

-- A successor is invited in the name of the one who hands over; a ministry's role waits for the ministry's own word.
alter table invitation
	add column succeeds_person_id text references person (id),
	add column confirmation text not null default 'not_needed',
	add column confirmed_by text references person (id),
	add column confirmed_at timestamptz,
	add constraint invitation_confirmation_known check (confirmation in ('not_needed', 'awaited', 'given')),
	add constraint invitation_confirmation_said check ((confirmation = 'given') = (confirmed_by is not null and confirmed_at is not null)),
	add constraint invitation_confirmed_by_another check (confirmed_by <> invited_by),
	add constraint invitation_accepted_when_confirmed check (accepted_at is null or confirmation <> 'awaited');
create unique index invitation_one_open on invitation (org_id, lower(email)) where accepted_at is null and cancelled_at is null;

create policy invitation_confirmed on invitation for update
	using ((select scope_kind()) in ('mofcom', 'miit') and exists (select from organisation o where o.id = invitation.org_id and o.kind in ('mofcom', 'miit')))
	with check ((select scope_kind()) in ('mofcom', 'miit') and exists (select from organisation o where o.id = invitation.org_id and o.kind in ('mofcom', 'miit')));
create policy invitation_confirmable on invitation for select
	using ((select scope_kind()) in ('mofcom', 'miit') and exists (select from organisation o where o.id = invitation.org_id and o.kind in ('mofcom', 'miit')));
create policy membership_of_ministry on membership for update
	using ((select scope_kind()) in ('mofcom', 'miit') and org_id = (select scope_org()))
	with check ((select scope_kind()) in ('mofcom', 'miit') and org_id = (select scope_org()));

-- A new central group is opened by the administrator: its channel comes with its office. Everybody reads channels.
alter table channel enable row level security;
create policy channel_read on channel for select using (true);
create policy channel_opened on channel for insert with check ((select scope_kind()) in ('system', 'administration') and kind = 'central_group');
grant insert on channel to keyent_app;

alter table mail add column read_at timestamptz;
create index mail_unread on mail (person_id) where read_at is null and template <> 'password_reset';
create index mail_of_person on mail (person_id, id desc);
create policy mail_read_by_its_person on mail for update
	using (person_id = (select scope_person())) with check (person_id = (select scope_person()));

-- The application reaches credentials through these and nothing else: no hash and no token ever comes out.

create function session_seen(given_token text, given_at timestamptz)
	returns table (
		session_id text, person_id text, person_name text, email text, locale text, text_size text, theme text,
		seat_org_id bigint, seats jsonb, unread integer)
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	declare
		s auth.session;
	begin
		select * into s from auth.session x where x.token = given_token;
		if not found or s."expiresAt" <= given_at or s."touchedAt" <= given_at - interval '30 minutes' then
			return;
		end if;
		if s."touchedAt" <= given_at - interval '1 minute' then
			update auth.session x set "touchedAt" = given_at where x.id = s.id and x."touchedAt" < given_at;
		end if;
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
				(select count(*)::integer from mail l where l.person_id = p.id and l.read_at is null and l.template <> 'password_reset')
			from person p
			where p.id = s."userId" and p.disabled_at is null;
	end
	$$;

create function account_of(given_identifier text) returns table (person_id text, email text, person_name text, locale text, disabled boolean)
	language sql stable security definer set search_path = public, pg_temp
	as $$
		select u.id, u.email, p.name, p.locale, p.disabled_at is not null
		from auth."user" u
		join person p on p.id = u.id
		where u.email = lower(given_identifier) or u.username = lower(given_identifier)
	$$;

create function account_open(given_id text, given_name text, given_email text, given_username text, given_hash text) returns void
	language sql volatile security definer set search_path = public, pg_temp
	as $$
		insert into auth."user" (id, name, email, "emailVerified", username, "displayUsername")
		values (given_id, given_name, lower(given_email), true, lower(given_username), given_username);
		insert into auth.account (id, "accountId", "providerId", "userId", password, "updatedAt")
		values (given_id, given_id, 'credential', given_id, given_hash, current_timestamp);
	$$;

create function account_set_password(given_person text, given_hash text) returns void
	language sql volatile security definer set search_path = public, pg_temp
	as $$
		update auth.account a set password = given_hash, "updatedAt" = current_timestamp
		where a."userId" = given_person and a."providerId" = 'credential';
	$$;

create function session_list(given_person text) returns table (session_id text, signed_in_at timestamptz, touched_at timestamptz, ends_at timestamptz, address text, agent text)
	language sql stable security definer set search_path = public, pg_temp
	as $$
		select s.id, s."createdAt", s."touchedAt", s."expiresAt", s."ipAddress", s."userAgent"
		from auth.session s where s."userId" = given_person
		order by s."touchedAt" desc
	$$;

-- One session, or with null all of them but the one kept.
create function session_end(given_person text, only_session text, keep_session text) returns integer
	language sql volatile security definer set search_path = public, pg_temp
	as $$
		with gone as (
			delete from auth.session s
			where s."userId" = given_person
				and (only_session is null or s.id = only_session)
				and (keep_session is null or s.id <> keep_session)
			returning 1)
		select count(*)::integer from gone
	$$;

create function session_sit(given_person text, given_session text, given_org bigint) returns void
	language sql volatile security definer set search_path = public, pg_temp
	as $$
		update auth.session s set "seatOrgId" = given_org where s.id = given_session and s."userId" = given_person
	$$;

revoke execute on function session_seen(text, timestamptz), account_of(text), account_open(text, text, text, text, text),
	account_set_password(text, text), session_list(text), session_end(text, text, text), session_sit(text, text, bigint) from public;
grant execute on function session_seen(text, timestamptz), account_of(text), account_open(text, text, text, text, text),
	account_set_password(text, text), session_list(text), session_end(text, text, text), session_sit(text, text, bigint) to keyent_app;
