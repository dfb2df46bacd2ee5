-- 审核 is an opinion and what a department says of an explanation is a mark; `review` is 复审 and nothing else (方案第十三条).
alter table explanation_review rename to explanation_mark;
alter table explanation_mark rename column reviewer to department;
alter table explanation_mark rename column reviewed_at to marked_at;
alter table explanation_mark rename constraint explanation_review_pkey to explanation_mark_pkey;
alter table explanation_mark rename constraint explanation_review_of_version to explanation_mark_of_version;
alter table explanation_mark rename constraint explanation_review_reviewer to explanation_mark_department;
alter table explanation_mark rename constraint explanation_review_verdict to explanation_mark_verdict;
alter table explanation_mark rename constraint explanation_review_query_says_why to explanation_mark_query_says_why;
alter policy explanation_review_seen on explanation_mark rename to explanation_mark_seen;
alter policy explanation_review_kept on explanation_mark rename to explanation_mark_kept;

-- The same function as before but for the table's name.
create or replace function lapse_opinions(given_report bigint) returns void
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
		delete from explanation_mark where report_id = given_report;
		perform set_config('app.system_reason', said_before, true);
	end
	$$;
