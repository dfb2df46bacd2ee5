-- Trends (非方案规定). What each designation is known to have stated of a year, on each basis apart (方案第六条), kept beside the versions in the
-- transaction that forwards one: `readingOf`, `cellOf` and `channelIn` of domain/trend read the same from the history. A past day is read from the
-- history itself.

-- The reports as they stood: whose channel, whether expected, which version spoke, and whether it replaced the one forwarded first. Null = now.
create function trend_reports(given_end timestamptz, given_designations bigint[])
	returns table (report_id bigint, designation_id bigint, enterprise_id bigint, category text, cohort_year integer, year integer, channel_id text, owed boolean,
		version_no integer, corrected boolean)
	language sql stable parallel safe
	as $$
		select r.id, r.designation_id, r.enterprise_id, r.category, r.cohort_year, r.year, coalesce(x.channel_then, r.channel_id),
			-- Every change of what is expected is a dated step: where none followed, it is as it was.
			case when x.report_id is null then r.state not in ('excused', 'not_owed') and not r.voluntary
				when x.settled_later is not null then x.settled_later <> 'owed_again' and coalesce(x.state_then, 'not_started') <> 'excused'
				else coalesce(x.state_then, 'not_started') not in ('excused', 'not_owed') and not r.voluntary end,
			case when r.first_forwarded_at is null or r.first_forwarded_at >= given_end then null
				when r.current_version = 1 then 1
				else (select max(v.no) from annual_report_version v
					where v.report_id = r.id and v.forwarded_at is not null and (given_end is null or v.forwarded_at < given_end)) end,
			case when r.current_version < 2 or r.first_forwarded_at is null or r.first_forwarded_at >= given_end then false
				else (select count(*) > 1 from annual_report_version v
					where v.report_id = r.id and v.forwarded_at is not null and (given_end is null or v.forwarded_at < given_end)) end
		from annual_report r
		join reporting_year y on y.year = r.year
		left join (
			select l.*, (select e.state from report_event e where e.report_id = l.report_id and e.at < given_end order by e.id desc limit 1) as state_then
			from (
				select e.report_id, (array_agg(e.detail ->> 'channelFrom' order by e.id) filter (where e.detail ? 'channelFrom'))[1] as channel_then,
					(array_agg(e.detail ->> 'effect' order by e.id) filter (where e.act = 'settle-duties'))[1] as settled_later
				from report_event e where e.at >= given_end group by e.report_id
			) l
		) x on x.report_id = r.id
		where (given_designations is null or r.designation_id = any(given_designations))
			and (given_end is null or least(y.opened_at, y.opens_on::timestamp at time zone 'Asia/Shanghai') < given_end
				and (r.owed_on is null or r.owed_on <= beijing_day(given_end - interval '1 microsecond') or x.settled_later is not null))
	$$;

