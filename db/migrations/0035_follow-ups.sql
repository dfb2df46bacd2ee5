-- Outliers become work (非方案规定): a question a ministry asks about a figure that is far outside its category or its own way there. One case for each
-- designation, metric, year and statement; rule and n stand with it, the figure and its report as they were when it was asked. Neither score nor median is
-- kept: two scores of one channel's enterprises would give both away.
create table follow_up (
	id bigint generated always as identity primary key,
	designation_id bigint not null references designation (id),
	metric text not null,
	year integer not null,
	basis text not null,
	-- the report that stated the figure: its channel and enterprise are the case's
	report_id bigint not null references annual_report (id),
	report_year integer not null,
	version_no integer not null,
	category text not null,
	channel_id text not null references channel (id),
	enterprise_id bigint not null references enterprise (id),
	value numeric not null,
	rule text not null,
	comparison text not null,
	n integer not null,
	state text not null,
	round integer not null default 1,
	due_on date not null,
	asked_at timestamptz not null,
	since_at timestamptz not null,
	-- of the answer to the question that stands
	answered_at timestamptz,
	row_version integer not null default 1,
	constraint follow_up_once unique (designation_id, metric, year, basis),
	constraint follow_up_of_version foreign key (report_id, version_no) references annual_report_version (report_id, no),
	constraint follow_up_basis_known check (basis in ('final', 'forecast')),
	constraint follow_up_comparison_known check (comparison in ('category', 'step')),
	constraint follow_up_of_enough check (n >= 10),
	constraint follow_up_state_known check (state in ('asked', 'passed_on', 'answered', 'accepted', 'withdrawn')),
	constraint follow_up_answered check ((state in ('answered', 'accepted')) = (answered_at is not null))
);
create index follow_up_in_order on follow_up (asked_at desc, id desc);
create index follow_up_of_channel on follow_up (channel_id, asked_at desc, id desc);
create index follow_up_of_enterprise on follow_up (enterprise_id, asked_at desc, id desc);
create index follow_up_of_report on follow_up (report_id);
create index follow_up_due on follow_up (due_on) where state in ('asked', 'passed_on');

create table follow_up_entry (
	id bigint generated always as identity primary key,
	follow_up_id bigint not null references follow_up (id),
	round integer not null,
	kind text not null,
	text text not null,
	-- of a question: the figure it asks about, as it stood, and by when it is to be answered
	value numeric,
	due_on date,
	by_kind text not null,
	person_id text not null,
	person_name text not null,
	at timestamptz not null,
	constraint follow_up_entry_said check (length(text) <= 2000 and (kind in ('passed_on', 'accepted') or btrim(text) <> '')),
	constraint follow_up_entry_by_known check (case kind
		when 'question' then by_kind in ('mofcom', 'miit')
		when 'accepted' then by_kind in ('mofcom', 'miit')
		when 'withdrawn' then by_kind in ('mofcom', 'miit')
		when 'passed_on' then by_kind in ('commerce', 'industry', 'group')
		when 'answer' then by_kind in ('commerce', 'industry', 'group', 'enterprise')
		else false end),
	constraint follow_up_entry_of_question check ((kind = 'question') = (value is not null) and (kind = 'question') = (due_on is not null))
);
create index follow_up_entry_of_case on follow_up_entry (follow_up_id, id);
create trigger follow_up_entry_immutable before update or delete on follow_up_entry for each row execute function refuse_change();
comment on table follow_up_entry is 'never changed: what was asked and answered stays, whatever is asked next';

-- Readers are the offices of the case: both ministries, the departments or the group of its channel, its enterprise.
alter table follow_up enable row level security, force row level security;
create policy follow_up_seen on follow_up for select using (
	(select scope_kind()) in ('system', 'mofcom', 'miit')
	or (select scope_kind()) in ('commerce', 'industry', 'group') and channel_id = (select scope_channel())
	or (select scope_kind()) = 'enterprise' and enterprise_id = (select scope_enterprise()));
create policy follow_up_asked on follow_up for insert with check (
	(select scope_kind()) in ('system', 'mofcom', 'miit') and exists (
		select from annual_report r where r.id = follow_up.report_id and r.designation_id = follow_up.designation_id
			and r.channel_id = follow_up.channel_id and r.enterprise_id = follow_up.enterprise_id));
create policy follow_up_moved on follow_up for update using (
	(select scope_kind()) in ('system', 'mofcom', 'miit')
	or (select scope_kind()) in ('commerce', 'industry', 'group') and channel_id = (select scope_channel())
	or (select scope_kind()) = 'enterprise' and enterprise_id = (select scope_enterprise()));

alter table follow_up_entry enable row level security, force row level security;
create policy follow_up_entry_seen on follow_up_entry for select using (exists (select from follow_up c where c.id = follow_up_entry.follow_up_id));
create policy follow_up_entry_made on follow_up_entry for insert with check (
	(select scope_kind()) = 'system' or by_kind = (select scope_kind()) and exists (select from follow_up c where c.id = follow_up_entry.follow_up_id));

grant select, insert on follow_up, follow_up_entry to keyent_app;
grant update (state, round, due_on, since_at, answered_at, report_id, report_year, version_no, value, rule, comparison, n, row_version) on follow_up to keyent_app;
