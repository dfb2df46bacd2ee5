-- A database filled with synthetic data says so for as long as it lives: the banner reads this row. A production database has none.
create table demonstration (
	only_row boolean primary key default true,
	started_at timestamptz not null,
	seed text not null,
	constraint demonstration_single check (only_row)
);
comment on table demonstration is 'one row where everything in this database is synthetic, none elsewhere';

alter table demonstration enable row level security, force row level security;
create policy demonstration_read on demonstration for select using (true);
create policy demonstration_begun on demonstration for insert with check ((select scope_kind()) = 'system');
create trigger demonstration_immutable before update or delete on demonstration for each row execute function refuse_change();
grant select on demonstration to keyent_app;