-- Of each designation, figure year and basis: the latest forwarded statement of every figure, whoever stated another later; and whether the report that
-- states the year was expected (own) or forwarded (filed).
create function trend_stated(given_end timestamptz, given_designations bigint[])
	returns table (designation_id bigint, enterprise_id bigint, category text, cohort_year integer, channel_id text, figure_year integer, basis text, own boolean,
		filed boolean, report_year integer, sources jsonb, corrected_years integer[],
		employees numeric, bachelor_or_above numeric, intermediate_title_or_above numeric, total_assets_wan numeric, total_liabilities_wan numeric,
		revenue_wan numeric, profit_wan numeric, rd_spending_wan numeric, informatisation_wan numeric, equipment_total numeric, equipment_networked numeric,
		ito_executed_wan numeric, manufacturing_customers numeric, manufacturing_revenue_wan numeric, patents_invention numeric, patents_utility numeric,
		patents_design numeric, software_copyrights numeric)
	language sql stable parallel safe
	as $$
		with report as materialized (
			select t.* from trend_reports(given_end, given_designations) t
		), place as (
			select p.designation_id, min(p.enterprise_id) as enterprise_id, min(p.category) as category, min(p.cohort_year) as cohort_year,
				array_agg(p.year order by p.year) as years, array_agg(p.channel_id order by p.year) as channels, min(p.channel_id) = max(p.channel_id) as stayed,
				coalesce(array_agg(p.year order by p.year) filter (where p.corrected), '{}') as corrected_years
			from report p group by p.designation_id
		), said as (
			select t.designation_id, t.year as report_year, f.figure_year, f.basis, f.figure_year >= t.year - 1 as own, true as filed,
				f.employees, f.bachelor_or_above, f.intermediate_title_or_above, f.total_assets_wan, f.total_liabilities_wan, f.revenue_wan,
				f.profit_wan, f.rd_spending_wan, f.informatisation_wan, f.equipment_total, f.equipment_networked, f.ito_executed_wan, f.manufacturing_customers,
				f.manufacturing_revenue_wan, f.patents_invention, f.patents_utility, f.patents_design, f.software_copyrights
			from report t join annual_figure f on f.report_id = t.report_id and f.version_no = t.version_no
			union all
			select t.designation_id, t.year, b.figure_year, b.basis, true, false,
				null::numeric, null::numeric, null::numeric, null::numeric, null::numeric, null::numeric, null::numeric, null::numeric, null::numeric, null::numeric,
				null::numeric, null::numeric, null::numeric, null::numeric, null::numeric, null::numeric, null::numeric, null::numeric
			from report t cross join lateral (values (t.year - 1, 'final'), (t.year, 'forecast')) b (figure_year, basis)
			where t.version_no is null and t.owed
		), merged as (
			select s.designation_id, s.figure_year, s.basis, bool_or(s.own) as own, bool_or(s.own and s.filed) as filed, max(s.report_year) as report_year,
				case when count(*) > 1 then jsonb_strip_nulls(jsonb_build_object(
					'employees', max(s.report_year) filter (where s.employees is not null),
					'bachelor_or_above', max(s.report_year) filter (where s.bachelor_or_above is not null),
					'intermediate_title_or_above', max(s.report_year) filter (where s.intermediate_title_or_above is not null),
					'total_assets_wan', max(s.report_year) filter (where s.total_assets_wan is not null),
					'total_liabilities_wan', max(s.report_year) filter (where s.total_liabilities_wan is not null),
					'revenue_wan', max(s.report_year) filter (where s.revenue_wan is not null),
					'profit_wan', max(s.report_year) filter (where s.profit_wan is not null),
					'rd_spending_wan', max(s.report_year) filter (where s.rd_spending_wan is not null),
					'informatisation_wan', max(s.report_year) filter (where s.informatisation_wan is not null),
					'equipment_total', max(s.report_year) filter (where s.equipment_total is not null),
					'equipment_networked', max(s.report_year) filter (where s.equipment_networked is not null),
					'ito_executed_wan', max(s.report_year) filter (where s.ito_executed_wan is not null),
					'manufacturing_customers', max(s.report_year) filter (where s.manufacturing_customers is not null),
					'manufacturing_revenue_wan', max(s.report_year) filter (where s.manufacturing_revenue_wan is not null),
					'patents_invention', max(s.report_year) filter (where s.patents_invention is not null),
					'patents_utility', max(s.report_year) filter (where s.patents_utility is not null),
					'patents_design', max(s.report_year) filter (where s.patents_design is not null),
					'software_copyrights', max(s.report_year) filter (where s.software_copyrights is not null))) end as sources,
				(max(array[s.report_year, s.employees]) filter (where s.employees is not null))[2] as employees,
			(max(array[s.report_year, s.bachelor_or_above]) filter (where s.bachelor_or_above is not null))[2] as bachelor_or_above,
			(max(array[s.report_year, s.intermediate_title_or_above]) filter (where s.intermediate_title_or_above is not null))[2] as intermediate_title_or_above,
			(max(array[s.report_year, s.total_assets_wan]) filter (where s.total_assets_wan is not null))[2] as total_assets_wan,
			(max(array[s.report_year, s.total_liabilities_wan]) filter (where s.total_liabilities_wan is not null))[2] as total_liabilities_wan,
			(max(array[s.report_year, s.revenue_wan]) filter (where s.revenue_wan is not null))[2] as revenue_wan,
			(max(array[s.report_year, s.profit_wan]) filter (where s.profit_wan is not null))[2] as profit_wan,
			(max(array[s.report_year, s.rd_spending_wan]) filter (where s.rd_spending_wan is not null))[2] as rd_spending_wan,
			(max(array[s.report_year, s.informatisation_wan]) filter (where s.informatisation_wan is not null))[2] as informatisation_wan,
			(max(array[s.report_year, s.equipment_total]) filter (where s.equipment_total is not null))[2] as equipment_total,
			(max(array[s.report_year, s.equipment_networked]) filter (where s.equipment_networked is not null))[2] as equipment_networked,
			(max(array[s.report_year, s.ito_executed_wan]) filter (where s.ito_executed_wan is not null))[2] as ito_executed_wan,
			(max(array[s.report_year, s.manufacturing_customers]) filter (where s.manufacturing_customers is not null))[2] as manufacturing_customers,
			(max(array[s.report_year, s.manufacturing_revenue_wan]) filter (where s.manufacturing_revenue_wan is not null))[2] as manufacturing_revenue_wan,
			(max(array[s.report_year, s.patents_invention]) filter (where s.patents_invention is not null))[2] as patents_invention,
			(max(array[s.report_year, s.patents_utility]) filter (where s.patents_utility is not null))[2] as patents_utility,
			(max(array[s.report_year, s.patents_design]) filter (where s.patents_design is not null))[2] as patents_design,
			(max(array[s.report_year, s.software_copyrights]) filter (where s.software_copyrights is not null))[2] as software_copyrights
			from said s group by s.designation_id, s.figure_year, s.basis
		)
		select g.designation_id, g.enterprise_id, g.category, g.cohort_year,
			case when g.stayed then g.channels[1] else coalesce(
				(select c.channel from unnest(g.years, g.channels) c (year, channel) where c.year <= f.figure_year order by c.year desc limit 1), g.channels[1]) end,
			f.figure_year, f.basis, f.own, f.filed, f.report_year, f.sources, g.corrected_years,
			f.employees, f.bachelor_or_above, f.intermediate_title_or_above, f.total_assets_wan, f.total_liabilities_wan, f.revenue_wan, f.profit_wan,
			f.rd_spending_wan, f.informatisation_wan, f.equipment_total, f.equipment_networked, f.ito_executed_wan, f.manufacturing_customers,
			f.manufacturing_revenue_wan, f.patents_invention, f.patents_utility, f.patents_design, f.software_copyrights
		from merged f join place g on g.designation_id = f.designation_id
	$$;

