-- What may happen beside the ordinary life of a report (domain.md 2; all 非方案规定, so each is counted apart): extension, unable to file, reopening.

create table extension_request (
	id bigint generated always as identity primary key,
	report_id bigint not null references annual_report (id),
	until_on date not null,
	reason_code text not null,
	reason text not null,
	asked_at timestamptz not null default app_now(),
	person_id text not null,
	person_name text not null,
	withdrawn_at timestamptz,
	decided_at timestamptz,
	outcome text,
	constraint extension_request_reason_known check (reason_code in ('audit_unfinished', 'person_changed', 'figures_unsettled', 'reorganisation', 'force_majeure', 'other')),
	constraint extension_request_reason_said check (btrim(reason) <> '' and length(reason) <= 2000),
	constraint extension_request_outcome_known check (outcome in ('granted', 'refused')),
	constraint extension_request_decided_once check ((outcome is null) = (decided_at is null) and (decided_at is null or withdrawn_at is null))
);
create index extension_request_of_report on extension_request (report_id, asked_at desc);
create unique index extension_request_one_open on extension_request (report_id) where withdrawn_at is null and decided_at is null;

-- What a department says to it, each in a box of its own: two offices of a province never write over each other. The journal keeps what stood before.
create table extension_remark (
	request_id bigint not null references extension_request (id),
	department text not null,
	remark text not null,
	person_id text not null,
	person_name text not null,
	remarked_at timestamptz not null default app_now(),
	primary key (request_id, department),
	constraint extension_remark_department check (department in ('commerce', 'industry', 'group')),
	constraint extension_remark_said check (btrim(remark) <> '' and length(remark) <= 1000)
);

create table extension_decision (
	request_id bigint not null references extension_request (id),
	ministry text not null,
	verdict text not null,
	reason text,
	person_id text not null,
	person_name text not null,
	decided_at timestamptz not null default app_now(),
	primary key (request_id, ministry),
	constraint extension_decision_ministry check (ministry in ('mofcom', 'miit')),
	constraint extension_decision_verdict_known check (verdict in ('granted', 'refused')),
	constraint extension_decision_refusal_says_why check (verdict = 'granted' or btrim(reason) <> '')
);
comment on table extension_decision is 'granted when both ministries grant (two people); refused when one refuses';
create trigger extension_decision_immutable before update or delete on extension_decision for each row execute function refuse_change();

create table report_excuse (
	id bigint generated always as identity primary key,
	report_id bigint not null references annual_report (id),
	reason_code text not null,
	remark text not null,
	declared_by text not null,
	person_id text not null,
	person_name text not null,
	declared_at timestamptz not null default app_now(),
	lifted_at timestamptz,
	lifted_by_name text,
	constraint report_excuse_reason_known check (reason_code in ('closed', 'merged', 'moved_abroad', 'insolvency', 'force_majeure', 'other')),
	constraint report_excuse_remark_said check (btrim(remark) <> '' and length(remark) <= 2000),
	constraint report_excuse_by_known check (declared_by in ('enterprise', 'commerce', 'industry', 'group')),
	constraint report_excuse_lifted_by_somebody check ((lifted_at is null) = (lifted_by_name is null))
);
create unique index report_excuse_one_standing on report_excuse (report_id) where lifted_at is null;

create table report_reopening (
	id bigint generated always as identity primary key,
	report_id bigint not null references annual_report (id),
	reason text not null,
	ministry text not null,
	person_id text not null,
	person_name text not null,
	reopened_at timestamptz not null default app_now(),
	constraint report_reopening_ministry check (ministry in ('mofcom', 'miit')),
	constraint report_reopening_reason_said check (btrim(reason) <> '' and length(reason) <= 2000)
);
create index report_reopening_of_report on report_reopening (report_id);
create trigger report_reopening_immutable before update or delete on report_reopening for each row execute function refuse_change();

alter table extension_request enable row level security, force row level security;
create policy extension_request_seen on extension_request for select using (exists (select from annual_report r where r.id = extension_request.report_id));
create policy extension_request_asked on extension_request for insert with check (
	(select scope_kind()) in ('system', 'enterprise') and exists (select from annual_report r where r.id = extension_request.report_id));
create policy extension_request_moved on extension_request for update using (exists (select from annual_report r where r.id = extension_request.report_id));

alter table extension_remark enable row level security, force row level security;
create policy extension_remark_seen on extension_remark for select using (exists (select from extension_request x where x.id = extension_remark.request_id));
create policy extension_remark_added on extension_remark for insert with check (
	(select scope_kind()) = 'system' or department = (select scope_kind()) and exists (select from extension_request x where x.id = extension_remark.request_id));
create policy extension_remark_changed on extension_remark for update using (
	(select scope_kind()) = 'system' or department = (select scope_kind()) and exists (select from extension_request x where x.id = extension_remark.request_id));

alter table extension_decision enable row level security, force row level security;
create policy extension_decision_seen on extension_decision for select using (exists (select from extension_request x where x.id = extension_decision.request_id));
create policy extension_decision_made on extension_decision for insert with check ((select scope_kind()) = 'system' or ministry = (select scope_kind()));

alter table report_excuse enable row level security, force row level security;
create policy report_excuse_seen on report_excuse for select using (exists (select from annual_report r where r.id = report_excuse.report_id));
create policy report_excuse_declared on report_excuse for insert with check (
	(select scope_kind()) = 'system' or declared_by = (select scope_kind()) and exists (select from annual_report r where r.id = report_excuse.report_id));
create policy report_excuse_lifted on report_excuse for update using (exists (select from annual_report r where r.id = report_excuse.report_id));

alter table report_reopening enable row level security, force row level security;
create policy report_reopening_seen on report_reopening for select using (exists (select from annual_report r where r.id = report_reopening.report_id));
create policy report_reopening_made on report_reopening for insert with check ((select scope_kind()) = 'system' or ministry = (select scope_kind()));

grant select, insert on extension_request, extension_remark, extension_decision, report_excuse, report_reopening to keyent_app;
grant update (withdrawn_at, decided_at, outcome) on extension_request to keyent_app;
grant update (remark, person_id, person_name, remarked_at) on extension_remark to keyent_app;
grant update (lifted_at, lifted_by_name) on report_excuse to keyent_app;
