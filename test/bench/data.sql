-- The bench's rows, made by the server itself from each firm's number: the same every time, nothing drawn by lot.
-- Before this: bench.firm (one row per enterprise) and bench.template (the frozen text per category) are filled.
-- Triggers and foreign keys rest while loading (session_replication_role); every check constraint is judged.

set session_replication_role = replica;
set work_mem = '256MB';
set maintenance_work_mem = '512MB';
select set_config('default_toast_compression', 'lz4', false) from pg_settings where name = 'default_toast_compression' and 'lz4' = any(enumvals);

create function bench.share(firm bigint, salt bigint) returns double precision
	language sql immutable parallel safe
	return (hashint8extended(firm, salt) & 9007199254740991)::double precision / 9007199254740992;

insert into reporting_year (year, opens_on, channel_due_on, ministry_due_on, accepted_late_until_on, corrections_until_on, form_version, policy_version,
	opened_at, opened_by, closed_at)
select y, make_date(y, 10, 8), make_date(y, 11, 15), make_date(y, 11, 30), make_date(y, 12, 31), make_date(y + 1, 3, 31), '2026-1', '2026-1',
	make_date(y, 9, 1), 'bench', case when y < 2031 then make_date(y + 1, 4, 8) end
from generate_series(2022, 2031) y;

insert into enterprise (id, credit_code, name, channel_id, created_at) overriding system value
select id, credit_code, name, channel_id, '2021-06-01' from bench.firm;
insert into enterprise_profile (enterprise_id, address, postcode, legal_representative, ownership)
select f.id, '示例路 ' || f.id || ' 号', lpad((100000 + f.id)::text, 6, '0'), '赵某',
	case c.kind when 'central_group' then 'central' else (array['local_state_collective', 'foreign', 'private', 'other'])[1 + f.id % 4] end
from bench.firm f join channel c on c.id = f.channel_id;
insert into enterprise_contact (enterprise_id, place, name, phone, email)
select id, place, case place when 1 then '钱某' else '孙某' end, '1380000' || lpad((id % 10000)::text, 4, '0'), 'c' || place || '.' || id || '@example.cn'
	from bench.firm, generate_series(1, 2) place;
insert into enterprise_event (enterprise_id, kind, effective_on, after, recorded_at, recorded_by)
select id, 'designated', make_date(cohort_year, 6, 1), jsonb_build_object('category', category), make_date(cohort_year, 6, 1), 'bench' from bench.firm;
insert into designation (id, enterprise_id, category, cohort_year, announced_on, announcement_no, status, ended_on) overriding system value
select id, id, category, cohort_year, make_date(cohort_year, 6, 1), '示例公告 ' || cohort_year || ' 年第 1 号',
	case when id % 97 = 0 then 'revoked' when id % 89 = 0 then 'ceased' else 'active' end,
	case when id % 97 = 0 or id % 89 = 0 then date '2031-12-31' end from bench.firm;
insert into organisation (id, kind, enterprise_id, name_zh) overriding system value
select 1000 + id, 'enterprise', id, name from bench.firm;
insert into person (id, name, email, synthetic) select 'filer-' || id, '钱某', 'filer-' || id || '@example.cn', true from bench.firm;
insert into membership (person_id, org_id, duty) select 'filer-' || id, 1000 + id, 'approver' from bench.firm;
insert into auth."user" (id, name, email, "emailVerified", username) select 'filer-' || id, '钱某', 'filer-' || id || '@example.cn', true, 'filer-' || id
	from bench.firm;

-- Where each report stands. Every firm has all ten years whatever its cohort: 50,000 × 10, as the peers were measured.
create unlogged table bench.report as
select (f.id - 1) * 10 + (y - 2021) as id, f.id as firm, y as year, f.category, f.cohort_year, f.channel_id, f.name, f.credit_code,
	c.kind as channel_kind, c.name_zh as channel_name, s.state,
	case when s.state in ('not_started', 'draft', 'not_filed', 'excused') then 0 when bench.share(f.id, y * 7) < 0.04 then 2 else 1 end as version,
	case when y = 2031 then timestamptz '2031-10-10 01:00Z' + bench.share(f.id, y * 11) * interval '36 days'
		when bench.share(f.id, y * 13) < 0.03 then make_timestamptz(y, 12, 1, 1, 0, 0, 'UTC') + bench.share(f.id, y * 11) * interval '20 days'
		else make_timestamptz(y, 10, 10, 1, 0, 0, 'UTC') + bench.share(f.id, y * 11) * interval '48 days' end as submitted_at,
	greatest(0, (bench.share(f.id, y * 17) * 8)::int - 5) as warnings, greatest(0, (bench.share(f.id, y * 19) * 7)::int - 5) as unmet
