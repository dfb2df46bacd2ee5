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

-- What a filer's figures are held against: two coarse limits for each category, metric and basis of a closed year, made once and never changed. Its readers:
-- nobody. Whoever may see a report asks the function below, which answers which of the figures it is given are far, and among how many; nothing else leaves.
create table filer_limit (
	category text not null,
	metric text not null,
	-- the closed report year that stated the figures
	report_year integer not null references reporting_year (year),
	basis text not null,
	n integer not null,
	below numeric,
	above numeric,
	primary key (category, metric, report_year, basis),
	constraint filer_limit_of_enough check (n >= 10),
	constraint filer_limit_of_something check (below is not null or above is not null),
	constraint filer_limit_basis_known check (basis in ('final', 'forecast'))
);
create trigger filer_limit_immutable before update or delete on filer_limit for each row execute function refuse_change();
-- Years whose limits were made, those with too few enterprises for any included.
create table filer_limit_year (
	report_year integer primary key references reporting_year (year),
	made_at timestamptz not null default app_now()
);
create trigger filer_limit_year_immutable before update or delete on filer_limit_year for each row execute function refuse_change();
alter table filer_limit enable row level security, force row level security;
create policy filer_limit_kept on filer_limit for all using ((select scope_kind()) = 'system') with check ((select scope_kind()) = 'system');
alter table filer_limit_year enable row level security, force row level security;
create policy filer_limit_year_kept on filer_limit_year for all using ((select scope_kind()) = 'system') with check ((select scope_kind()) = 'system');
grant select, insert on filer_limit, filer_limit_year to keyent_app;

create function far_from_cohort(given_category text, before_year integer, typed jsonb) returns table (metric text, basis text, n integer)
	language plpgsql volatile security definer set search_path = public, pg_temp
	as $$
	declare
		said_before text := coalesce(current_setting('app.system_reason', true), '');
		asking text := scope_kind();
	begin
		-- Who files, and who reads what was filed; an enterprise of its own categories alone. Nobody else gets an answer.
		if asking is null or asking not in ('system', 'enterprise', 'commerce', 'industry', 'group', 'mofcom', 'miit') then return; end if;
		if asking = 'enterprise'
			and not exists (select from designation d where d.enterprise_id = scope_enterprise() and d.category = given_category) then return; end if;
		perform set_config('app.system_reason', 'far from cohort', true);
		return query
			select l.metric, l.basis, l.n from jsonb_to_recordset(typed) as t (metric text, basis text, value numeric)
			join filer_limit l on l.category = given_category and l.metric = t.metric and l.basis = t.basis
			where l.report_year = (select max(y.report_year) from filer_limit_year y where y.report_year < before_year)
				and (t.value >= l.above or t.value <= l.below);
		perform set_config('app.system_reason', said_before, true);
	end
	$$;
revoke execute on function far_from_cohort(text, integer, jsonb) from public;
grant execute on function far_from_cohort(text, integer, jsonb) to keyent_app;