-- A past day asks what was done after it.
create index report_event_of_time on report_event (at);

create table trend_figure (
	designation_id bigint not null references designation (id),
	enterprise_id bigint not null references enterprise (id),
	category text not null,
	cohort_year integer not null,
	-- the channel of that year, whatever it is now
	channel_id text not null references channel (id),
	figure_year integer not null,
	basis text not null,
	own boolean not null,
	filed boolean not null,
	report_year integer not null,
	-- by figure, the report year that stated it; null where one report stated them all
	sources jsonb,
	corrected_years integer[] not null,
	employees numeric(12),
	bachelor_or_above numeric(12),
	intermediate_title_or_above numeric(12),
	total_assets_wan numeric(18, 2),
	total_liabilities_wan numeric(18, 2),
	revenue_wan numeric(18, 2),
	profit_wan numeric(18, 2),
	rd_spending_wan numeric(18, 2),
	informatisation_wan numeric(18, 2),
	equipment_total numeric(12),
	equipment_networked numeric(12),
	ito_executed_wan numeric(18, 2),
	manufacturing_customers numeric(12),
	manufacturing_revenue_wan numeric(18, 2),
	patents_invention numeric(12),
	patents_utility numeric(12),
	patents_design numeric(12),
	software_copyrights numeric(12),
	primary key (designation_id, figure_year, basis),
	constraint trend_figure_basis_known check (basis in ('final', 'forecast'))
);
create index trend_figure_of_year on trend_figure (category, figure_year, basis);
create index trend_figure_of_channel on trend_figure (channel_id, category, figure_year);
comment on table trend_figure is 'kept by triggers: what the ministries know of a designation and year, each basis apart, from forwarded versions';

-- The ministries alone: whoever else asks gets a benchmark of the domain or nothing. Not forced: the owner's triggers write it whoever acts.
alter table trend_figure enable row level security;
create policy trend_figure_seen on trend_figure for select using ((select scope_kind()) in ('system', 'mofcom', 'miit'));
grant select on trend_figure to keyent_app;
grant execute on function trend_reports(timestamptz, bigint[]), trend_stated(timestamptz, bigint[]) to keyent_app;

