-- 方案第十一条 names 30 November. A year departs from it, or moves any date of its own once it is open, by both ministries with a document (非方案规定).
alter table reporting_year add column departure_no text;
comment on column reporting_year.departure_no is 'the document by which both ministries departed from the notice''s date; null = the date is the notice''s';
-- Years one ministry opened with another date, before it needed both: nobody recorded a document.
update reporting_year set departure_no = '未记录' where ministry_due_on not between make_date(year, 11, 29) and make_date(year, 12, 2);
-- 29 November to 2 December: how 前 and a weekend may be read by the two settings. Whatever else is a departure.
alter table reporting_year add constraint reporting_year_date_of_the_notice check (
	ministry_due_on between make_date(year, 11, 29) and make_date(year, 12, 2) or coalesce(btrim(departure_no), '') <> '');

create table reporting_year_amendment (
	id bigint generated always as identity primary key,
	year integer not null references reporting_year (year),
	-- the dates as they were and as they are to be, by the names of the rule
	before jsonb not null,
	dates jsonb not null,
	document_no text not null,
	reason text not null,
	ministry text not null,
	person_id text not null,
	person_name text not null,
	proposed_at timestamptz not null,
	confirmed_ministry text,
	confirmed_by text,
	confirmed_by_name text,
	confirmed_at timestamptz,
	withdrawn_at timestamptz,
	constraint reporting_year_amendment_ministry check (ministry in ('mofcom', 'miit')),
	constraint reporting_year_amendment_by_both check (
		(confirmed_at is null) = (confirmed_ministry is null) and (confirmed_at is null) = (confirmed_by is null) and (confirmed_at is null) = (confirmed_by_name is null)
		and confirmed_ministry in ('mofcom', 'miit') and confirmed_ministry <> ministry and confirmed_by <> person_id),
	constraint reporting_year_amendment_ends_once check (confirmed_at is null or withdrawn_at is null),
	constraint reporting_year_amendment_document check (btrim(document_no) <> '' and length(document_no) <= 100),
	constraint reporting_year_amendment_reason check (btrim(reason) <> '' and length(reason) <= 2000)
);
create unique index reporting_year_amendment_one_open on reporting_year_amendment (year) where confirmed_at is null and withdrawn_at is null;
comment on table reporting_year_amendment is 'proposed by one ministry, in force when the other confirms by another person';

alter table reporting_year_amendment enable row level security, force row level security;
create policy reporting_year_amendment_seen on reporting_year_amendment for select using ((select scope_kind()) in ('system', 'mofcom', 'miit'));
create policy reporting_year_amendment_proposed on reporting_year_amendment for insert
	with check ((select scope_kind()) = 'system' or ministry = (select scope_kind()));
create policy reporting_year_amendment_ended on reporting_year_amendment for update using ((select scope_kind()) in ('system', 'mofcom', 'miit'));
grant select, insert on reporting_year_amendment to keyent_app;
grant update (confirmed_ministry, confirmed_by, confirmed_by_name, confirmed_at, withdrawn_at) on reporting_year_amendment to keyent_app;
