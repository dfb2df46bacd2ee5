-- Which days are worked (State Council arrangements). One version per correction, none ever changed: what was computed from an older one can be shown.
create table working_calendar (
	year integer not null,
	version integer not null,
	source text not null,
	entered_by text not null,
	entered_by_name text not null,
	entered_at timestamptz not null default app_now(),
	primary key (year, version),
	constraint working_calendar_year_plausible check (year between 2021 and 2100),
	constraint working_calendar_counts_from_one check (version >= 1),
	constraint working_calendar_source_said check (btrim(source) <> '' and length(source) <= 300)
);
comment on table working_calendar is 'a year without a row is not arranged yet: unknown, never "no holidays"';
create trigger working_calendar_immutable before update or delete on working_calendar for each row execute function refuse_change();

-- Only what differs from Monday to Friday: days off among them, and weekend days that are worked.
create table working_calendar_day (
	year integer not null,
	version integer not null,
	on_day date not null,
	kind text not null,
	name text not null,
	primary key (year, version, on_day),
	constraint working_calendar_day_of_version foreign key (year, version) references working_calendar (year, version),
	constraint working_calendar_day_kind_known check (kind in ('holiday', 'make_up')),
	constraint working_calendar_day_of_year check (extract(year from on_day) = year),
	constraint working_calendar_day_name_short check (length(name) <= 60)
);
create trigger working_calendar_day_immutable before update or delete on working_calendar_day for each row execute function refuse_change();

alter table working_calendar enable row level security, force row level security;
create policy working_calendar_read on working_calendar for select using (true);
create policy working_calendar_entered on working_calendar for insert with check ((select scope_kind()) in ('system', 'mofcom', 'miit'));
alter table working_calendar_day enable row level security, force row level security;
create policy working_calendar_day_read on working_calendar_day for select using (true);
create policy working_calendar_day_entered on working_calendar_day for insert with check ((select scope_kind()) in ('system', 'mofcom', 'miit'));
grant select, insert on working_calendar, working_calendar_day to keyent_app;