-- The rows of these designations anew; of all where none are named.
create function keep_trend_figures(given_designations bigint[]) returns void
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	declare
		said_before text := coalesce(current_setting('app.system_reason', true), '');
	begin
		-- An owner who is no superuser is bound by the second lock like everybody else.
		perform set_config('app.system_reason', 'keep trends', true);
		-- Two acts on one enterprise's reports may not each keep what it alone sees. Many at once (a year that opens) wait for all of them, with one lock.
		if given_designations is null or cardinality(given_designations) > 100 then
			perform pg_advisory_xact_lock(hashtextextended('keep-trend-figures', 0));
		else
			perform pg_advisory_xact_lock_shared(hashtextextended('keep-trend-figures', 0));
			perform pg_advisory_xact_lock(hashtextextended('keep-trend-figures', d)) from (select d from unnest(given_designations) d order by d) x;
		end if;
		delete from trend_figure f where given_designations is null or f.designation_id = any(given_designations);
		insert into trend_figure (designation_id, enterprise_id, category, cohort_year, channel_id, figure_year, basis, own, filed, report_year, sources,
			corrected_years,
			employees, bachelor_or_above, intermediate_title_or_above, total_assets_wan, total_liabilities_wan, revenue_wan, profit_wan, rd_spending_wan,
			informatisation_wan, equipment_total, equipment_networked, ito_executed_wan, manufacturing_customers, manufacturing_revenue_wan, patents_invention,
			patents_utility, patents_design, software_copyrights)
		select designation_id, enterprise_id, category, cohort_year, channel_id, figure_year, basis, own, filed, report_year, sources,
			corrected_years,
			employees, bachelor_or_above, intermediate_title_or_above, total_assets_wan, total_liabilities_wan, revenue_wan, profit_wan, rd_spending_wan,
			informatisation_wan, equipment_total, equipment_networked, ito_executed_wan, manufacturing_customers, manufacturing_revenue_wan, patents_invention,
			patents_utility, patents_design, software_copyrights from trend_stated(null, given_designations);
		perform set_config('app.system_reason', said_before, true);
	end
	$$;
revoke execute on function keep_trend_figures(bigint[]) from public;

create function keep_trend_of_report() returns trigger
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	begin
		perform keep_trend_figures(array[new.designation_id]);
		return null;
	end
	$$;
create trigger annual_report_trend after update on annual_report for each row
	when ((old.state in ('excused', 'not_owed'), old.voluntary, old.channel_id, old.category, old.cohort_year, old.first_forwarded_at)
		is distinct from (new.state in ('excused', 'not_owed'), new.voluntary, new.channel_id, new.category, new.cohort_year, new.first_forwarded_at))
	execute function keep_trend_of_report();

-- Opening a year adds a report to everybody: once for all of them.
create function keep_trend_of_new_reports() returns trigger
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	begin
		perform keep_trend_figures((select array_agg(distinct a.designation_id) from added a));
		return null;
	end
	$$;
create trigger annual_report_trend_begun after insert on annual_report referencing new table as added for each statement
	execute function keep_trend_of_new_reports();

-- A later version that is forwarded changes no column above.
create function keep_trend_of_version() returns trigger
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	begin
		-- The report of one that is forwarded for the first time is saved after it, and tells for itself.
		perform keep_trend_figures(array[r.designation_id]) from annual_report r where r.id = new.report_id and r.first_forwarded_at is not null;
		return null;
	end
	$$;
create trigger annual_report_version_trend after update of forwarded_at on annual_report_version for each row
	when (old.forwarded_at is null and new.forwarded_at is not null) execute function keep_trend_of_version();

