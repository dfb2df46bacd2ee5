-- 方案第十二条: what enterprises ask for and what troubles them, as their reports say it, with state, owner and answer. A need comes into being when its report
-- is forwarded, so the ministries see only what came through the channel (方案第十一条); a forwarded report no longer changes its channel.
create table report_need (
	id bigint generated always as identity primary key,
	report_id bigint not null references annual_report (id),
	kind text not null,
	year integer not null references reporting_year (year),
	category text not null,
	channel_id text not null references channel (id),
	enterprise_id bigint not null references enterprise (id),
	-- of the version that came last; the text an earlier answer speaks of stands in its version
	text text not null,
	version_no integer not null,
	said_at timestamptz not null,
	state text not null default 'open',
	office text,
	person_id text,
	person_name text,
	since_at timestamptz not null,
	passed_remark text,
	row_version integer not null default 1,
	constraint report_need_one_per_kind unique (report_id, kind),
	constraint report_need_of_version foreign key (report_id, version_no) references annual_report_version (report_id, no),
	constraint report_need_kind_known check (kind in ('support', 'problem')),
	constraint report_need_state_known check (state in ('open', 'taken_up', 'passed_on', 'answered', 'withdrawn')),
	constraint report_need_office_known check (office in ('mofcom', 'miit', 'channel')),
	constraint report_need_says_something check ((state = 'withdrawn') = (text = '')),
	constraint report_need_owner_of_state check (
		(person_id is null) = (person_name is null)
		and case state
			when 'open' then office is null and person_id is null
			when 'passed_on' then office is not null and person_id is null
			when 'withdrawn' then true
			else office is not null and person_id is not null
		end)
);
comment on table report_need is 'one per report and question; kind: support_wanted (诉求) or problems_met (问题)';
create index report_need_in_order on report_need (said_at desc, id desc);
create index report_need_of_year on report_need (year, said_at desc, id desc);
create index report_need_of_state on report_need (state, said_at desc, id desc);
create index report_need_of_channel on report_need (channel_id, said_at desc, id desc);
create index report_need_of_office on report_need (office, said_at desc, id desc) where office is not null;
create index report_need_of_enterprise on report_need (enterprise_id);
create index report_need_counted on report_need (state, kind) include (year, category, channel_id, office, person_id);

create table report_need_answer (
	id bigint generated always as identity primary key,
	need_id bigint not null references report_need (id),
	-- whose text it answers
	version_no integer not null,
	text text not null,
	by_kind text not null,
	person_id text not null,
	person_name text not null,
	answered_at timestamptz not null,
	constraint report_need_answer_said check (btrim(text) <> '' and length(text) <= 2000),
	constraint report_need_answer_by_known check (by_kind in ('mofcom', 'miit', 'commerce', 'industry', 'group'))
);
create index report_need_answer_of_need on report_need_answer (need_id, id desc);
create trigger report_need_answer_immutable before update or delete on report_need_answer for each row execute function refuse_change();
comment on table report_need_answer is 'never changed: a later answer supersedes the one before, and both stay';

-- Versions that were forwarded before there was a list.
alter table annual_report no force row level security;
alter table annual_report_version no force row level security;
insert into report_need (report_id, kind, year, category, channel_id, enterprise_id, text, version_no, said_at, since_at)
select r.id, k.kind, r.year, r.category, r.channel_id, r.enterprise_id, btrim(k.said), v.no, v.forwarded_at, v.forwarded_at
from annual_report r
join lateral (
	select w.no, w.forwarded_at, w.content::jsonb -> 'answers' as answers from annual_report_version w
	where w.report_id = r.id and w.forwarded_at is not null order by w.no desc limit 1
) v on true
cross join lateral (values ('support', v.answers ->> 'support_wanted'), ('problem', v.answers ->> 'problems_met')) k (kind, said)
where coalesce(btrim(k.said), '') <> ''
	and regexp_replace(normalize(k.said, nfkc), '\s', '', 'g') !~* '^([/\-—_.·*]+|无|暂无|没有|暂时没有|不需要|空|nil|none|no|n/?a)[。.!！]?$';
alter table annual_report force row level security;
alter table annual_report_version force row level security;

alter table report_need enable row level security, force row level security;
create policy report_need_seen on report_need for select using (
	(select scope_kind()) in ('system', 'mofcom', 'miit')
	or (select scope_kind()) in ('commerce', 'industry', 'group') and channel_id = (select scope_channel())
	or (select scope_kind()) = 'enterprise' and enterprise_id = (select scope_enterprise()));
create policy report_need_added on report_need for insert with check (
	(select scope_kind()) = 'system'
	or (select scope_kind()) in ('commerce', 'industry', 'group') and exists (
		select from annual_report r where r.id = report_need.report_id and r.channel_id = report_need.channel_id and r.enterprise_id = report_need.enterprise_id));
create policy report_need_moved on report_need for update using (
	(select scope_kind()) in ('system', 'mofcom', 'miit')
	or (select scope_kind()) in ('commerce', 'industry', 'group') and channel_id = (select scope_channel()));

alter table report_need_answer enable row level security, force row level security;
create policy report_need_answer_seen on report_need_answer for select using (exists (select from report_need n where n.id = report_need_answer.need_id));
create policy report_need_answer_made on report_need_answer for insert with check (
	(select scope_kind()) = 'system' or by_kind = (select scope_kind()) and exists (select from report_need n where n.id = report_need_answer.need_id));

grant select, insert on report_need, report_need_answer to keyent_app;
grant update (text, version_no, said_at, state, office, person_id, person_name, since_at, passed_remark, row_version) on report_need to keyent_app;
