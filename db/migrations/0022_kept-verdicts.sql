-- 方案第六条: audited figures decide. A version's counts stay what its filer was told; what lists filter and show is kept beside it and can be
-- judged again, when the rule changed or an earlier year was corrected.
create table version_verdict (
	report_id bigint not null,
	version_no integer not null,
	policy_version text not null references policy (version),
	rule text not null,
	unmet text[] not null,
	unknown text[] not null,
	outlook_unmet text[] not null,
	judged_at timestamptz not null default app_now(),
	primary key (report_id, version_no),
	constraint version_verdict_of_version foreign key (report_id, version_no) references annual_report_version (report_id, no),
	constraint version_verdict_says_one_thing check (not unmet && unknown)
);
comment on table version_verdict is 'criteria of 方案第五条 by id, on audited years; outlook_unmet is what the forecast would say, never a verdict';

alter table version_verdict enable row level security, force row level security;
create policy version_verdict_seen on version_verdict for select using (
	exists (select from annual_report_version v where v.report_id = version_verdict.report_id and v.no = version_verdict.version_no));
create policy version_verdict_added on version_verdict for insert with check (
	(select scope_kind()) = 'system' or (select scope_kind()) = 'enterprise' and exists (select from annual_report r where r.id = version_verdict.report_id));
create policy version_verdict_judged_again on version_verdict for update using ((select scope_kind()) = 'system');

grant select, insert on version_verdict to keyent_app;
grant update (policy_version, rule, unmet, unknown, outlook_unmet, judged_at) on version_verdict to keyent_app;
