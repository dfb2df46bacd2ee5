create table channel (
	id text primary key,
	kind text not null,
	name_zh text collate zh not null,
	short_zh text collate zh not null,
	name_en text not null,
	abbr text,
	gdp_tier text,
	quota_per_category integer not null,
	tile_column integer,
	tile_row integer,
	constraint channel_kind_known check (kind in ('province', 'central_group')),
	constraint channel_province_has_tier check ((kind = 'province') = (gdp_tier is not null)),
	constraint channel_name_once unique (name_zh)
);
comment on table channel is '方案第七、十一条: the authority through which an enterprise reports; reference data, the same for everybody';

create table enterprise (
	id bigint generated always as identity primary key,
	credit_code text not null,
	name text collate zh not null,
	channel_id text not null references channel (id),
	row_version integer not null default 1,
	created_at timestamptz not null default app_now(),
	constraint enterprise_credit_code_once unique (credit_code),
	constraint enterprise_credit_code_shape check (credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
	constraint enterprise_name_filled check (btrim(name) <> '' and length(name) <= 200)
);
create index enterprise_channel on enterprise (channel_id, name);

create table enterprise_profile (
	enterprise_id bigint primary key references enterprise (id),
	address text,
	postcode text,
	legal_representative text,
	ownership text,
	row_version integer not null default 1,
	constraint enterprise_profile_ownership_known check (ownership in ('central', 'local_state_collective', 'foreign', 'private', 'other'))
);

create table enterprise_contact (
	enterprise_id bigint not null references enterprise (id),
	place integer not null,
	name text not null,
	phone text,
	email text,
	updated_at timestamptz not null default app_now(),
	primary key (enterprise_id, place),
	constraint enterprise_contact_place check (place between 1 and 9),
	constraint enterprise_contact_reachable check (phone is not null or email is not null)
);

create table enterprise_event (
	id bigint generated always as identity primary key,
	enterprise_id bigint not null references enterprise (id),
	kind text not null,
	effective_on date not null,
	before jsonb not null default '{}',
	after jsonb not null default '{}',
	note text,
	recorded_at timestamptz not null default app_now(),
	recorded_by text not null,
	constraint enterprise_event_kind_known check (kind in ('designated', 'renamed', 'moved', 'merged', 'ceased', 'revoked'))
);
create index enterprise_event_of on enterprise_event (enterprise_id, effective_on);
create trigger enterprise_event_immutable before update or delete on enterprise_event for each row execute function refuse_change();

create table designation (
	id bigint generated always as identity primary key,
	enterprise_id bigint not null references enterprise (id),
	category text not null,
	cohort_year integer not null,
	announced_on date not null,
	announcement_no text not null,
	status text not null default 'active',
	ended_on date,
	row_version integer not null default 1,
	constraint designation_once_per_category unique (enterprise_id, category),
	constraint designation_category_known check (category in ('manufacturing', 'it_outsourcing')),
	constraint designation_status_known check (status in ('active', 'revoked', 'ceased')),
	constraint designation_end_dated check ((status = 'active') = (ended_on is null)),
	constraint designation_cohort_plausible check (cohort_year between 2021 and 2100)
);
comment on table designation is '称号: the unit that reports and is reviewed; never deleted';

create table organisation (
	id bigint generated always as identity primary key,
	kind text not null,
	channel_id text references channel (id),
	enterprise_id bigint references enterprise (id),
	name_zh text collate zh not null,
	name_en text,
	phone text,
	created_at timestamptz not null default app_now(),
	constraint organisation_kind_known check (kind in ('enterprise', 'commerce', 'industry', 'group', 'mofcom', 'miit', 'expert_pool', 'administration', 'audit')),
	constraint organisation_of_its_channel check ((kind in ('commerce', 'industry', 'group')) = (channel_id is not null)),
	constraint organisation_of_its_enterprise check ((kind = 'enterprise') = (enterprise_id is not null)),
	constraint organisation_once_per_channel unique (kind, channel_id),
	constraint organisation_once_per_enterprise unique (enterprise_id)
);
create unique index organisation_single on organisation (kind) where kind in ('mofcom', 'miit', 'expert_pool', 'administration', 'audit');

create table person (
	id text primary key,
	name text not null,
	email text not null,
	phone text,
	locale text not null default 'zh-CN',
	text_size text not null default 'm',
	theme text not null default 'auto',
	synthetic boolean not null default false,
	disabled_at timestamptz,
	created_at timestamptz not null default app_now(),
	constraint person_locale_known check (locale in ('zh-CN', 'en')),
	constraint person_text_size_known check (text_size in ('s', 'm', 'l')),
	constraint person_theme_known check (theme in ('auto', 'light', 'dark'))
);
create unique index person_email_once on person (lower(email));

create table membership (
	person_id text not null references person (id),
	org_id bigint not null references organisation (id),
	duty text not null,
	since timestamptz not null default app_now(),
	ended_at timestamptz,
	primary key (person_id, org_id),
	constraint membership_duty_known check (duty in ('handler', 'approver', 'reader'))
);
create index membership_of_org on membership (org_id) where ended_at is null;

create table invitation (
	id bigint generated always as identity primary key,
	token_hash text not null,
	org_id bigint not null references organisation (id),
	email text not null,
	name text not null,
	duty text not null,
	invited_by text not null references person (id),
	invited_at timestamptz not null default app_now(),
	expires_at timestamptz not null,
	accepted_at timestamptz,
	accepted_by text references person (id),
	cancelled_at timestamptz,
	constraint invitation_token_once unique (token_hash),
	constraint invitation_duty_known check (duty in ('handler', 'approver', 'reader'))
);
create index invitation_of_org on invitation (org_id);

-- Second lock. Default deny: a table with row security and no matching policy shows nothing.

alter table enterprise enable row level security, force row level security;
alter table enterprise_profile enable row level security, force row level security;
alter table enterprise_contact enable row level security, force row level security;
alter table enterprise_event enable row level security, force row level security;
alter table designation enable row level security, force row level security;
alter table organisation enable row level security, force row level security;
alter table person enable row level security, force row level security;
alter table membership enable row level security, force row level security;
alter table invitation enable row level security, force row level security;

-- The register is public (方案第十条): identity, category, cohort, announcement and status, nothing else.
create policy enterprise_seen on enterprise for select using (
	(select scope_kind()) in ('system', 'mofcom', 'miit', 'public')
	or (select scope_kind()) in ('commerce', 'industry', 'group') and channel_id = (select scope_channel())
	or (select scope_kind()) = 'enterprise' and id = (select scope_enterprise())
);
create policy enterprise_kept on enterprise for all
	using ((select scope_kind()) in ('system', 'mofcom', 'miit'))
	with check ((select scope_kind()) in ('system', 'mofcom', 'miit'));

create policy designation_seen on designation for select using (
	(select scope_kind()) in ('system', 'mofcom', 'miit', 'public')
	or exists (select from enterprise e where e.id = designation.enterprise_id)
);
create policy designation_kept on designation for all
	using ((select scope_kind()) in ('system', 'mofcom', 'miit'))
	with check ((select scope_kind()) in ('system', 'mofcom', 'miit'));

create policy enterprise_profile_seen on enterprise_profile for select using (
	(select scope_kind()) <> 'public' and exists (select from enterprise e where e.id = enterprise_profile.enterprise_id)
);
create policy enterprise_profile_kept on enterprise_profile for all
	using ((select scope_kind()) in ('system', 'mofcom', 'miit') or (select scope_kind()) = 'enterprise' and enterprise_id = (select scope_enterprise()))
	with check ((select scope_kind()) in ('system', 'mofcom', 'miit') or (select scope_kind()) = 'enterprise' and enterprise_id = (select scope_enterprise()));

create policy enterprise_contact_seen on enterprise_contact for select using (
	(select scope_kind()) <> 'public' and exists (select from enterprise e where e.id = enterprise_contact.enterprise_id)
);
create policy enterprise_contact_kept on enterprise_contact for all
	using ((select scope_kind()) in ('system', 'mofcom', 'miit') or (select scope_kind()) = 'enterprise' and enterprise_id = (select scope_enterprise()))
	with check ((select scope_kind()) in ('system', 'mofcom', 'miit') or (select scope_kind()) = 'enterprise' and enterprise_id = (select scope_enterprise()));

create policy enterprise_event_seen on enterprise_event for select using (
	(select scope_kind()) <> 'public' and exists (select from enterprise e where e.id = enterprise_event.enterprise_id)
);
create policy enterprise_event_added on enterprise_event for insert
	with check ((select scope_kind()) in ('system', 'mofcom', 'miit'));

-- Offices are known to everyone signed in (whom to ring); an enterprise's organisation only to those it concerns.
create policy organisation_seen on organisation for select using (
	(select scope_kind()) in ('system', 'mofcom', 'miit', 'administration')
	or (select scope_kind()) is not null and (select scope_kind()) <> 'public' and kind <> 'enterprise'
	or kind = 'enterprise' and exists (select from enterprise e where e.id = organisation.enterprise_id) and (select scope_kind()) <> 'public'
);
create policy organisation_kept on organisation for all
	using ((select scope_kind()) in ('system', 'administration', 'mofcom', 'miit'))
	with check ((select scope_kind()) in ('system', 'administration', 'mofcom', 'miit'));

create policy membership_seen on membership for select using (
	(select scope_kind()) in ('system', 'administration')
	or person_id = (select scope_person())
	or org_id = (select scope_org())
	or (select scope_kind()) in ('commerce', 'industry', 'group') and exists (
		select from organisation o where o.id = membership.org_id and (o.kind = 'enterprise' or o.channel_id = (select scope_channel())))
	or (select scope_kind()) in ('mofcom', 'miit')
);
create policy membership_kept on membership for all
	using ((select scope_kind()) in ('system', 'administration')
		or (select scope_kind()) = 'enterprise' and org_id = (select scope_org())
		or (select scope_kind()) in ('commerce', 'industry', 'group') and exists (
			select from organisation o where o.id = membership.org_id and o.kind = 'enterprise'))
	with check ((select scope_kind()) in ('system', 'administration')
		or (select scope_kind()) = 'enterprise' and org_id = (select scope_org())
		or (select scope_kind()) in ('commerce', 'industry', 'group') and exists (
			select from organisation o where o.id = membership.org_id and o.kind = 'enterprise'));

create policy person_seen on person for select using (
	(select scope_kind()) in ('system', 'administration')
	or id = (select scope_person())
	or exists (select from membership m where m.person_id = person.id)
);
create policy person_kept on person for all
	using ((select scope_kind()) in ('system', 'administration') or id = (select scope_person()))
	with check ((select scope_kind()) in ('system', 'administration') or id = (select scope_person()));

create policy invitation_kept on invitation for all
	using ((select scope_kind()) in ('system', 'administration')
		or org_id = (select scope_org())
		or (select scope_kind()) in ('commerce', 'industry', 'group') and exists (
			select from organisation o where o.id = invitation.org_id and o.kind = 'enterprise'))
	with check ((select scope_kind()) in ('system', 'administration')
		or org_id = (select scope_org()) and (select scope_kind()) = 'enterprise'
		or (select scope_kind()) in ('commerce', 'industry', 'group') and exists (
			select from organisation o where o.id = invitation.org_id and o.kind = 'enterprise'));

grant select on channel to keyent_app;
grant select, insert, update on enterprise, enterprise_profile, enterprise_contact, designation, organisation, person, membership, invitation to keyent_app;
grant delete on enterprise_contact to keyent_app;
grant select, insert on enterprise_event to keyent_app;