from bench.firm f
join channel c on c.id = f.channel_id
cross join generate_series(2022, 2031) y
cross join lateral (select case
	when y < 2031 then case when bench.share(f.id, y) < 0.965 then 'received' when bench.share(f.id, y) < 0.975 then 'forwarded' when bench.share(f.id, y) < 0.99
		then 'not_filed' else 'excused' end
	when bench.share(f.id, y) < 0.4 then 'draft' when bench.share(f.id, y) < 0.5 then 'not_started' when bench.share(f.id, y) < 0.65 then 'submitted'
	when bench.share(f.id, y) < 0.68 then 'returned' when bench.share(f.id, y) < 0.85 then 'forwarded' else 'received' end as state) s;
create index on bench.report (id);
analyze bench.report;

insert into annual_report (id, designation_id, enterprise_id, year, category, cohort_year, channel_id, channel_kind, enterprise_name, credit_code, state,
	current_version,
	commerce_version, industry_version, group_version, commerce_approved_at, industry_approved_at, group_approved_at, commerce_opened_at, industry_opened_at,
		group_opened_at,
	mofcom_received_version, miit_received_version, first_submitted_at, submitted_at, first_forwarded_at, forwarded_at, received_at,
		closed_at) overriding system value
select r.id, r.firm, r.firm, r.year, r.category, r.cohort_year, r.channel_id, r.channel_kind, r.name, r.credit_code, r.state, r.version,
	case when province and (passed or signed > 0) then r.version end, case when province and (passed or signed > 1) then r.version end, case when not province
		and (passed or signed > 1) then r.version end,
	case when province and (passed or signed > 0) then at + interval '2 days' end, case when province and (passed or signed > 1) then at + interval '3 days'
		end, case when not province and (passed or signed > 1) then at + interval '2 days' end,
	case when province and r.version > 0 then at + interval '1 day' end, case when province and r.version > 0 then at + interval '1 day' end, case when
		not province and r.version > 0 then at + interval '1 day' end,
	case when r.state = 'received' then r.version end, case when r.state = 'received' then r.version end,
	case when r.version > 0 then at end, case when r.version > 0 then at end, case when passed then at + interval '5 days' end, case when passed
		then at + interval '5 days' end,
	case when r.state = 'received' then at + interval '8 days' end, case when r.year < 2031 then make_timestamptz(r.year + 1, 4, 8, 1, 0, 0, 'UTC') end
from bench.report r
cross join lateral (select r.submitted_at as at, r.channel_kind = 'province' as province, r.state in ('forwarded', 'received') as passed,
	case when r.state = 'submitted' then (bench.share(r.firm, 23) * 3)::int else 0 end as signed) x
order by r.year, r.id;

-- What each report states: last year final, this year forecast. Growth is calm, so a draft raises no warning that would need an explanation.
create unlogged table bench.stated as
select r.id as report_id, r.firm, r.year, s.basis, s.figure_year,
	n.employees, floor(n.employees * 0.35) as bachelor_or_above, floor(n.employees * 0.18) as intermediate_title_or_above,
	round(n.revenue * 1.4, 2) as total_assets_wan, round(n.revenue * 0.6, 2) as total_liabilities_wan, n.revenue as revenue_wan, round(n.revenue * 0.08, 2)
		as profit_wan,
	case when made then round(n.revenue * 0.045, 2) end as rd_spending_wan,
	case when made then round(n.revenue * (0.053 + 0.03 * bench.share(r.firm, 31))::numeric, 2) end as informatisation_wan,
	case when made then floor(n.employees * 0.4) end as equipment_total, case when made
		then floor(floor(n.employees * 0.4) * (0.64 + 0.3 * bench.share(r.firm, 37))::numeric) end as equipment_networked,
	case when not made then round(n.revenue * 0.2, 2) end as ito_executed_wan, case when not made then 12 + r.firm % 40 + (s.figure_year - 2021) end::numeric
		as manufacturing_customers,
	case when not made then round(n.revenue * (0.25 + 0.4 * bench.share(r.firm, 41))::numeric, 2) end as manufacturing_revenue_wan,
	case when not made then 3 + r.firm % 30 end::numeric as patents_invention, case when not made then r.firm % 12 end::numeric as patents_utility,
	case when not made then r.firm % 4 end::numeric as patents_design, case when not made then 10 + r.firm % 60 end::numeric as software_copyrights
