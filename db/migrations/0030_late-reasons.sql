-- Reasons for lateness are asked of whoever's days they were (方案第十一条; domain.md 2). The enterprise's stand in its versions; here stands what a
-- department says as it signs its opinion and what a channel says as it forwards. Given once for each span of days, never changed.
create table late_reason (
	id bigint generated always as identity primary key,
	report_id bigint not null references annual_report (id),
	-- whose days: a department, or the channel that had every opinion and had not forwarded
	owner text not null,
	-- the version it was said about
	version_no integer not null,
	-- the first and the last of their late days it speaks of
	from_on date not null,
	until_on date not null,
	reason_code text not null,
	reason text not null,
	org_kind text not null,
	person_id text not null,
	person_name text not null,
	given_at timestamptz not null,
	constraint late_reason_on_version foreign key (report_id, version_no) references annual_report_version (report_id, no),
	constraint late_reason_owner_known check (owner in ('commerce', 'industry', 'group', 'channel')),
	constraint late_reason_by_its_owner check (org_kind in ('commerce', 'industry', 'group') and owner in (org_kind, 'channel')),
	constraint late_reason_span check (from_on <= until_on),
	constraint late_reason_says_why check (btrim(reason) <> '' and length(reason) <= 2000),
	constraint late_reason_code_given check (btrim(reason_code) <> ''),
	constraint late_reason_once unique (report_id, owner, from_on)
);
create trigger late_reason_immutable before update or delete on late_reason for each row execute function refuse_change();

-- The ministries read what was forwarded to them; what a channel still keeps is between it and its enterprise.
alter table late_reason enable row level security, force row level security;
create policy late_reason_seen on late_reason for select using (
	(select scope_kind()) = 'system'
	or exists (select from annual_report r where r.id = late_reason.report_id
		and ((select scope_kind()) in ('commerce', 'industry', 'group', 'enterprise') or r.first_forwarded_at is not null)));
create policy late_reason_given on late_reason for insert with check (
	(select scope_kind()) = 'system'
	or org_kind = (select scope_kind()) and exists (select from annual_report r where r.id = late_reason.report_id));
grant select, insert on late_reason to keyent_app;

-- What was said, as far as whoever asks may read it: by the enterprise in its versions (one that repeats what the version before it said is the same
-- reason), by the offices above.
create function late_reasons_of(given_report bigint)
	returns table (owner text, reason_code text, reason text, until_on date, person_name text, given_at timestamptz)
	language sql stable as $$
	select 'enterprise', v.late_reason_code, v.late_reason, null::date, v.submitted_by_name, v.submitted_at
	from annual_report_version v
	where v.report_id = given_report and v.late_reason_code is not null and not exists (
		select from annual_report_version w where w.report_id = v.report_id and w.no < v.no
			and (w.late_reason_code, w.late_reason) = (v.late_reason_code, v.late_reason))
	union all
	select x.owner, x.reason_code, x.reason, x.until_on, x.person_name, x.given_at from late_reason x where x.report_id = given_report
	$$;
