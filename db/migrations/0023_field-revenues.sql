-- 附件2 业务开展情况二 (form 2027-1): revenue by manufacturing field, as a version states it; typed columns, immutable like annual_figure.
create table annual_field_revenue (
	report_id bigint not null,
	version_no integer not null,
	figure_year integer not null,
	basis text not null,
	designation_id bigint not null references designation (id),
	industry text not null,
	revenue_wan numeric(18, 2) not null,
	primary key (report_id, version_no, figure_year, industry),
	constraint annual_field_revenue_of_version foreign key (report_id, version_no) references annual_report_version (report_id, no),
	constraint annual_field_revenue_basis_known check (basis in ('final', 'forecast')),
	constraint annual_field_revenue_not_negative check (revenue_wan >= 0),
	constraint annual_field_revenue_industry_known check (industry ~ '^c(1[3-9]|[23][0-9]|4[0-3])$')
);
comment on table annual_field_revenue is 'industry: division of GB/T 4754, C13 to C43';
create trigger annual_field_revenue_immutable before update or delete on annual_field_revenue for each row execute function refuse_change();

alter table annual_field_revenue enable row level security, force row level security;
create policy annual_field_revenue_seen on annual_field_revenue for select using (
	exists (select from annual_report_version v where v.report_id = annual_field_revenue.report_id and v.no = annual_field_revenue.version_no));
create policy annual_field_revenue_added on annual_field_revenue for insert with check (
	(select scope_kind()) = 'system' or (select scope_kind()) = 'enterprise' and exists (select from annual_report r where r.id = annual_field_revenue.report_id));

grant select, insert on annual_field_revenue to keyent_app;
