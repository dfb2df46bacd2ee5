-- "Unable to file" is asked for until a ministry confirms it (domain.md 2): till then state and court stay, the report is expected, and letters pause.
alter table annual_report add column excuse_pending boolean not null default false;
alter table annual_report add constraint annual_report_excuse_pending_unfiled check (not excuse_pending or state in ('not_started', 'draft'));

alter table report_excuse
	add column verdict text,
	add column decided_at timestamptz,
	-- null where it stood before a ministry had to confirm it
	add column decided_ministry text,
	add column decided_by_id text,
	add column decided_by_name text,
	add column decision_reason text;
alter table report_excuse
	add constraint report_excuse_verdict_known check (verdict in ('confirmed', 'refused')),
	add constraint report_excuse_decided_once check ((verdict is null) = (decided_at is null)),
	add constraint report_excuse_ministry_known check (decided_ministry in ('mofcom', 'miit')),
	add constraint report_excuse_refusal_says_why check (verdict is distinct from 'refused' or btrim(decision_reason) <> '');
drop index report_excuse_one_standing;
create unique index report_excuse_one_standing on report_excuse (report_id) where lifted_at is null and verdict is distinct from 'refused';
create index report_excuse_of_report on report_excuse (report_id);
grant update (verdict, decided_at, decided_ministry, decided_by_id, decided_by_name, decision_reason) on report_excuse to keyent_app;

-- The kept counts get the pending part; the next migration, which adds another, says how they are kept and counts anew.
alter table report_tally add column excuse_pending boolean not null default false;
drop index report_tally_counted;
create index report_tally_counted on report_tally (year, court, cohort_year) include (category, channel_id, state, voluntary, awaits, excuse_pending, n);
create index annual_report_excuse_pending on annual_report (year, id) where excuse_pending;

-- What stands already: where the year is closed it counts as confirmed at the close; in an open year the ministries still decide. A report that is
-- excused without a declaration was excused by the system at a merger or an end, which a ministry recorded: that is the confirmation.
update report_excuse e set verdict = 'confirmed', decided_at = r.closed_at
from annual_report r where r.id = e.report_id and r.state = 'excused' and r.closed_at is not null and e.lifted_at is null;

with asked as (
	update annual_report r set excuse_pending = true, row_version = row_version + 1,
		state = case when exists (select from annual_report_draft d where d.report_id = r.id) then 'draft' else 'not_started' end
	where r.state = 'excused' and r.closed_at is null and exists (select from report_excuse e where e.report_id = r.id and e.lifted_at is null)
	returning r.id, r.state, r.court
)
-- Dated as the declaration: if it is refused, the days since were the enterprise's own.
insert into report_event (report_id, at, act, by_kind, state, court)
select a.id, (select e.declared_at from report_excuse e where e.report_id = a.id and e.lifted_at is null), 'excuse-to-be-confirmed', 'system', a.state, a.court
from asked a;
