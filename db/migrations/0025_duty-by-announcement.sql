-- 方案第十一条, 自确定次年起: designated is whoever was announced. A year may turn out not to be owed (无需报送), to have been filed though not owed, or to come to be
-- owed after it had begun; nothing is then counted from before the duty was known.

alter table annual_report add column owed_on date;
comment on column annual_report.owed_on is 'the day it came to be owed in a year that had begun; null = from the opening on';
alter table annual_report add column voluntary boolean not null default false;
comment on column annual_report.voluntary is 'filed though not owed: not expected, not late, not chased';

alter table annual_report drop constraint annual_report_state_known;
alter table annual_report add constraint annual_report_state_known check (
	state in ('not_started', 'draft', 'submitted', 'returned', 'forwarded', 'received', 'not_filed', 'excused', 'not_owed'));
alter table annual_report add constraint annual_report_voluntary_is_filed check (not voluntary or state in ('draft', 'submitted', 'returned', 'forwarded', 'received', 'not_filed'));

-- PostgreSQL < 17 cannot change how a column is generated: it goes and comes again, with its indexes.
alter table annual_report drop column court;
alter table annual_report add column court text not null generated always as (
	case
		when state = 'forwarded' then 'ministries'
		when state in ('received', 'not_filed', 'excused', 'not_owed') or closed_at is not null then 'nobody'
		when state in ('not_started', 'draft', 'returned') then 'enterprise'
		when channel_kind = 'central_group' then
			case when group_version = current_version then 'channel' else 'group' end
		else
			case
				when commerce_version = current_version and industry_version = current_version then 'channel'
				when commerce_version = current_version then 'industry'
				when industry_version = current_version then 'commerce'
				else 'departments'
			end
	end) stored;
create index annual_report_of_channel on annual_report (channel_id, year, court);
create index annual_report_counted on annual_report (year, court, cohort_year)
	include (category, state, channel_id, enterprise_id, current_version, mofcom_received_version, miit_received_version);

-- Kept counts: what is expected, and from when a late day counts, each as one more column of a group.
alter table report_tally add column owed_on date;
alter table report_tally add column voluntary boolean not null default false;
alter table report_flow add column owed_on date;

drop index report_tally_counted;
create index report_tally_counted on report_tally (year, court, cohort_year) include (category, channel_id, state, voluntary, awaits, n);
drop index report_flow_of_year;
create index report_flow_of_year on report_flow (year, kind, on_day) include (channel_id, category, cohort_year, extension_on, owed_on, n);

create or replace function count_report(r annual_report, sign integer) returns void
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	begin
		insert into report_tally (year, channel_id, category, cohort_year, state, court, extension_on, owed_on, voluntary, since_on, awaits, n)
		values (r.year, r.channel_id, r.category, r.cohort_year, r.state, r.court, r.extension_on, r.owed_on, r.voluntary,
			case
				when r.court = 'channel' then beijing_day(greatest(r.commerce_approved_at, r.industry_approved_at, r.group_approved_at))
				when r.court in ('commerce', 'industry', 'departments', 'group') then beijing_day(r.submitted_at)
			end,
			case when r.state = 'forwarded' then
				case
					when r.mofcom_received_version = r.current_version then 'miit'
					when r.miit_received_version = r.current_version then 'mofcom'
					else 'both'
				end
			end,
			sign);
		if r.state not in ('excused', 'not_owed') and not r.voluntary then
			insert into report_flow (year, channel_id, category, cohort_year, kind, on_day, extension_on, owed_on, n)
			select r.year, r.channel_id, r.category, r.cohort_year, k.kind, beijing_day(k.at), r.extension_on, r.owed_on, sign
			from (values ('submitted', r.first_submitted_at), ('forwarded', r.first_forwarded_at)) k (kind, at) where k.at is not null;
		end if;
	end
	$$;

create or replace function keep_report_counts() returns trigger
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	begin
		if tg_op = 'UPDATE' and (old.state, old.court, old.channel_id, old.category, old.cohort_year, old.extension_on, old.owed_on, old.voluntary,
				old.first_submitted_at, old.first_forwarded_at,
				old.submitted_at, old.current_version, old.mofcom_received_version, old.miit_received_version, old.commerce_approved_at, old.industry_approved_at, old.group_approved_at)
			is not distinct from (new.state, new.court, new.channel_id, new.category, new.cohort_year, new.extension_on, new.owed_on, new.voluntary,
				new.first_submitted_at, new.first_forwarded_at,
				new.submitted_at, new.current_version, new.mofcom_received_version, new.miit_received_version, new.commerce_approved_at, new.industry_approved_at, new.group_approved_at) then
			return null;
		end if;
		if tg_op in ('UPDATE', 'DELETE') then
			perform count_report(old, -1);
		end if;
		if tg_op in ('UPDATE', 'INSERT') then
			perform count_report(new, 1);
		end if;
		return null;
	end
	$$;

