-- "Unable to file" is asked for until a ministry confirms it (domain.md 2): till then state and court stay, the report is expected, and letters pause.
alter table annual_report add column excuse_pending boolean not null default false;
alter table annual_report add constraint annual_report_excuse_pending_unfiled check (not excuse_pending or state in ('not_started', 'draft'));

alter table report_excuse
	add column verdict text,
	add column decided_at timestamptz,
	-- null where it stood before a ministry had to confirm it
	add column decided_ministry text,
	add column decided_by_id text,
	add column decided_by_name text,
	add column decision_reason text;
alter table report_excuse
	add constraint report_excuse_verdict_known check (verdict in ('confirmed', 'refused')),
	add constraint report_excuse_decided_once check ((verdict is null) = (decided_at is null)),
	add constraint report_excuse_ministry_known check (decided_ministry in ('mofcom', 'miit')),
	add constraint report_excuse_refusal_says_why check (verdict is distinct from 'refused' or btrim(decision_reason) <> '');
drop index report_excuse_one_standing;
create unique index report_excuse_one_standing on report_excuse (report_id) where lifted_at is null and verdict is distinct from 'refused';
create index report_excuse_of_report on report_excuse (report_id);
grant update (verdict, decided_at, decided_ministry, decided_by_id, decided_by_name, decision_reason) on report_excuse to keyent_app;

-- The kept counts get the pending part.
alter table report_tally add column excuse_pending boolean not null default false;
drop index report_tally_counted;
create index report_tally_counted on report_tally (year, court, cohort_year) include (category, channel_id, state, awaits, excuse_pending, n);
create index annual_report_excuse_pending on annual_report (year, id) where excuse_pending;

create or replace function count_report(r annual_report, sign integer) returns void
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	begin
		insert into report_tally (year, channel_id, category, cohort_year, state, court, extension_on, since_on, awaits, excuse_pending, n)
		values (r.year, r.channel_id, r.category, r.cohort_year, r.state, r.court, r.extension_on,
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
			coalesce(r.excuse_pending, false), sign);
		if r.state <> 'excused' then
			insert into report_flow (year, channel_id, category, cohort_year, kind, on_day, extension_on, n)
			select r.year, r.channel_id, r.category, r.cohort_year, k.kind, beijing_day(k.at), r.extension_on, sign
			from (values ('submitted', r.first_submitted_at), ('forwarded', r.first_forwarded_at)) k (kind, at) where k.at is not null;
		end if;
	end
	$$;

create or replace function keep_report_counts() returns trigger
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	begin
		if tg_op = 'UPDATE' and (old.state, old.court, old.channel_id, old.category, old.cohort_year, old.extension_on, old.first_submitted_at, old.first_forwarded_at,
				old.submitted_at, old.current_version, old.mofcom_received_version, old.miit_received_version, old.commerce_approved_at, old.industry_approved_at,
				old.group_approved_at, old.excuse_pending)
			is not distinct from (new.state, new.court, new.channel_id, new.category, new.cohort_year, new.extension_on, new.first_submitted_at, new.first_forwarded_at,
				new.submitted_at, new.current_version, new.mofcom_received_version, new.miit_received_version, new.commerce_approved_at, new.industry_approved_at,
				new.group_approved_at, new.excuse_pending) then
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
		insert into report_tally (year, channel_id, category, cohort_year, state, court, extension_on, since_on, awaits, excuse_pending, n)
		select year, channel_id, category, cohort_year, state, court, extension_on, since_on, awaits, excuse_pending, sum(n)::integer from gone
		group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 having sum(n) <> 0;
		with gone as (
			delete from report_flow f where f.year = given_year returning *)
		insert into report_flow (year, channel_id, category, cohort_year, kind, on_day, extension_on, n)
		select year, channel_id, category, cohort_year, kind, on_day, extension_on, sum(n)::integer from gone
		group by 1, 2, 3, 4, 5, 6, 7 having sum(n) <> 0;
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
		insert into report_tally (year, channel_id, category, cohort_year, state, court, extension_on, since_on, awaits, excuse_pending, n)
		select year, channel_id, category, cohort_year, state, court, extension_on,
			case
				when court = 'channel' then beijing_day(greatest(commerce_approved_at, industry_approved_at, group_approved_at))
				when court in ('commerce', 'industry', 'departments', 'group') then beijing_day(submitted_at)
			end,
			case when state = 'forwarded' then
				case when mofcom_received_version = current_version then 'miit' when miit_received_version = current_version then 'mofcom' else 'both' end
			end,
			excuse_pending, count(*)::integer
		from annual_report group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
		insert into report_flow (year, channel_id, category, cohort_year, kind, on_day, extension_on, n)
		select r.year, r.channel_id, r.category, r.cohort_year, k.kind, beijing_day(k.at), r.extension_on, count(*)::integer
		from annual_report r
		cross join lateral (values ('submitted', r.first_submitted_at), ('forwarded', r.first_forwarded_at)) k (kind, at)
		where k.at is not null and r.state <> 'excused' group by 1, 2, 3, 4, 5, 6, 7;
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

-- What stands already: where the year is closed it counts as confirmed at the close; in an open year the ministries still decide. A report that is
-- excused without a declaration was excused by the system at a merger or an end, which a ministry recorded: that is the confirmation.
update report_excuse e set verdict = 'confirmed', decided_at = r.closed_at
from annual_report r where r.id = e.report_id and r.state = 'excused' and r.closed_at is not null and e.lifted_at is null;

with asked as (
	update annual_report r set excuse_pending = true, row_version = row_version + 1,
		state = case when exists (select from annual_report_draft d where d.report_id = r.id) then 'draft' else 'not_started' end
	where r.state = 'excused' and r.closed_at is null and exists (select from report_excuse e where e.report_id = r.id and e.lifted_at is null)
	returning r.id, r.state, r.court
)
-- Dated as the declaration: if it is refused, the days since were the enterprise's own.
insert into report_event (report_id, at, act, by_kind, state, court)
select a.id, (select e.declared_at from report_excuse e where e.report_id = a.id and e.lifted_at is null), 'excuse-to-be-confirmed', 'system', a.state, a.court
from asked a;