-- What the ministries read: now from what is kept, a past day from the history.
create function trend_figures(given_end timestamptz)
	returns table (designation_id bigint, enterprise_id bigint, category text, cohort_year integer, channel_id text, figure_year integer, basis text, own boolean,
		filed boolean, report_year integer, sources jsonb, corrected_years integer[],
		employees numeric, bachelor_or_above numeric, intermediate_title_or_above numeric, total_assets_wan numeric, total_liabilities_wan numeric,
		revenue_wan numeric, profit_wan numeric, rd_spending_wan numeric, informatisation_wan numeric, equipment_total numeric, equipment_networked numeric,
		ito_executed_wan numeric, manufacturing_customers numeric, manufacturing_revenue_wan numeric, patents_invention numeric, patents_utility numeric,
		patents_design numeric, software_copyrights numeric)
	language sql stable parallel safe
	as $$
		select designation_id, enterprise_id, category, cohort_year, channel_id, figure_year, basis, own, filed, report_year, sources, corrected_years,
			employees, bachelor_or_above, intermediate_title_or_above, total_assets_wan, total_liabilities_wan, revenue_wan, profit_wan, rd_spending_wan,
			informatisation_wan, equipment_total, equipment_networked, ito_executed_wan, manufacturing_customers, manufacturing_revenue_wan, patents_invention,
			patents_utility, patents_design, software_copyrights
		from trend_figure where given_end is null
		union all
		select designation_id, enterprise_id, category, cohort_year, channel_id, figure_year, basis, own, filed, report_year, sources, corrected_years,
			employees, bachelor_or_above, intermediate_title_or_above, total_assets_wan, total_liabilities_wan, revenue_wan, profit_wan, rd_spending_wan,
			informatisation_wan, equipment_total, equipment_networked, ito_executed_wan, manufacturing_customers, manufacturing_revenue_wan, patents_invention,
			patents_utility, patents_design, software_copyrights
		from trend_stated(given_end, null) where given_end is not null
	$$;

-- One designation's figure of each metric of its category, given as pairs: `cellOf`. A ratio is rounded half away from zero to twelve places by whole
-- numbers, as the domain does; who is not owed has no row.
create function trend_cells(given_end timestamptz, given_categories text[], given_metrics text[], given_from integer, given_to integer)
	returns table (designation_id bigint, enterprise_id bigint, category text, cohort_year integer, channel_id text, metric text, figure_year integer,
		basis text, kind text, value numeric, numerator numeric, denominator numeric, report_year integer, corrected boolean)
	language sql stable parallel safe
	as $$
		select f.designation_id, f.enterprise_id, f.category, f.cohort_year, f.channel_id, g.metric, f.figure_year, f.basis,
			case when v.value is not null then 'value' when not f.filed then 'not_filed'
				when g.is_ratio and v.a is not null and v.b is not null then 'not_applicable' else 'not_answered' end,
			v.value, case when g.is_ratio and v.value is not null then v.a end, case when g.is_ratio and v.value is not null then v.b end,
			s.report_year, coalesce(s.report_year = any(f.corrected_years), false)
		from trend_figures(given_end) f
		-- Figures by place: which metric reads which is looked up once for each metric and not for each row. Each step is a fence (offset 0), or a value would
		-- be worked out as often as it is named.
		cross join lateral (select array[
				f.employees, f.bachelor_or_above, f.intermediate_title_or_above, f.total_assets_wan, f.total_liabilities_wan, f.revenue_wan,
				f.profit_wan, f.rd_spending_wan, f.informatisation_wan, f.equipment_total, f.equipment_networked, f.ito_executed_wan, f.manufacturing_customers,
				f.manufacturing_revenue_wan, f.patents_invention, f.patents_utility, f.patents_design, f.software_copyrights] as figures offset 0) k
		join (
			select asked.category, asked.metric, p.a, p.b, p.c, p.is_ratio from unnest(given_categories, given_metrics) asked (category, metric)
			join (values ('employees', 1, null::integer, null::integer, false), ('bachelor_or_above', 2, null::integer, null::integer, false),
				('intermediate_title_or_above', 3, null::integer, null::integer, false), ('total_assets', 4, null::integer, null::integer, false),
				('total_liabilities', 5, null::integer, null::integer, false), ('revenue', 6, null::integer, null::integer, false),
				('profit', 7, null::integer, null::integer, false), ('rd_spending', 8, null::integer, null::integer, false),
				('informatisation', 9, null::integer, null::integer, false), ('equipment_total', 10, null::integer, null::integer, false),
				('equipment_networked', 11, null::integer, null::integer, false), ('ito_executed', 12, null::integer, null::integer, false),
				('manufacturing_customers', 13, null::integer, null::integer, false), ('manufacturing_revenue', 14, null::integer, null::integer, false),
				('patents_invention', 15, null::integer, null::integer, false), ('patents_utility', 16, null::integer, null::integer, false),
				('patents_design', 17, null::integer, null::integer, false), ('software_copyrights', 18, null::integer, null::integer, false),
				('debt_ratio', 5, 4, null, true), ('informatisation_share', 9, 6, null, true), ('networking_rate', 11, 10, null, true),
				('manufacturing_share', 14, 6, null, true), ('patents_total', 15, 16, 17, false)) p (metric, a, b, c, is_ratio) on p.metric = asked.metric offset 0
		) g on g.category = f.category
		cross join lateral (select k.figures[g.a] as a, k.figures[g.b] as b, k.figures[g.c] as c offset 0) p
		cross join lateral (select p.a, p.b, p.c,
			case when g.is_ratio then case when p.b > 0 then sign(p.a) * div(2 * abs(p.a) * 1000000000000 + p.b, 2 * p.b) * 0.000000000001 end
				when g.c is not null then p.a + p.b + p.c else p.a end as value offset 0) v
		cross join lateral (select case when f.sources is null then f.report_year else (
			select max((f.sources ->> n.name)::integer)
			from unnest(array['employees', 'bachelor_or_above', 'intermediate_title_or_above', 'total_assets_wan', 'total_liabilities_wan', 'revenue_wan',
					'profit_wan', 'rd_spending_wan', 'informatisation_wan', 'equipment_total', 'equipment_networked', 'ito_executed_wan', 'manufacturing_customers',
					'manufacturing_revenue_wan', 'patents_invention', 'patents_utility', 'patents_design', 'software_copyrights'])
				with ordinality n (name, place) where n.place in (g.a, g.b, g.c)) end as report_year) s
		where f.category = any(given_categories) and f.figure_year between given_from and given_to and (v.value is not null or f.own)
	$$;
