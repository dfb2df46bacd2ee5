-- A move to another channel sets aside what the old departments said of a report that was never forwarded. The departments' rows stay out of
-- the ministries' reach; this is the one way to them, for this one purpose, and only while the report has not left its channel.
create function lapse_opinions(given_report bigint) returns void
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	declare
		-- A setting of ours in the function's head would ask for superuser, which a managed server does not give.
		said_before text := coalesce(current_setting('app.system_reason', true), '');
	begin
		if coalesce(current_setting('app.org_kind', true), '') not in ('mofcom', 'miit') then
			raise exception 'only a ministry records a move' using errcode = 'insufficient_privilege';
		end if;
		if exists (select from annual_report r where r.id = given_report and r.first_forwarded_at is not null) then
			raise exception 'a forwarded report keeps its opinions' using errcode = 'integrity_constraint_violation', constraint = 'lapse_before_forwarding';
		end if;
		perform set_config('app.system_reason', 'enterprise moved', true);
		update opinion set withdrawn_at = app_now() where report_id = given_report and withdrawn_at is null;
		delete from explanation_review where report_id = given_report;
		perform set_config('app.system_reason', said_before, true);
	end
	$$;
revoke execute on function lapse_opinions(bigint) from public;
grant execute on function lapse_opinions(bigint) to keyent_app;

-- The ministries' lists turn pages by key over 50,000 reports a year; what has no time yet stands before everything that has.
create index annual_report_by_forwarding on annual_report (year, (coalesce(first_forwarded_at, '-infinity'::timestamptz)), id);
create index annual_report_by_submission on annual_report (year, (coalesce(first_submitted_at, '-infinity'::timestamptz)), id);
create index enterprise_by_name on enterprise (name, id);
