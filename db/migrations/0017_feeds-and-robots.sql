-- A personal calendar feed: whoever has the address reads the dates, so the address is secret, its hash is all we keep, and it can be taken back.
create table calendar_feed (
	id bigint generated always as identity primary key,
	person_id text not null references person (id),
	token_hash text not null,
	made_at timestamptz not null default app_now(),
	revoked_at timestamptz,
	constraint calendar_feed_token_once unique (token_hash)
);
create unique index calendar_feed_one_open on calendar_feed (person_id) where revoked_at is null;

-- Group robots of WeCom and DingTalk: off until an office sets its own. They carry one daily digest, never a person's data.
create table robot (
	id bigint generated always as identity primary key,
	org_id bigint not null references organisation (id),
	kind text not null,
	webhook text not null,
	secret text,
	enabled boolean not null default false,
	set_by text not null,
	set_at timestamptz not null default app_now(),
	row_version integer not null default 1,
	constraint robot_one_per_kind unique (org_id, kind),
	constraint robot_kind_known check (kind in ('wecom', 'dingtalk')),
	constraint robot_webhook_secure check (webhook ~ '^https?://' and length(webhook) <= 500)
);

create table robot_message (
	id bigint generated always as identity primary key,
	robot_id bigint not null references robot (id),
	message_key text not null,
	body text not null,
	queued_at timestamptz not null default app_now(),
	state text not null default 'queued',
	attempts integer not null default 0,
	next_attempt_at timestamptz,
	claimed_until timestamptz,
	sent_at timestamptz,
	last_error text,
	constraint robot_message_once unique (robot_id, message_key),
	constraint robot_message_state_known check (state in ('queued', 'sent', 'failed'))
);
create index robot_message_waiting on robot_message (robot_id, queued_at) where state = 'queued';

alter table calendar_feed enable row level security, force row level security;
create policy calendar_feed_kept on calendar_feed for all
	using ((select scope_kind()) = 'system' or person_id = (select scope_person()))
	with check ((select scope_kind()) = 'system' or person_id = (select scope_person()));
alter table robot enable row level security, force row level security;
create policy robot_kept on robot for all
	using ((select scope_kind()) = 'system' or org_id = (select scope_org()))
	with check ((select scope_kind()) = 'system' or (select scope_kind()) in ('commerce', 'industry', 'group', 'mofcom', 'miit') and org_id = (select scope_org()));
alter table robot_message enable row level security, force row level security;
create policy robot_message_seen on robot_message for select using (exists (select from robot b where b.id = robot_message.robot_id));
create policy robot_message_kept on robot_message for all using ((select scope_kind()) = 'system') with check ((select scope_kind()) = 'system');

grant select, insert, update on calendar_feed, robot to keyent_app;
grant select, insert, update on robot_message to keyent_app;
