-- Statistics kept for an enumerated list of cells (KEPT_CELLS of domain/trend; medians do not add up): each category of the nation, of a channel, a cohort, a
-- tier. A job makes them by the very question that answers live; what changed since says which category has to be made anew.
create table trend_cell (
	category text not null,
	-- nation, channel, cohort or tier, and which of them; '' for the nation
	cut text not null,
	cut_key text not null,
	metric text not null,
	figure_year integer not null,
	basis text not null,
	tally jsonb not null,
	primary key (category, cut, cut_key, metric, figure_year, basis),
	constraint trend_cell_cut_known check (cut in ('nation', 'channel', 'cohort', 'tier')),
	constraint trend_cell_basis_known check (basis in ('final', 'forecast'))
);
comment on table trend_cell is 'a point''s tally, unrounded, in exact decimal text';

create table trend_kept (
	category text primary key,
	kept_at timestamptz not null,
	-- by which policy each year was counted, and by which rule its quantiles were made: another one makes all of it stale
	rule text not null
);

create table trend_change (
	id bigint generated always as identity primary key,
	category text not null
);
comment on table trend_change is 'figures that changed since the cells of their category were kept; a run of the job takes those it has seen';

create function note_trend_change() returns trigger
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	begin
		insert into trend_change (category) select distinct a.category from changed a;
		return null;
	end
	$$;
create trigger trend_figure_added after insert on trend_figure referencing new table as changed for each statement execute function note_trend_change();
create trigger trend_figure_gone after delete on trend_figure referencing old table as changed for each statement execute function note_trend_change();

alter table trend_cell enable row level security, force row level security;
create policy trend_cell_seen on trend_cell for select using ((select scope_kind()) in ('system', 'mofcom', 'miit'));
create policy trend_cell_kept on trend_cell for all using ((select scope_kind()) = 'system') with check ((select scope_kind()) = 'system');
alter table trend_kept enable row level security, force row level security;
create policy trend_kept_seen on trend_kept for select using ((select scope_kind()) in ('system', 'mofcom', 'miit'));
create policy trend_kept_kept on trend_kept for all using ((select scope_kind()) = 'system') with check ((select scope_kind()) = 'system');
-- Not forced: the owner's trigger writes it whoever acts.
alter table trend_change enable row level security;
create policy trend_change_taken on trend_change for all using ((select scope_kind()) = 'system') with check ((select scope_kind()) = 'system');
grant select, insert, delete on trend_cell to keyent_app;
grant select, insert, update on trend_kept to keyent_app;
grant select, delete on trend_change to keyent_app;