create or replace function fold_report_counts(given_year integer) returns void
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	begin
		if not pg_try_advisory_xact_lock(hashtextextended('fold-report-counts', given_year)) then
			return;
		end if;
		with gone as (
			delete from report_tally t where t.year = given_year returning *)
		insert into report_tally (year, channel_id, category, cohort_year, state, court, extension_on, owed_on, voluntary, since_on, awaits, n)
		select year, channel_id, category, cohort_year, state, court, extension_on, owed_on, voluntary, since_on, awaits, sum(n)::integer from gone
		group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 having sum(n) <> 0;
		with gone as (
			delete from report_flow f where f.year = given_year returning *)
		insert into report_flow (year, channel_id, category, cohort_year, kind, on_day, extension_on, owed_on, n)
		select year, channel_id, category, cohort_year, kind, on_day, extension_on, owed_on, sum(n)::integer from gone
		group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(n) <> 0;
	end
	$$;

create or replace function recount_reports() returns void
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	declare
		said_before text := coalesce(current_setting('app.system_reason', true), '');
	begin
		-- An owner who is no superuser is bound by the second lock like everybody else.
		perform set_config('app.system_reason', 'recount reports', true);
		lock table annual_report in share mode;
		delete from report_tally;
		delete from report_flow;
		delete from report_reason;
		insert into report_tally (year, channel_id, category, cohort_year, state, court, extension_on, owed_on, voluntary, since_on, awaits, n)
		select year, channel_id, category, cohort_year, state, court, extension_on, owed_on, voluntary,
			case
				when court = 'channel' then beijing_day(greatest(commerce_approved_at, industry_approved_at, group_approved_at))
				when court in ('commerce', 'industry', 'departments', 'group') then beijing_day(submitted_at)
			end,
			case when state = 'forwarded' then
				case when mofcom_received_version = current_version then 'miit' when miit_received_version = current_version then 'mofcom' else 'both' end
			end,
			count(*)::integer
		from annual_report group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11;
		insert into report_flow (year, channel_id, category, cohort_year, kind, on_day, extension_on, owed_on, n)
		select r.year, r.channel_id, r.category, r.cohort_year, k.kind, beijing_day(k.at), r.extension_on, r.owed_on, count(*)::integer
		from annual_report r
		cross join lateral (values ('submitted', r.first_submitted_at), ('forwarded', r.first_forwarded_at)) k (kind, at)
		where k.at is not null and r.state not in ('excused', 'not_owed') and not r.voluntary group by 1, 2, 3, 4, 5, 6, 7, 8;
		insert into report_reason (report_id, kind, check_key, code, year, category)
		select distinct on (r.id, given."checkKey") r.id, 'explained', given."checkKey", given."reasonCode", r.year, r.category
		from annual_report_version v join annual_report r on r.id = v.report_id
		cross join lateral jsonb_to_recordset(coalesce(v.content::jsonb -> 'explained', '[]')) as given ("checkKey" text, "reasonCode" text)
		where v.forwarded_at is not null and not exists (select from annual_report_version w where w.report_id = v.report_id and w.no > v.no and w.forwarded_at is not null)
			and given."checkKey" is not null and given."reasonCode" is not null;
		insert into report_reason (report_id, kind, check_key, code, year, category)
		select distinct on (r.id) r.id, 'late', '', v.late_reason_code, r.year, r.category
		from annual_report_version v join annual_report r on r.id = v.report_id where v.forwarded_at is not null and v.late_reason_code is not null order by r.id, v.no;
		perform set_config('app.system_reason', said_before, true);
	end
	$$;

-- What both ministries agree to change of an open year's duties, after the announcement dates of the register.
create table duty_settlement (
	id bigint generated always as identity primary key,
	year integer not null references reporting_year (year),
	-- SHA-256 of the effects as they were previewed: whoever agrees later agrees to the same
	effects_mark text not null,
	effects jsonb not null,
	ministry text not null,
	person_id text not null,
	person_name text not null,
	agreed_at timestamptz not null,
	applied_ministry text,
	applied_by text,
	applied_by_name text,
	applied_at timestamptz,
	withdrawn_at timestamptz,
	constraint duty_settlement_ministry check (ministry in ('mofcom', 'miit')),
	constraint duty_settlement_mark_shape check (effects_mark ~ '^[0-9a-f]{64}$'),
	constraint duty_settlement_by_both check (
		(applied_at is null) = (applied_ministry is null) and (applied_at is null) = (applied_by is null) and (applied_at is null) = (applied_by_name is null)
		and applied_ministry in ('mofcom', 'miit') and applied_ministry <> ministry and applied_by <> person_id),
	constraint duty_settlement_ends_once check (applied_at is null or withdrawn_at is null)
);
create unique index duty_settlement_one_open on duty_settlement (year) where applied_at is null and withdrawn_at is null;
comment on table duty_settlement is 'agreed by one ministry on a preview, applied when the other agrees to the same by another person';

alter table duty_settlement enable row level security, force row level security;
create policy duty_settlement_seen on duty_settlement for select using ((select scope_kind()) in ('system', 'mofcom', 'miit'));
create policy duty_settlement_agreed on duty_settlement for insert with check ((select scope_kind()) = 'system' or ministry = (select scope_kind()));
create policy duty_settlement_ended on duty_settlement for update using ((select scope_kind()) in ('system', 'mofcom', 'miit'));
grant select, insert on duty_settlement to keyent_app;
grant update (applied_ministry, applied_by, applied_by_name, applied_at, withdrawn_at) on duty_settlement to keyent_app;
