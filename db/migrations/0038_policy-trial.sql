-- A threshold of 方案第五条 tried on the record (非方案规定): for every report of a category the audited years it is judged on, as the version that spoke
-- last and the reports before it state them, and on which side of each threshold they stand. Sides are for grouping alone: what they come to is judged by
-- judgeCriterion of domain/check, on one report of each group.
--
-- An unknown figure is an empty text. A year's side: n unknown, z a whole of zero or less, else 0 or 1 by the threshold in force and by the one tried.
create function criterion_side(value numeric, whole numeric, in_force numeric, tried numeric) returns text
	language sql immutable parallel safe
	as $$
		select case when value is null or whole is null then 'n' when whole <= 0 then 'z'
			else (value >= in_force * whole)::integer::text || (value >= tried * whole)::integer::text end
	$$;

create function trial_reports(given_end timestamptz, given_category text, given_criterion text, given_from integer, given_to integer,
		given_versions text[], first_in_force numeric[], first_tried numeric[], second_in_force numeric[], second_tried numeric[])
	returns table (report_id bigint, designation_id bigint, enterprise_id bigint, channel_id text, cohort_year integer, year integer, policy_version text,
		filed boolean, sides text, figure_years integer[], firsts text[], seconds text[])
	language sql stable parallel safe
	as $$
		with report as materialized (
			select t.* from trend_reports(given_end, null) t where t.category = given_category
		), said as (
			select t.designation_id, t.year as report_year, f.figure_year,
				case given_criterion when 'M4' then f.informatisation_wan when 'M5' then f.equipment_networked when 'M6' then f.employees
					when 'S2' then f.ito_executed_wan when 'S4' then f.manufacturing_customers when 'S5' then f.manufacturing_revenue_wan end as a,
				case given_criterion when 'M4' then f.revenue_wan when 'M5' then f.equipment_total when 'M6' then f.revenue_wan
					when 'S5' then f.revenue_wan end as b
			from report t join annual_figure f on f.report_id = t.report_id and f.version_no = t.version_no and f.basis = 'final'
		), judged as (
			select t.*, coalesce(v.policy_version, y.policy_version) as policy_version
			from report t
			join reporting_year y on y.year = t.year
			left join annual_report_version v on v.report_id = t.report_id and v.no = t.version_no
			where t.year between given_from and given_to and (t.owed or t.version_no is not null)
		), known as (
			select j.report_id, s.figure_year, s.figure_year - j.year as back, j.policy_version,
				(max(array[s.report_year, s.a]) filter (where s.a is not null))[2] as a,
				(max(array[s.report_year, s.b]) filter (where s.b is not null))[2] as b
			from judged j join said s on s.designation_id = j.designation_id and s.report_year <= j.year and s.figure_year between j.year - 3 and j.year - 1
			where j.version_no is not null
			group by j.report_id, s.figure_year, j.year, j.policy_version
		), sided as (
			select k.report_id,
				string_agg(k.back || case when given_criterion in ('M4', 'M5', 'S5') then criterion_side(k.a, k.b, l.a0, l.a1)
					else criterion_side(k.a, 1, l.a0, l.a1) || '/' || criterion_side(k.b, 1, l.b0, l.b1) end, ' ' order by k.figure_year) as sides,
				array_agg(k.figure_year order by k.figure_year) as figure_years, array_agg(coalesce(trim_scale(k.a)::text, '') order by k.figure_year) as firsts,
				array_agg(coalesce(trim_scale(k.b)::text, '') order by k.figure_year) as seconds
			from known k
			left join unnest(given_versions, first_in_force, first_tried, second_in_force, second_tried) l (version, a0, a1, b0, b1)
				on l.version = k.policy_version
			group by k.report_id
		)
		select j.report_id, j.designation_id, j.enterprise_id, j.channel_id, j.cohort_year, j.year, j.policy_version, j.version_no is not null,
			coalesce(s.sides, ''), s.figure_years, s.firsts, s.seconds
		from judged j left join sided s on s.report_id = j.report_id
	$$;
grant execute on function criterion_side(numeric, numeric, numeric, numeric),
	trial_reports(timestamptz, text, text, integer, integer, text[], numeric[], numeric[], numeric[], numeric[]) to keyent_app;
