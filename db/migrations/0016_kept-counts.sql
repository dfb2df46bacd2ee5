-- Kept counts, so that no overview walks over the reports. Every change of a report adds a difference; a job folds the differences. Nobody waits for
-- a counter's row on the deadline night, and the sum is exact at every moment, vacuum or not.

create table report_tally (
	id bigint generated always as identity primary key,
	year integer not null,
	channel_id text not null,
	category text not null,
	cohort_year integer not null,
	state text not null,
	court text not null,
	extension_on date,
	n integer not null
);
create index report_tally_of_year on report_tally (year, channel_id);

create table report_flow (
	id bigint generated always as identity primary key,
	year integer not null,
	channel_id text not null,
	category text not null,
	cohort_year integer not null,
	-- first submitted to the channel, or first forwarded to the ministries
	kind text not null,
	on_day date not null,
	-- after the effective date of the step
	late boolean not null,
	n integer not null,
	constraint report_flow_kind_known check (kind in ('submitted', 'forwarded'))
);
create index report_flow_of_year on report_flow (year, kind, on_day);

create function beijing_day(at timestamptz) returns date language sql immutable parallel safe as $$ select (at at time zone 'Asia/Shanghai')::date $$;

create function keep_report_counts() returns trigger
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	declare
		due date;
	begin
		if tg_op = 'UPDATE' and (old.state, old.court, old.channel_id, old.category, old.cohort_year, old.extension_on, old.first_submitted_at, old.first_forwarded_at)
			is not distinct from (new.state, new.court, new.channel_id, new.category, new.cohort_year, new.extension_on, new.first_submitted_at, new.first_forwarded_at) then
			return null;
		end if;
		if tg_op in ('UPDATE', 'DELETE') then
			insert into report_tally (year, channel_id, category, cohort_year, state, court, extension_on, n)
			values (old.year, old.channel_id, old.category, old.cohort_year, old.state, old.court, old.extension_on, -1);
			select greatest(y.ministry_due_on, coalesce(old.extension_on, y.ministry_due_on)) into due from reporting_year y where y.year = old.year;
			insert into report_flow (year, channel_id, category, cohort_year, kind, on_day, late, n)
			select old.year, old.channel_id, old.category, old.cohort_year, k.kind, beijing_day(k.at), beijing_day(k.at) > due, -1
			from (values ('submitted', old.first_submitted_at), ('forwarded', old.first_forwarded_at)) k (kind, at) where k.at is not null;
		end if;
		if tg_op in ('UPDATE', 'INSERT') then
			insert into report_tally (year, channel_id, category, cohort_year, state, court, extension_on, n)
			values (new.year, new.channel_id, new.category, new.cohort_year, new.state, new.court, new.extension_on, 1);
			select greatest(y.ministry_due_on, coalesce(new.extension_on, y.ministry_due_on)) into due from reporting_year y where y.year = new.year;
			insert into report_flow (year, channel_id, category, cohort_year, kind, on_day, late, n)
			select new.year, new.channel_id, new.category, new.cohort_year, k.kind, beijing_day(k.at), beijing_day(k.at) > due, 1
			from (values ('submitted', new.first_submitted_at), ('forwarded', new.first_forwarded_at)) k (kind, at) where k.at is not null;
		end if;
		return null;
	end
	$$;
create trigger annual_report_counted after insert or update or delete on annual_report for each row execute function keep_report_counts();

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
		insert into report_tally (year, channel_id, category, cohort_year, state, court, extension_on, n)
		select year, channel_id, category, cohort_year, state, court, extension_on, sum(n)::integer from gone
		group by 1, 2, 3, 4, 5, 6, 7 having sum(n) <> 0;
		with gone as (
			delete from report_flow f where f.year = given_year returning *)
		insert into report_flow (year, channel_id, category, cohort_year, kind, on_day, late, n)
		select year, channel_id, category, cohort_year, kind, on_day, late, sum(n)::integer from gone
		group by 1, 2, 3, 4, 5, 6, 7 having sum(n) <> 0;
	end
	$$;
revoke execute on function fold_report_counts(integer) from public;
grant execute on function fold_report_counts(integer) to keyent_app;

-- Not forced: the owner's trigger writes them whoever acts; the application may only read, and only what is its own.
alter table report_tally enable row level security;
create policy report_tally_seen on report_tally for select using (
	(select scope_kind()) in ('system', 'mofcom', 'miit') or (select scope_kind()) in ('commerce', 'industry', 'group') and channel_id = (select scope_channel()));
alter table report_flow enable row level security;
create policy report_flow_seen on report_flow for select using (
	(select scope_kind()) in ('system', 'mofcom', 'miit') or (select scope_kind()) in ('commerce', 'industry', 'group') and channel_id = (select scope_channel()));
grant select on report_tally, report_flow to keyent_app;

-- What is there already is counted once.
insert into report_tally (year, channel_id, category, cohort_year, state, court, extension_on, n)
select year, channel_id, category, cohort_year, state, court, extension_on, count(*)::integer from annual_report group by 1, 2, 3, 4, 5, 6, 7;
insert into report_flow (year, channel_id, category, cohort_year, kind, on_day, late, n)
select r.year, r.channel_id, r.category, r.cohort_year, k.kind, beijing_day(k.at), beijing_day(k.at) > greatest(y.ministry_due_on, coalesce(r.extension_on, y.ministry_due_on)), count(*)::integer
from annual_report r join reporting_year y on y.year = r.year
cross join lateral (values ('submitted', r.first_submitted_at), ('forwarded', r.first_forwarded_at)) k (kind, at)
where k.at is not null group by 1, 2, 3, 4, 5, 6, 7;
