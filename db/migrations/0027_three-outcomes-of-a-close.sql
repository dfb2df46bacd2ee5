-- The close of a year has three outcomes (domain.md 2): received, not delivered to the ministries by its channel, not filed. The second is a state of its
-- own. A closed year keeps the states it has; what they mean is computed.
alter table annual_report drop constraint annual_report_state_known;
alter table annual_report add constraint annual_report_state_known
	check (state in ('not_started', 'draft', 'submitted', 'returned', 'forwarded', 'received', 'not_filed', 'not_delivered', 'excused', 'not_owed'));
alter table annual_report add constraint annual_report_not_delivered_was_submitted
	check (state <> 'not_delivered' or current_version > 0 and first_forwarded_at is null and closed_at is not null);
alter table annual_report drop constraint annual_report_voluntary_is_filed;
alter table annual_report add constraint annual_report_voluntary_is_filed check (
	not voluntary or state in ('draft', 'submitted', 'returned', 'forwarded', 'received', 'not_filed', 'not_delivered'));

-- In whose court it is needs no word of it: a closed report that is not with the ministries is in nobody's, and the expression of the column says so already.

-- The kept counts say whether it was ever forwarded: of a closed year that tells "returned, never forwarded" (not filed) from "returned by a ministry".
alter table report_tally add column ever_forwarded boolean not null default false;

create or replace function count_report(r annual_report, sign integer) returns void
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	begin
		insert into report_tally (year, channel_id, category, cohort_year, state, court, extension_on, owed_on, voluntary, since_on, awaits, excuse_pending, ever_forwarded, n)
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
			coalesce(r.excuse_pending, false), r.first_forwarded_at is not null, sign);
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
				old.submitted_at, old.current_version, old.mofcom_received_version, old.miit_received_version, old.commerce_approved_at, old.industry_approved_at, old.group_approved_at,
				old.excuse_pending)
			is not distinct from (new.state, new.court, new.channel_id, new.category, new.cohort_year, new.extension_on, new.owed_on, new.voluntary,
				new.first_submitted_at, new.first_forwarded_at,
				new.submitted_at, new.current_version, new.mofcom_received_version, new.miit_received_version, new.commerce_approved_at, new.industry_approved_at, new.group_approved_at,
				new.excuse_pending) then
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
		insert into report_tally (year, channel_id, category, cohort_year, state, court, extension_on, owed_on, voluntary, since_on, awaits, excuse_pending, ever_forwarded, n)
		select year, channel_id, category, cohort_year, state, court, extension_on, owed_on, voluntary, since_on, awaits, excuse_pending, ever_forwarded,
			sum(n)::integer from gone
		group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 having sum(n) <> 0;
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
		insert into report_tally (year, channel_id, category, cohort_year, state, court, extension_on, owed_on, voluntary, since_on, awaits, excuse_pending, ever_forwarded, n)
		select year, channel_id, category, cohort_year, state, court, extension_on, owed_on, voluntary,
			case
				when court = 'channel' then beijing_day(greatest(commerce_approved_at, industry_approved_at, group_approved_at))
				when court in ('commerce', 'industry', 'departments', 'group') then beijing_day(submitted_at)
			end,
			case when state = 'forwarded' then
				case when mofcom_received_version = current_version then 'miit' when miit_received_version = current_version then 'mofcom' else 'both' end
			end,
			excuse_pending, first_forwarded_at is not null, count(*)::integer
		from annual_report group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13;
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

select recount_reports();

-- By agreeing to the close each ministry receives what it has not received: both agreements stand in the year's record, so each is entered under the name of
-- who agreed for it. The second ministry's act writes both; alone it may write only its own.
create function receive_by_closing(given_year integer, at timestamptz) returns void
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	declare
		said_before text := coalesce(current_setting('app.system_reason', true), '');
	begin
		if coalesce(current_setting('app.org_kind', true), '') not in ('mofcom', 'miit') then
			raise exception 'only a ministry closes a year' using errcode = 'insufficient_privilege';
		end if;
		if (select count(*) from reporting_year_closing k where k.year = given_year) <> 2 then
			raise exception 'both ministries have to agree' using errcode = 'integrity_constraint_violation', constraint = 'receive_after_both_agreed';
		end if;
		perform set_config('app.system_reason', 'close year', true);
		insert into reception (report_id, version_no, ministry, received_at, person_id, person_name)
		select r.id, r.current_version, k.ministry, at, k.person_id, k.person_name
		from annual_report r join reporting_year_closing k on k.year = r.year
		where r.year = given_year and r.forwarded_at is not null and r.state <> 'excused'
		on conflict do nothing;
		perform set_config('app.system_reason', said_before, true);
	end
	$$;
revoke execute on function receive_by_closing(integer, timestamptz) from public;
grant execute on function receive_by_closing(integer, timestamptz) to keyent_app;
