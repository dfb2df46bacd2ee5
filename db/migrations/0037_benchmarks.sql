-- Benchmarks (非方案规定): what others than the ministries may see of the cohort. Made once, of the figures as they stood when both ministries closed the
-- year, by `disclose` of domain/trend: no more is kept than may be shown, so that no lock guards a figure of anybody.
create table trend_benchmark (
	category text not null,
	metric text not null,
	figure_year integer not null,
	basis text not null,
	-- the closed year whose reports state it
	report_year integer not null references reporting_year (year),
	-- null where nobody is shown it: then `why`
	n integer,
	lower_quartile numeric,
	median numeric,
	upper_quartile numeric,
	why text,
	-- whose own figures would leave too few others
	hidden_channels text[] not null default '{}',
	hidden_enterprises bigint[] not null default '{}',
	primary key (category, metric, figure_year, basis),
	constraint trend_benchmark_basis_known check (basis in ('final', 'forecast')),
	constraint trend_benchmark_of_enough check (n >= 10),
	constraint trend_benchmark_shown_or_masked check (case when why is null then num_nonnulls(n, lower_quartile, median, upper_quartile) = 4
		else num_nonnulls(n, lower_quartile, median, upper_quartile) = 0 end)
);
comment on table trend_benchmark is 'category × closed year × nation; a correction afterwards would be told by the difference, so the figures never change';

-- Which closed years were made, and the last move of an enterprise they know of: who has moved is known to one channel more.
create table trend_benchmark_year (
	report_year integer primary key references reporting_year (year),
	made_at timestamptz not null,
	last_move bigint not null
);

create function refuse_new_benchmark() returns trigger
	language plpgsql
	as $$
	begin
		if tg_op = 'DELETE' or (new.category, new.metric, new.figure_year, new.basis, new.report_year, new.n, new.lower_quartile, new.median, new.upper_quartile,
			new.why) is distinct from (old.category, old.metric, old.figure_year, old.basis, old.report_year, old.n, old.lower_quartile, old.median,
			old.upper_quartile, old.why) or not new.hidden_channels @> old.hidden_channels or not new.hidden_enterprises @> old.hidden_enterprises then
			raise exception 'a benchmark is made once' using errcode = 'integrity_constraint_violation', constraint = 'trend_benchmark_made_once';
		end if;
		return new;
	end
	$$;
create trigger trend_benchmark_made_once before update or delete on trend_benchmark for each row execute function refuse_new_benchmark();

-- The ministries and the job. Not forced: the function below speaks for the owner, and says itself who is shown what.
alter table trend_benchmark enable row level security;
create policy trend_benchmark_seen on trend_benchmark for select using ((select scope_kind()) in ('system', 'mofcom', 'miit'));
create policy trend_benchmark_made on trend_benchmark for insert with check ((select scope_kind()) = 'system');
create policy trend_benchmark_hidden on trend_benchmark for update using ((select scope_kind()) = 'system') with check ((select scope_kind()) = 'system');
alter table trend_benchmark_year enable row level security;
create policy trend_benchmark_year_seen on trend_benchmark_year for select using ((select scope_kind()) in ('system', 'mofcom', 'miit'));
create policy trend_benchmark_year_made on trend_benchmark_year for all using ((select scope_kind()) = 'system') with check ((select scope_kind()) = 'system');
grant select, insert, update (hidden_channels, hidden_enterprises) on trend_benchmark to keyent_app;
grant select, insert, update on trend_benchmark_year to keyent_app;

-- What whoever asks is shown: `shownBenchmark`. Its readers are enterprises, departments, groups and the ministries; anybody else gets no row.
create function benchmarks_shown(given_categories text[])
	returns table (category text, metric text, figure_year integer, basis text, n integer, lower_quartile numeric, median numeric,
		upper_quartile numeric, why text)
	language sql stable security definer set search_path = public, pg_temp
	as $$
		select b.category, b.metric, b.figure_year, b.basis, case when not h.hidden then b.n end, case when not h.hidden then b.lower_quartile end,
			case when not h.hidden then b.median end, case when not h.hidden then b.upper_quartile end,
			case when h.hidden then 'few_others' else b.why end
		from trend_benchmark b
		cross join lateral (select b.why is null and case
			when scope_kind() = 'enterprise' then scope_enterprise() = any(b.hidden_enterprises)
			when scope_kind() in ('commerce', 'industry', 'group') then scope_channel() = any(b.hidden_channels)
			else false end as hidden offset 0) h
		where b.category = any(given_categories) and (scope_kind() in ('system', 'mofcom', 'miit')
			or scope_kind() = 'enterprise' and scope_enterprise() is not null
			or scope_kind() in ('commerce', 'industry', 'group') and scope_channel() is not null)
	$$;
revoke execute on function benchmarks_shown(text[]) from public;
grant execute on function benchmarks_shown(text[]) to keyent_app;
