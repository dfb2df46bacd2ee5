-- Kept counts, so that no overview walks over the reports. Every change of a report adds a difference; a job folds the differences. Nobody waits for
-- a counter's row on the deadline night, and the sum is exact at every moment, vacuum or not.

-- Where the reports stand now.
create table report_tally (
	id bigint generated always as identity primary key,
	year integer not null,
	channel_id text not null,
	category text not null,
	cohort_year integer not null,
	state text not null,
	court text not null,
	extension_on date,
	-- since which day the channel or a department of it holds the report; null while it is with nobody there
	since_on date,
	-- whose receipt a forwarded report still waits for: both, mofcom, miit
	awaits text,
	n integer not null
);
create index report_tally_of_year on report_tally (year, channel_id);

-- On which day they came: what was so at the end of any day can be told from it. Of excused reports nothing is counted, for nothing is expected of them.
create table report_flow (
	id bigint generated always as identity primary key,
	year integer not null,
	channel_id text not null,
	category text not null,
	cohort_year integer not null,
	-- first submitted to the channel, or first forwarded to the ministries
	kind text not null,
	on_day date not null,
	-- with the year's date it says whether the day was late: never stored, so that one rule decides
	extension_on date,
	n integer not null,
	constraint report_flow_kind_known check (kind in ('submitted', 'forwarded'))
);
create index report_flow_of_year on report_flow (year, kind, on_day) include (n);

-- Which explanations the version that was forwarded last rests on, and why the report first came late: by code, to be counted and to be found again.
create table report_reason (
	report_id bigint not null references annual_report (id),
	kind text not null,
	-- the check that was explained, with its figure; '' for late
	check_key text not null,
	code text not null,
	year integer not null,
	category text not null,
	primary key (report_id, kind, check_key),
	constraint report_reason_kind_known check (kind in ('explained', 'late'))
);
create index report_reason_of_year on report_reason (year, kind, code, category);

create function beijing_day(at timestamptz) returns date language sql immutable parallel safe as $$ select (at at time zone 'Asia/Shanghai')::date $$;

-- The differences of one report's row, each once with the sign given.
create function count_report(r annual_report, sign integer) returns void
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	begin
		insert into report_tally (year, channel_id, category, cohort_year, state, court, extension_on, since_on, awaits, n)
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
			sign);
		if r.state <> 'excused' then
			insert into report_flow (year, channel_id, category, cohort_year, kind, on_day, extension_on, n)
			select r.year, r.channel_id, r.category, r.cohort_year, k.kind, beijing_day(k.at), r.extension_on, sign
			from (values ('submitted', r.first_submitted_at), ('forwarded', r.first_forwarded_at)) k (kind, at) where k.at is not null;
		end if;
	end
	$$;
revoke execute on function count_report(annual_report, integer) from public;

create function keep_report_counts() returns trigger
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	begin
		if tg_op = 'UPDATE' and (old.state, old.court, old.channel_id, old.category, old.cohort_year, old.extension_on, old.first_submitted_at, old.first_forwarded_at,
				old.submitted_at, old.current_version, old.mofcom_received_version, old.miit_received_version, old.commerce_approved_at, old.industry_approved_at, old.group_approved_at)
			is not distinct from (new.state, new.court, new.channel_id, new.category, new.cohort_year, new.extension_on, new.first_submitted_at, new.first_forwarded_at,
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
create trigger annual_report_counted after insert or update or delete on annual_report for each row execute function keep_report_counts();

-- A version becomes the ministries' when it is forwarded; from then on its reasons stand for the report.
create function keep_report_reasons() returns trigger
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	begin
		if new.forwarded_at is null or tg_op = 'UPDATE' and old.forwarded_at is not null then
			return null;
		end if;
		delete from report_reason where report_id = new.report_id and kind = 'explained';
		insert into report_reason (report_id, kind, check_key, code, year, category)
		select distinct on (given."checkKey") r.id, 'explained', given."checkKey", given."reasonCode", r.year, r.category
		from annual_report r cross join jsonb_to_recordset(coalesce(new.content::jsonb -> 'explained', '[]')) as given ("checkKey" text, "reasonCode" text)
		where r.id = new.report_id and given."checkKey" is not null and given."reasonCode" is not null;
		insert into report_reason (report_id, kind, check_key, code, year, category)
		select r.id, 'late', '', new.late_reason_code, r.year, r.category from annual_report r where r.id = new.report_id and new.late_reason_code is not null
		on conflict do nothing;
		return null;
	end
	$$;
create trigger annual_report_version_reasons after insert or update of forwarded_at on annual_report_version for each row execute function keep_report_reasons();

-- Folds differences of one year into one row per group. Two folding at once would both count: a lock of the year keeps it to one.
create function fold_report_counts(given_year integer) returns void
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	begin
		if not pg_try_advisory_xact_lock(hashtextextended('fold-report-counts', given_year)) then
			return;
		end if;
		with gone as (
			delete from report_tally t where t.year = given_year returning *)
		insert into report_tally (year, channel_id, category, cohort_year, state, court, extension_on, since_on, awaits, n)
		select year, channel_id, category, cohort_year, state, court, extension_on, since_on, awaits, sum(n)::integer from gone
		group by 1, 2, 3, 4, 5, 6, 7, 8, 9 having sum(n) <> 0;
		with gone as (
			delete from report_flow f where f.year = given_year returning *)
		insert into report_flow (year, channel_id, category, cohort_year, kind, on_day, extension_on, n)
		select year, channel_id, category, cohort_year, kind, on_day, extension_on, sum(n)::integer from gone
		group by 1, 2, 3, 4, 5, 6, 7 having sum(n) <> 0;
	end
	$$;
revoke execute on function fold_report_counts(integer) from public;
grant execute on function fold_report_counts(integer) to keyent_app;

-- Not forced: the owner's triggers write them whoever acts; the application may only read, and only what is its own.
alter table report_tally enable row level security;
create policy report_tally_seen on report_tally for select using (
	(select scope_kind()) in ('system', 'mofcom', 'miit') or (select scope_kind()) in ('commerce', 'industry', 'group') and channel_id = (select scope_channel()));
alter table report_flow enable row level security;
create policy report_flow_seen on report_flow for select using (
	(select scope_kind()) in ('system', 'mofcom', 'miit') or (select scope_kind()) in ('commerce', 'industry', 'group') and channel_id = (select scope_channel()));
alter table report_reason enable row level security;
create policy report_reason_seen on report_reason for select using ((select scope_kind()) in ('system', 'mofcom', 'miit'));
grant select on report_tally, report_flow, report_reason to keyent_app;

-- Everything counted anew from the rows themselves, folded already: for what is there before the triggers are, and after rows were laid in bulk.
-- Only the owner may: nothing of an office needs it.
create function recount_reports() returns void
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
		insert into report_tally (year, channel_id, category, cohort_year, state, court, extension_on, since_on, awaits, n)
		select year, channel_id, category, cohort_year, state, court, extension_on,
			case
				when court = 'channel' then beijing_day(greatest(commerce_approved_at, industry_approved_at, group_approved_at))
				when court in ('commerce', 'industry', 'departments', 'group') then beijing_day(submitted_at)
			end,
			case when state = 'forwarded' then
				case when mofcom_received_version = current_version then 'miit' when miit_received_version = current_version then 'mofcom' else 'both' end
			end,
			count(*)::integer
		from annual_report group by 1, 2, 3, 4, 5, 6, 7, 8, 9;
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
revoke execute on function recount_reports() from public;
select recount_reports();