grant execute on function trend_figures(timestamptz), trend_cells(timestamptz, text[], text[], integer, integer) to keyent_app;

-- The kept counts of some years, or, of those whose report of a year stands so now, the same counted from their reports: no kept count knows that.
create function trend_standing(given_years integer[], given_year integer, given_states text[])
	returns table (year integer, channel_id text, category text, cohort_year integer, state text, voluntary boolean, court text, extension_on date, owed_on date,
		excuse_pending boolean, ever_forwarded boolean, n integer)
	language sql stable parallel safe
	as $$
		select t.year, t.channel_id, t.category, t.cohort_year, t.state, t.voluntary, t.court, t.extension_on, t.owed_on, t.excuse_pending, t.ever_forwarded, t.n
		from report_tally t where given_states is null and t.year = any(given_years)
		union all
		select a.year, a.channel_id, a.category, a.cohort_year, a.state, a.voluntary, a.court, a.extension_on, a.owed_on, a.excuse_pending,
			a.first_forwarded_at is not null, 1
		from annual_report a where given_states is not null and a.year = any(given_years)
			and a.designation_id in (select q.designation_id from annual_report q where q.year = given_year and q.state = any(given_states))
	$$;

create function trend_flow(given_years integer[], given_year integer, given_states text[])
	returns table (year integer, channel_id text, category text, cohort_year integer, kind text, on_day date, extension_on date, owed_on date, n integer)
	language sql stable parallel safe
	as $$
		select t.year, t.channel_id, t.category, t.cohort_year, t.kind, t.on_day, t.extension_on, t.owed_on, t.n
		from report_flow t where given_states is null and t.year = any(given_years)
		union all
		select a.year, a.channel_id, a.category, a.cohort_year, k.kind, beijing_day(k.at), a.extension_on, a.owed_on, 1
		from annual_report a
		cross join lateral (values ('submitted', a.first_submitted_at), ('forwarded', a.first_forwarded_at)) k (kind, at)
		where given_states is not null and a.year = any(given_years) and k.at is not null and a.state not in ('excused', 'not_owed') and not a.voluntary
			and a.designation_id in (select q.designation_id from annual_report q where q.year = given_year and q.state = any(given_states))
	$$;
grant execute on function trend_standing(integer[], integer, text[]), trend_flow(integer[], integer, text[]) to keyent_app;

select keep_trend_figures(null);
