-- What a channel knows of the people it rings: every call, what was promised, and whether an address still answers.

create table contact_log (
	id bigint generated always as identity primary key,
	report_id bigint not null references annual_report (id),
	at timestamptz not null default app_now(),
	org_kind text not null,
	person_id text not null,
	person_name text not null,
	means text not null,
	outcome text not null,
	spoke_to text,
	promised_on date,
	remark text,
	struck_at timestamptz,
	constraint contact_log_by_office check (org_kind in ('commerce', 'industry', 'group')),
	constraint contact_log_means_known check (means in ('phone', 'wechat', 'visit', 'mail')),
	constraint contact_log_outcome_known check (outcome in ('promised', 'no_answer', 'person_changed', 'working_on_it', 'refused', 'other')),
	constraint contact_log_promise_has_day check (outcome <> 'promised' or promised_on is not null),
	constraint contact_log_remark_short check (length(remark) <= 500 and length(spoke_to) <= 60)
);
create index contact_log_of_report on contact_log (report_id, at desc);

-- Checks of one address: confirmed by people, or found dead by a mail that came back. A check counts for the address it names.
create table contact_check (
	id bigint generated always as identity primary key,
	enterprise_id bigint not null references enterprise (id),
	-- the e-mail address or telephone number that was checked, as it stands in the contact or account
	address text not null,
	result text not null,
	checked_at timestamptz not null default app_now(),
	by_kind text not null,
	person_name text,
	remark text,
	constraint contact_check_result_known check (result in ('confirmed', 'bounced', 'wrong')),
	constraint contact_check_remark_short check (length(remark) <= 500)
);
create index contact_check_of_enterprise on contact_check (enterprise_id, address, checked_at desc);
create trigger contact_check_immutable before update or delete on contact_check for each row execute function refuse_change();

alter table contact_log enable row level security, force row level security;
create policy contact_log_seen on contact_log for select using (
	(select scope_kind()) in ('system', 'mofcom', 'miit', 'commerce', 'industry', 'group') and exists (select from annual_report r where r.id = contact_log.report_id));
create policy contact_log_added on contact_log for insert with check (
	(select scope_kind()) = 'system' or org_kind = (select scope_kind()) and exists (select from annual_report r where r.id = contact_log.report_id));
create policy contact_log_struck on contact_log for update using (
	(select scope_kind()) = 'system' or org_kind = (select scope_kind()) and exists (select from annual_report r where r.id = contact_log.report_id));

alter table contact_check enable row level security, force row level security;
create policy contact_check_seen on contact_check for select using (
	(select scope_kind()) <> 'public' and exists (select from enterprise e where e.id = contact_check.enterprise_id));
create policy contact_check_added on contact_check for insert with check (
	(select scope_kind()) = 'system' or by_kind = (select scope_kind()) and exists (select from enterprise e where e.id = contact_check.enterprise_id));

grant select, insert on contact_log, contact_check to keyent_app;
grant update (struck_at) on contact_log to keyent_app;
