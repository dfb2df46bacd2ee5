-- A channel forwards many reports in one transaction, each saved by itself: what the trends keep of them is made once, at its end, for all of them.
create function note_trend_report() returns trigger
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	begin
		perform set_config('app.trend_pending', concat_ws(',', nullif(current_setting('app.trend_pending', true), ''), new.designation_id), true);
		return null;
	end
	$$;

-- A later version that is forwarded changes no column of its report.
create function note_trend_version() returns trigger
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	begin
		-- The report of one that is forwarded for the first time is saved after it, and tells for itself.
		perform set_config('app.trend_pending', concat_ws(',', nullif(current_setting('app.trend_pending', true), ''), r.designation_id), true)
		from annual_report r where r.id = new.report_id and r.first_forwarded_at is not null;
		return null;
	end
	$$;

-- Runs at the end of the transaction for each of them: the first keeps all, the others find nothing left.
create function keep_noted_trends() returns trigger
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	declare
		noted text := coalesce(current_setting('app.trend_pending', true), '');
	begin
		if noted <> '' then
			perform set_config('app.trend_pending', '', true);
			perform keep_trend_figures((select array_agg(distinct d) from unnest(string_to_array(noted, ',')::bigint[]) d));
		end if;
		return null;
	end
	$$;

drop trigger annual_report_trend on annual_report;
create trigger annual_report_trend after update on annual_report for each row
	when ((old.state in ('excused', 'not_owed'), old.voluntary, old.channel_id, old.category, old.cohort_year, old.first_forwarded_at)
		is distinct from (new.state in ('excused', 'not_owed'), new.voluntary, new.channel_id, new.category, new.cohort_year, new.first_forwarded_at))
	execute function note_trend_report();
create constraint trigger annual_report_trend_kept after update on annual_report deferrable initially deferred for each row
	when ((old.state in ('excused', 'not_owed'), old.voluntary, old.channel_id, old.category, old.cohort_year, old.first_forwarded_at)
		is distinct from (new.state in ('excused', 'not_owed'), new.voluntary, new.channel_id, new.category, new.cohort_year, new.first_forwarded_at))
	execute function keep_noted_trends();

drop trigger annual_report_version_trend on annual_report_version;
create trigger annual_report_version_trend after update of forwarded_at on annual_report_version for each row
	when (old.forwarded_at is null and new.forwarded_at is not null) execute function note_trend_version();
create constraint trigger annual_report_version_trend_kept after update of forwarded_at on annual_report_version deferrable initially deferred for each row
	when (old.forwarded_at is null and new.forwarded_at is not null) execute function keep_noted_trends();

drop function keep_trend_of_report(), keep_trend_of_version();

create index annual_report_owed_later on annual_report (owed_on) where owed_on is not null;

-- Whose figures may have been others at a past moment: all whom something happened to since, or who had a report less then. Whoever is not among them stood as
-- they stand now, and is read from what is kept.
create function trend_changed_since(given_end timestamptz) returns setof bigint
	language sql stable parallel safe
	as $$
		select r.designation_id from annual_report r join report_event e on e.report_id = r.id where e.at >= given_end
		union
		select r.designation_id from annual_report r join annual_report_version v on v.report_id = r.id where v.forwarded_at >= given_end
		union
		select r.designation_id from annual_report r
		where r.year in (select y.year from reporting_year y where least(y.opened_at, y.opens_on::timestamp at time zone 'Asia/Shanghai') >= given_end)
		union
		select r.designation_id from annual_report r where r.owed_on > beijing_day(given_end - interval '1 microsecond')
	$$;
grant execute on function trend_changed_since(timestamptz) to keyent_app;

create or replace function trend_figures(given_end timestamptz)
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
		from trend_figure where given_end is not null and not exists (select from trend_changed_since(given_end) c where c = designation_id)
		union all
		select designation_id, enterprise_id, category, cohort_year, channel_id, figure_year, basis, own, filed, report_year, sources, corrected_years,
			employees, bachelor_or_above, intermediate_title_or_above, total_assets_wan, total_liabilities_wan, revenue_wan, profit_wan, rd_spending_wan,
			informatisation_wan, equipment_total, equipment_networked, ito_executed_wan, manufacturing_customers, manufacturing_revenue_wan, patents_invention,
			patents_utility, patents_design, software_copyrights
		from trend_stated(given_end, array(select c from trend_changed_since(given_end) c)) where given_end is not null
	$$;