from bench.report r
cross join lateral (values ('final', r.year - 1), ('forecast', r.year)) s (basis, figure_year)
cross join lateral (select r.category = 'manufacturing' as made,
	power(1 + bench.share(r.firm, 43) * 0.08, s.figure_year - 2021) * (1 + (bench.share(r.firm, s.figure_year) - 0.5) * 0.05) * case s.basis when 'forecast'
		then 1.01 + bench.share(r.firm, s.figure_year + 100) * 0.03 else 1 end as factor) g
cross join lateral (select round(((70000 + bench.share(r.firm, 47) * 180000) * g.factor)::numeric, 2)
	as revenue, floor(((1200 + bench.share(r.firm, 53) * 5000) * g.factor)::numeric) as employees) n
where r.state not in ('not_started', 'not_filed', 'excused');
create index on bench.stated (report_id);
analyze bench.stated;

insert into attachment (id, report_id, slot, file_name, content_type, size_bytes, sha256, uploaded_at, uploaded_by, uploaded_by_name)
select md5('file ' || r.id)::uuid, r.id, 'audited_statements', '审计报告.pdf', 'application/pdf', 1024, encode(sha256(convert_to('file '
	|| r.id, 'UTF8')), 'hex'), r.submitted_at - interval '1 day', 'filer-' || r.firm, '钱某'
from bench.report r where r.state not in ('not_started', 'not_filed', 'excused');

insert into annual_report_version (report_id, no, form_version, policy_version, submitted_at, submitted_by, submitted_by_name, receipt_no, late_reason_code,
	late_reason,
	content, content_hash, warnings, criteria_unmet, criteria_unknown, forwarded_at)
select r.id, v.no, '2026-1', '2026-1', x.at, 'filer-' || r.firm, '钱某',
	r.year || case r.category when 'manufacturing' then '-M-' else '-S-' end || upper(r.channel_id) || '-' || lpad(r.id::text, 6, '0') || '-'
		|| lpad(v.no::text, 2, '0'),
	case when x.late then 'audit_unfinished' end, case when x.late then '审计尚未完成。' end,
	c.content, encode(sha256(convert_to(c.content, 'UTF8')), 'hex'), r.warnings, r.unmet, 0,
	case when r.state in ('forwarded', 'received') and v.no = r.version then r.submitted_at + interval '5 days' end
from bench.report r
join bench.template t on t.category = r.category
join bench.stated a on a.report_id = r.id and a.basis = 'final'
join bench.stated b on b.report_id = r.id and b.basis = 'forecast'
cross join lateral generate_series(1, r.version) v (no)
cross join lateral (select r.submitted_at - (r.version - v.no) * interval '2 days'
	as at, r.submitted_at >= make_timestamptz(r.year, 12, 1, 0, 0, 0, 'Asia/Shanghai') as late) x
