-- The list of frozen views asks of each what has become of it: the question is read without the pictures, which are most of a document.
alter table frozen_view add column asked jsonb not null generated always as ((document::jsonb) - 'parts') stored;
create index annual_report_version_forwarded on annual_report_version (forwarded_at) where forwarded_at is not null;
-- A place in the list, as every list has one: the code of a view is no order.
alter table frozen_view add column no bigint generated always as identity;
create unique index frozen_view_no on frozen_view (no);
drop index frozen_view_in_order;
create index frozen_view_in_order on frozen_view (frozen_at desc, no desc);

-- A question about a figure is reminded of by the ladder, like a report: one row for each question, step and recipient, so that a step reaches nobody twice. A
-- table of its own, because what is held is not the report and its date not the year's; the rule that chooses is the same.
create table follow_up_reminder (
	id bigint generated always as identity primary key,
	follow_up_id bigint not null references follow_up (id),
	-- of the question that stood: asked again is another
	round integer not null,
	audience text not null,
	step text not null,
	party_due_on date not null,
	court text not null,
	recipient_key text not null,
	person_id text references person (id),
	recipient_name text not null,
	to_address text not null,
	mail_id bigint references mail (id),
	planned_at timestamptz not null default app_now(),
	delivery text not null,
	delivery_at timestamptz not null default app_now(),
	problem text,
	constraint follow_up_reminder_once unique (follow_up_id, round, step, party_due_on, recipient_key),
	constraint follow_up_reminder_audience_known check (audience in ('enterprise', 'commerce', 'industry', 'group')),
	constraint follow_up_reminder_step_shape check (step ~ '^(T[+-]?[0-9]+|idle\+[0-9]+)$'),
	constraint follow_up_reminder_delivery_known check (delivery in ('queued', 'kept', 'sent', 'retrying', 'failed', 'bounced', 'dropped'))
);
create index follow_up_reminder_of_case on follow_up_reminder (follow_up_id, id);
create index follow_up_reminder_of_mail on follow_up_reminder (mail_id);

-- Seen by both sides: an enterprise sees what went to it, the offices of the case what went out about it. The timetable alone writes it.
alter table follow_up_reminder enable row level security, force row level security;
create policy follow_up_reminder_seen on follow_up_reminder for select using (
	((select scope_kind()) <> 'enterprise' or audience = 'enterprise') and exists (select from follow_up c where c.id = follow_up_reminder.follow_up_id));
create policy follow_up_reminder_planned on follow_up_reminder for insert with check ((select scope_kind()) = 'system');
create policy follow_up_reminder_delivered on follow_up_reminder for update using ((select scope_kind()) = 'system');
grant select, insert on follow_up_reminder to keyent_app;
grant update (mail_id, delivery, delivery_at, problem) on follow_up_reminder to keyent_app;
