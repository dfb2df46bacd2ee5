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