cross join lateral (select format(t.text, r.year, v.no, r.name, r.credit_code, r.channel_id, r.channel_name, to_char(x.at at time zone 'UTC',
	'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
	case when x.late then '{"reason":"审计尚未完成。","reasonCode":"audit_unfinished"}' else 'null' end,
	case when r.warnings > 0 then '[{"basis":"system","checkKey":"half_moved/revenue","reasonCode":"order_change","text":"' || case v.no when 1
		then '新签大额合同,收入增加。' else '新签大额合同,收入增加,已核对。' end || '"}]' else '[]' end,
	md5('file ' || r.id)::uuid, encode(sha256(convert_to('file ' || r.id, 'UTF8')), 'hex'),
	a.employees, a.bachelor_or_above, a.intermediate_title_or_above, trim_scale(a.total_assets_wan), trim_scale(a.total_liabilities_wan),
		trim_scale(a.revenue_wan), trim_scale(a.profit_wan),
	trim_scale(a.rd_spending_wan), trim_scale(a.informatisation_wan), a.equipment_total, a.equipment_networked, trim_scale(a.ito_executed_wan),
		a.manufacturing_customers,
	trim_scale(a.manufacturing_revenue_wan), a.patents_invention, a.patents_utility, a.patents_design, a.software_copyrights,
	b.employees, b.bachelor_or_above, b.intermediate_title_or_above, trim_scale(b.total_assets_wan), trim_scale(b.total_liabilities_wan),
		trim_scale(b.revenue_wan), trim_scale(b.profit_wan),
	trim_scale(b.rd_spending_wan), trim_scale(b.informatisation_wan), b.equipment_total, b.equipment_networked, trim_scale(b.ito_executed_wan),
		b.manufacturing_customers,
	trim_scale(b.manufacturing_revenue_wan), b.patents_invention, b.patents_utility, b.patents_design, b.software_copyrights) as content) c
where r.version > 0;

insert into version_verdict (report_id, version_no, policy_version, rule, unmet, unknown, outlook_unmet)
select v.report_id, v.no, v.policy_version, 'audited-1', case when v.criteria_unmet > 0 then array['M4']::text[] else array[]::text[] end, array[]::text[], array[]::text[]
from annual_report_version v;

insert into annual_figure (report_id, version_no, figure_year, basis, designation_id, employees, bachelor_or_above, intermediate_title_or_above,
	total_assets_wan, total_liabilities_wan,
	revenue_wan, profit_wan, rd_spending_wan, informatisation_wan, equipment_total, equipment_networked, ito_executed_wan, manufacturing_customers,
		manufacturing_revenue_wan,
	patents_invention, patents_utility, patents_design, software_copyrights)
select s.report_id, v.no, s.figure_year, s.basis, s.firm, s.employees, s.bachelor_or_above, s.intermediate_title_or_above, s.total_assets_wan,
	s.total_liabilities_wan,
	s.revenue_wan, s.profit_wan, s.rd_spending_wan, s.informatisation_wan, s.equipment_total, s.equipment_networked, s.ito_executed_wan,
		s.manufacturing_customers, s.manufacturing_revenue_wan,
	s.patents_invention, s.patents_utility, s.patents_design, s.software_copyrights
from bench.report r join bench.stated s on s.report_id = r.id cross join lateral generate_series(1, r.version) v (no) where r.version > 0;

insert into opinion (report_id, version_no, department, remark, person_id, person_name, signed_at)
select r.id, r.current_version, d.department, '材料齐全,同意报送。', 'bench', '李某', d.at
from annual_report r
cross join lateral (values ('commerce', r.commerce_approved_at), ('industry', r.industry_approved_at), ('group', r.group_approved_at)) d (department, at)
where d.at is not null;

insert into report_return (report_id, version_no, returned_by, returned_from, reason_code, remark, correct_by_on, person_id, person_name, returned_at)
select r.id, r.version, case r.channel_kind when 'province' then 'commerce' else 'group'
	end, 'submitted', 'figure_doubtful', '请核对营业收入。', date '2031-12-05', 'bench', '李某', r.submitted_at + interval '2 days'
from bench.report r where r.state = 'returned';
insert into return_comment (return_id, answer_key, remark) select t.id, 'revenue@final', '与审计报告不一致。' from report_return t;

create temporary table letter as
select row_number() over (order by year, channel_id) as id, channel_id, year from annual_report where first_forwarded_at is not null group by channel_id, year;
insert into forwarding (id, channel_id, year, letter_no, letter_on, forwarded_at, person_id, person_name, org_kind) overriding system value
select id, channel_id, year, '示例函〔' || year || '〕' || id || '号', make_date(year, 11, 24), make_date(year, 11, 24), 'bench', '李某', 'commerce' from letter;
insert into forwarding_item (forwarding_id, report_id, version_no)
select l.id, r.id, r.current_version from annual_report r join letter l using (channel_id, year) where r.first_forwarded_at is not null;
insert into reception (report_id, version_no, ministry, received_at, person_id, person_name)
select r.id, r.current_version, ministry, r.received_at, 'bench', '周某' from annual_report r, unnest(array['mofcom', 'miit']) ministry where r.received_at is
	not null;

insert into report_event (report_id, at, act, by_kind, person_name, version_no, state, court)
select r.id, e.at, e.act, e.by_kind, '钱某', r.current_version, e.state, e.court
from annual_report r
cross join lateral (values
	(r.submitted_at, 'submit-annual-report', 'enterprise', 'submitted', case r.channel_kind when 'province' then 'departments' else 'group' end),
	(r.commerce_approved_at, 'give-opinion', 'commerce', 'submitted', 'industry'), (r.industry_approved_at, 'give-opinion', 'industry', 'submitted', 'channel'),
	(r.group_approved_at, 'give-opinion', 'group', 'submitted', 'channel'), (r.first_forwarded_at, 'forward-annual-reports', 'commerce', 'forwarded',
		'ministries'),
	(r.received_at, 'receive-annual-reports', 'mofcom', 'received', 'nobody')) e (at, act, by_kind, state, court)
where e.at is not null
order by r.id, e.at;

insert into annual_report_draft (report_id, form_version, based_on_version, started_at, started_by, last_edited_at, last_edited_by, answers_filled,
	answers_asked)
select id, '2026-1', 0, submitted_at, 'filer-' || firm, submitted_at, 'filer-' || firm, 60, 60 from bench.report where state = 'draft';
insert into draft_answer (report_id, answer_key, typed, edited_by, edited_by_name)
select r.id, a.answer_key, case when a.answer_key = 'ownership' and c.kind = 'central_group' then 'central' else a.typed end, 'filer-' || r.firm, '钱某'
from bench.report r join bench.answer a on a.category = r.category join channel c on c.id = r.channel_id where r.state = 'draft'
union all
select r.id, regexp_replace(c.key, '_wan$', '') || '@' || s.basis, c.value, 'filer-' || r.firm, '钱某'
from bench.report r join bench.stated s on s.report_id = r.id
cross join lateral jsonb_each_text(to_jsonb(s) - array['report_id', 'firm', 'year', 'basis', 'figure_year']) c
where r.state = 'draft' and c.value is not null;

-- What they ask for (方案第十二条): one question in two is answered by every report, those of older years are answered.
insert into report_need (report_id, kind, year, category, channel_id, enterprise_id, text, version_no, said_at, state, office, person_id, person_name, since_at)
select r.id, k.kind, r.year, r.category, r.channel_id, r.enterprise_id, '希望组织同行交流并提供标准方面的指导。', r.current_version, r.first_forwarded_at, s.state,
	case when s.state <> 'open' then s.office end, case when s.state in ('taken_up', 'answered') then 'bench' end,
	case when s.state in ('taken_up', 'answered') then '吴某' end, r.first_forwarded_at + interval '3 days'
from annual_report r
cross join (values ('support', 0), ('problem', 1)) k (kind, place)
cross join lateral (select case when r.year < 2031 then 'answered' else (array['open', 'taken_up', 'passed_on', 'answered'])[1 + r.id % 4] end as state,
	(array['mofcom', 'miit', 'channel'])[1 + r.id % 3] as office) s
where r.first_forwarded_at is not null and (r.id + k.place) % 2 = 0 order by r.first_forwarded_at, r.id;
insert into report_need_answer (need_id, version_no, text, by_kind, person_id, person_name, answered_at)
select n.id, n.version_no, '已列入明年同行交流活动安排。', case n.office when 'channel' then 'commerce' else n.office end, 'bench', '吴某', n.since_at
from report_need n where n.state = 'answered';

-- The triggers were at rest: what they would have kept is counted in one go.
select recount_reports();
select keep_trend_figures(null);

do $$
declare
	t record;
begin
	for t in select table_name, column_name from information_schema.columns where table_schema = 'public' and is_identity = 'YES' loop
		execute format('select setval(pg_get_serial_sequence(%L, %L), greatest(1, (select max(%I) from %I)))', t.table_name, t.column_name, t.column_name,
			t.table_name);
	end loop;
end
$$;
