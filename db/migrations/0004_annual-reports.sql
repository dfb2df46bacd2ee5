-- 方案第十一条: the yearly duty of each designation, its draft, its immutable versions, and what was done with them.

create table policy (
	version text primary key,
	valid_from_on date not null,
	content jsonb not null,
	created_at timestamptz not null default app_now()
);
create trigger policy_immutable before update or delete on policy for each row execute function refuse_change();

create table reporting_year (
	year integer primary key,
	opens_on date not null,
	channel_due_on date not null,
	ministry_due_on date not null,
	accepted_late_until_on date not null,
	corrections_until_on date not null,
	form_version text not null,
	policy_version text not null references policy (version),
	opened_at timestamptz not null default app_now(),
	opened_by text not null,
	closed_at timestamptz,
	row_version integer not null default 1,
	constraint reporting_year_plausible check (year between 2022 and 2100),
	constraint reporting_year_dates_in_order check (
		opens_on < channel_due_on and channel_due_on <= ministry_due_on
		and ministry_due_on <= accepted_late_until_on and accepted_late_until_on <= corrections_until_on)
);
comment on table reporting_year is 'the five dates of one year; the same for everybody';

create table reporting_year_closing (
	year integer not null references reporting_year (year),
	ministry text not null,
	person_id text not null,
	person_name text not null,
	agreed_at timestamptz not null default app_now(),
	primary key (year, ministry),
	constraint reporting_year_closing_ministry check (ministry in ('mofcom', 'miit'))
);
comment on table reporting_year_closing is 'a year is closed by both ministries, each for itself (会同)';

create table channel_year (
	channel_id text not null references channel (id),
	year integer not null references reporting_year (year),
	due_on date not null,
	set_at timestamptz not null default app_now(),
	set_by text not null,
	row_version integer not null default 1,
	primary key (channel_id, year)
);
comment on table channel_year is 'a channel''s own earlier date for its enterprises';

create table annual_report (
	id bigint generated always as identity primary key,
	designation_id bigint not null references designation (id),
	enterprise_id bigint not null references enterprise (id),
	year integer not null references reporting_year (year),
	category text not null,
	cohort_year integer not null,
	channel_id text not null references channel (id),
	channel_kind text not null,
	-- as they were in that year: a later rename or move leaves them
	enterprise_name text collate zh not null,
	credit_code text not null,
	state text not null default 'not_started',
	current_version integer not null default 0,
	commerce_version integer,
	industry_version integer,
	group_version integer,
	commerce_approved_at timestamptz,
	industry_approved_at timestamptz,
	group_approved_at timestamptz,
	commerce_opened_at timestamptz,
	industry_opened_at timestamptz,
	group_opened_at timestamptz,
	mofcom_received_version integer,
	miit_received_version integer,
	first_submitted_at timestamptz,
	submitted_at timestamptz,
	forwarded_at timestamptz,
	first_forwarded_at timestamptz,
	received_at timestamptz,
	withdrawn_at timestamptz,
	extension_on date,
	closed_at timestamptz,
	reopened_at timestamptz,
	row_version integer not null default 1,
	-- 「在谁手里」 is computed from the opinions and the state, never set
	court text not null generated always as (
		case
			when state = 'forwarded' then 'ministries'
			when state in ('received', 'not_filed', 'excused') or closed_at is not null then 'nobody'
			when state in ('not_started', 'draft', 'returned') then 'enterprise'
			when channel_kind = 'central_group' then
				case when group_version = current_version then 'channel' else 'group' end
			else
				case
					when commerce_version = current_version and industry_version = current_version then 'channel'
					when commerce_version = current_version then 'industry'
					when industry_version = current_version then 'commerce'
					else 'departments'
				end
		end) stored,
	constraint annual_report_one_per_year unique (designation_id, year),
	constraint annual_report_state_known check (state in ('not_started', 'draft', 'submitted', 'returned', 'forwarded', 'received', 'not_filed', 'excused')),
	constraint annual_report_submitted_has_version check (state not in ('submitted', 'returned', 'forwarded', 'received') or current_version > 0),
	constraint annual_report_forwarded_is_dated check (state not in ('forwarded', 'received') or first_forwarded_at is not null),
	constraint annual_report_first_before_last check (first_submitted_at <= submitted_at and first_forwarded_at <= forwarded_at),
	constraint annual_report_opinion_of_known_version check (
		coalesce(commerce_version, 0) <= current_version and coalesce(industry_version, 0) <= current_version and coalesce(group_version, 0) <= current_version),
	constraint annual_report_received_was_forwarded check (state <> 'received' or received_at is not null),
	constraint annual_report_opinion_is_dated check (
		(commerce_version is null) = (commerce_approved_at is null) and (industry_version is null) = (industry_approved_at is null)
		and (group_version is null) = (group_approved_at is null)),
	constraint annual_report_departments_of_channel check (
		channel_kind = 'province' and group_version is null or channel_kind = 'central_group' and commerce_version is null and industry_version is null)
);
create index annual_report_of_channel on annual_report (channel_id, year, court);
create index annual_report_of_enterprise on annual_report (enterprise_id, year desc);
create index annual_report_by_name on annual_report (year, enterprise_name, id);
create index annual_report_by_state on annual_report (year, state, enterprise_name, id);
create index annual_report_by_submitted on annual_report (year, submitted_at, id);
create index annual_report_by_forwarded on annual_report (year, first_forwarded_at, id);

create table annual_report_draft (
	report_id bigint primary key references annual_report (id),
	form_version text not null,
	based_on_version integer not null default 0,
	started_at timestamptz not null default app_now(),
	started_by text not null,
	last_edited_at timestamptz not null default app_now(),
	last_edited_by text not null,
	answers_filled integer not null default 0,
	answers_asked integer not null default 0
);
comment on table annual_report_draft is 'at most one per report: its key is the report';

create table draft_answer (
	report_id bigint not null references annual_report_draft (report_id) on delete cascade,
	answer_key text not null,
	typed text not null,
	version integer not null default 1,
	edited_at timestamptz not null default app_now(),
	edited_by text not null,
	edited_by_name text not null,
	primary key (report_id, answer_key),
	constraint draft_answer_key_shape check (answer_key ~ '^[a-z][a-z0-9_]*(@(final|forecast))?$' or answer_key ~ '^explain:[a-z_]+/[a-z][a-z0-9_]*:(reason|text)$'),
	constraint draft_answer_size check (length(typed) <= 20000)
);
comment on table draft_answer is 'as typed, half-known or wrong: saving never judges';

create table annual_report_version (
	report_id bigint not null references annual_report (id),
	no integer not null,
	form_version text not null,
	policy_version text not null,
	submitted_at timestamptz not null,
	submitted_by text not null,
	submitted_by_name text not null,
	receipt_no text not null,
	late_reason_code text,
	late_reason text,
	content text not null,
	content_hash text not null,
	warnings integer not null default 0,
	criteria_unmet integer not null default 0,
	criteria_unknown integer not null default 0,
	forwarded_at timestamptz,
	primary key (report_id, no),
	constraint annual_report_version_receipt_once unique (receipt_no),
	constraint annual_report_version_counts_from_one check (no >= 1),
	constraint annual_report_version_hash_of_content check (content_hash = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
	constraint annual_report_version_late_explained check ((late_reason_code is null) = (late_reason is null))
);

create function only_forwarding_changes_version() returns trigger
	language plpgsql
	as $$
	begin
		if old.forwarded_at is null and new.forwarded_at is not null
			and (to_jsonb(new) - 'forwarded_at') = (to_jsonb(old) - 'forwarded_at') then
			return new;
		end if;
		raise exception 'a submitted version stays as it was submitted'
			using errcode = 'integrity_constraint_violation', constraint = 'annual_report_version_is_immutable';
	end
	$$;
create trigger annual_report_version_immutable before update on annual_report_version for each row execute function only_forwarding_changes_version();
create trigger annual_report_version_stays before delete on annual_report_version for each row execute function refuse_change();

-- What a version states, one row per year it speaks of; typed, so that trends and criteria read columns and not documents.
create table annual_figure (
	report_id bigint not null,
	version_no integer not null,
	figure_year integer not null,
	basis text not null,
	designation_id bigint not null references designation (id),
	employees numeric(12),
	bachelor_or_above numeric(12),
	intermediate_title_or_above numeric(12),
	total_assets_wan numeric(18, 2),
	total_liabilities_wan numeric(18, 2),
	revenue_wan numeric(18, 2),
	profit_wan numeric(18, 2),
	rd_spending_wan numeric(18, 2),
	informatisation_wan numeric(18, 2),
	equipment_total numeric(12),
	equipment_networked numeric(12),
	ito_executed_wan numeric(18, 2),
	manufacturing_customers numeric(12),
	manufacturing_revenue_wan numeric(18, 2),
	patents_invention numeric(12),
	patents_utility numeric(12),
	patents_design numeric(12),
	software_copyrights numeric(12),
	primary key (report_id, version_no, figure_year),
	constraint annual_figure_of_version foreign key (report_id, version_no) references annual_report_version (report_id, no),
	constraint annual_figure_basis_known check (basis in ('final', 'forecast')),
	constraint annual_figure_counts_not_negative check (
		employees >= 0 and bachelor_or_above >= 0 and intermediate_title_or_above >= 0 and equipment_total >= 0
		and equipment_networked >= 0 and manufacturing_customers >= 0 and patents_invention >= 0
		and patents_utility >= 0 and patents_design >= 0 and software_copyrights >= 0)
);
create trigger annual_figure_immutable before update or delete on annual_figure for each row execute function refuse_change();

create table attachment (
	id uuid primary key default gen_random_uuid(),
	report_id bigint not null references annual_report (id),
	slot text not null,
	file_name text not null,
	content_type text not null,
	size_bytes bigint not null,
	sha256 text not null,
	scan_state text not null default 'unscanned',
	uploaded_at timestamptz not null default app_now(),
	uploaded_by text not null,
	uploaded_by_name text not null,
	removed_at timestamptz,
	constraint attachment_size check (size_bytes between 1 and 31457280),
	constraint attachment_sha256_shape check (sha256 ~ '^[0-9a-f]{64}$'),
	constraint attachment_scan_known check (scan_state in ('unscanned', 'clean', 'infected'))
);
create index attachment_of_report on attachment (report_id, slot);

create table opinion (
	id bigint generated always as identity primary key,
	report_id bigint not null,
	version_no integer not null,
	department text not null,
	remark text not null,
	person_id text not null,
	person_name text not null,
	signed_at timestamptz not null,
	withdrawn_at timestamptz,
	constraint opinion_on_version foreign key (report_id, version_no) references annual_report_version (report_id, no),
	constraint opinion_department_known check (department in ('commerce', 'industry', 'group'))
);
create unique index opinion_once on opinion (report_id, version_no, department) where withdrawn_at is null;

create table report_return (
	id bigint generated always as identity primary key,
	report_id bigint not null,
	version_no integer not null,
	returned_by text not null,
	returned_from text not null,
	reason_code text not null,
	remark text not null,
	correct_by_on date not null,
	person_id text not null,
	person_name text not null,
	returned_at timestamptz not null,
	undone_at timestamptz,
	touched_at timestamptz,
	answered_at timestamptz,
	constraint report_return_of_version foreign key (report_id, version_no) references annual_report_version (report_id, no),
	constraint report_return_by_known check (returned_by in ('commerce', 'industry', 'group', 'mofcom', 'miit')),
	constraint report_return_from_known check (returned_from in ('submitted', 'forwarded', 'received')),
	constraint report_return_undone_untouched check (undone_at is null or touched_at is null)
);
create index report_return_of_report on report_return (report_id, version_no);
create unique index report_return_one_open on report_return (report_id) where undone_at is null and answered_at is null;

create table return_comment (
	id bigint generated always as identity primary key,
	return_id bigint not null references report_return (id),
	answer_key text,
	remark text not null,
	answer text,
	answered_at timestamptz,
	constraint return_comment_filled check (btrim(remark) <> '')
);
create index return_comment_of_return on return_comment (return_id);

create table explanation_review (
	report_id bigint not null,
	version_no integer not null,
	check_key text not null,
	reviewer text not null,
	verdict text not null,
	remark text,
	person_id text not null,
	person_name text not null,
	reviewed_at timestamptz not null default app_now(),
	row_version integer not null default 1,
	primary key (report_id, version_no, check_key, reviewer),
	constraint explanation_review_of_version foreign key (report_id, version_no) references annual_report_version (report_id, no),
	constraint explanation_review_reviewer check (reviewer in ('commerce', 'industry', 'group')),
	constraint explanation_review_verdict check (verdict in ('accepted', 'queried')),
	constraint explanation_review_query_says_why check (verdict = 'accepted' or btrim(remark) <> '')
);

create table forwarding (
	id bigint generated always as identity primary key,
	channel_id text not null references channel (id),
	year integer not null references reporting_year (year),
	letter_no text not null,
	letter_on date not null,
	remark text,
	forwarded_at timestamptz not null,
	person_id text not null,
	person_name text not null,
	org_kind text not null,
	constraint forwarding_letter_filled check (btrim(letter_no) <> '')
);
create index forwarding_of_channel on forwarding (channel_id, year, forwarded_at);
create trigger forwarding_immutable before update or delete on forwarding for each row execute function refuse_change();

create table forwarding_item (
	forwarding_id bigint not null references forwarding (id),
	report_id bigint not null,
	version_no integer not null,
	primary key (forwarding_id, report_id),
	constraint forwarding_item_of_version foreign key (report_id, version_no) references annual_report_version (report_id, no),
	constraint forwarding_item_version_once unique (report_id, version_no)
);
create trigger forwarding_item_immutable before update or delete on forwarding_item for each row execute function refuse_change();

create table reception (
	report_id bigint not null,
	version_no integer not null,
	ministry text not null,
	received_at timestamptz not null,
	person_id text not null,
	person_name text not null,
	primary key (report_id, version_no, ministry),
	constraint reception_of_version foreign key (report_id, version_no) references annual_report_version (report_id, no),
	constraint reception_ministry check (ministry in ('mofcom', 'miit'))
);
create trigger reception_immutable before update or delete on reception for each row execute function refuse_change();

-- Every dated step of a report, in order: the timeline on screen and the split of late days by whose they were.
create table report_event (
	id bigint generated always as identity primary key,
	report_id bigint not null references annual_report (id),
	at timestamptz not null,
	act text not null,
	by_kind text not null,
	person_name text,
	version_no integer,
	state text not null,
	court text not null,
	detail jsonb not null default '{}'
);
create index report_event_of_report on report_event (report_id, id);
create trigger report_event_immutable before update or delete on report_event for each row execute function refuse_change();

create table cohort_import (
	id bigint generated always as identity primary key,
	file_name text not null,
	file_sha256 text not null,
	rows jsonb not null,
	counts jsonb not null,
	planned_at timestamptz not null default app_now(),
	planned_by text not null,
	applied_at timestamptz,
	applied_by text
);

create table mail (
	id bigint generated always as identity primary key,
	person_id text references person (id),
	to_address text not null,
	template text not null,
	locale text not null,
	subject text not null,
	text_body text not null,
	html_body text not null,
	message_id text not null,
	queued_at timestamptz not null default app_now(),
	state text not null default 'queued',
	attempts integer not null default 0,
	sent_at timestamptz,
	last_error text,
	constraint mail_message_id_once unique (message_id),
	constraint mail_state_known check (state in ('queued', 'sent', 'failed', 'kept')),
	constraint mail_one_plain_address check (to_address ~ '^[^[:space:][:cntrl:],;:<>"()]+@[^[:space:][:cntrl:],;:<>"()@]+$'),
	constraint mail_subject_one_line check (subject !~ '[[:cntrl:]]')
);
create index mail_waiting on mail (queued_at) where state = 'queued';

-- Second lock.

alter table annual_report enable row level security, force row level security;
create policy annual_report_seen on annual_report for select using (
	(select scope_kind()) in ('system', 'mofcom', 'miit')
	or (select scope_kind()) in ('commerce', 'industry', 'group') and channel_id = (select scope_channel())
	or (select scope_kind()) = 'enterprise' and enterprise_id = (select scope_enterprise())
);
create policy annual_report_moved on annual_report for update using (
	(select scope_kind()) in ('system', 'mofcom', 'miit')
	or (select scope_kind()) in ('commerce', 'industry', 'group') and channel_id = (select scope_channel())
	or (select scope_kind()) = 'enterprise' and enterprise_id = (select scope_enterprise())
);
create policy annual_report_owed on annual_report for insert with check ((select scope_kind()) in ('system', 'mofcom', 'miit'));

-- That a draft exists and how far it is, the channel may know; what stands in it, only the enterprise.
alter table annual_report_draft enable row level security, force row level security;
create policy annual_report_draft_seen on annual_report_draft for select using (
	exists (select from annual_report r where r.id = annual_report_draft.report_id));
create policy annual_report_draft_kept on annual_report_draft for all
	using ((select scope_kind()) = 'system' or (select scope_kind()) = 'enterprise' and exists (select from annual_report r where r.id = annual_report_draft.report_id))
	with check ((select scope_kind()) = 'system' or (select scope_kind()) = 'enterprise' and exists (select from annual_report r where r.id = annual_report_draft.report_id));

alter table draft_answer enable row level security, force row level security;
create policy draft_answer_kept on draft_answer for all
	using ((select scope_kind()) = 'system' or (select scope_kind()) = 'enterprise' and exists (select from annual_report r where r.id = draft_answer.report_id))
	with check ((select scope_kind()) = 'system' or (select scope_kind()) = 'enterprise' and exists (select from annual_report r where r.id = draft_answer.report_id));

-- The ministries see a version once it was forwarded to them: it comes through the channel (方案第十一条).
alter table annual_report_version enable row level security, force row level security;
create policy annual_report_version_seen on annual_report_version for select using (
	(select scope_kind()) = 'system'
	or (select scope_kind()) in ('mofcom', 'miit') and forwarded_at is not null
	or (select scope_kind()) in ('commerce', 'industry', 'group', 'enterprise') and exists (select from annual_report r where r.id = annual_report_version.report_id)
);
create policy annual_report_version_added on annual_report_version for insert with check (
	(select scope_kind()) = 'system' or (select scope_kind()) = 'enterprise' and exists (select from annual_report r where r.id = annual_report_version.report_id));
create policy annual_report_version_forwarded on annual_report_version for update using (
	(select scope_kind()) = 'system' or (select scope_kind()) in ('commerce', 'industry', 'group') and exists (select from annual_report r where r.id = annual_report_version.report_id));

alter table annual_figure enable row level security, force row level security;
create policy annual_figure_seen on annual_figure for select using (
	exists (select from annual_report_version v where v.report_id = annual_figure.report_id and v.no = annual_figure.version_no));
create policy annual_figure_added on annual_figure for insert with check (
	(select scope_kind()) = 'system' or (select scope_kind()) = 'enterprise' and exists (select from annual_report r where r.id = annual_figure.report_id));

alter table attachment enable row level security, force row level security;
create policy attachment_seen on attachment for select using (exists (select from annual_report r where r.id = attachment.report_id));
create policy attachment_kept on attachment for all
	using ((select scope_kind()) = 'system' or (select scope_kind()) = 'enterprise' and exists (select from annual_report r where r.id = attachment.report_id))
	with check ((select scope_kind()) = 'system' or (select scope_kind()) = 'enterprise' and exists (select from annual_report r where r.id = attachment.report_id));

alter table opinion enable row level security, force row level security;
create policy opinion_seen on opinion for select using (exists (select from annual_report r where r.id = opinion.report_id));
create policy opinion_kept on opinion for all
	using ((select scope_kind()) = 'system' or department = (select scope_kind()) and exists (select from annual_report r where r.id = opinion.report_id))
	with check ((select scope_kind()) = 'system' or department = (select scope_kind()) and exists (select from annual_report r where r.id = opinion.report_id));

alter table report_return enable row level security, force row level security;
create policy report_return_seen on report_return for select using (exists (select from annual_report r where r.id = report_return.report_id));
create policy report_return_made on report_return for insert with check (
	(select scope_kind()) = 'system' or returned_by = (select scope_kind()) and exists (select from annual_report r where r.id = report_return.report_id));
create policy report_return_moved on report_return for update using (
	(select scope_kind()) = 'system'
	or returned_by = (select scope_kind()) and exists (select from annual_report r where r.id = report_return.report_id)
	or (select scope_kind()) = 'enterprise' and exists (select from annual_report r where r.id = report_return.report_id));

alter table return_comment enable row level security, force row level security;
create policy return_comment_seen on return_comment for select using (exists (select from report_return t where t.id = return_comment.return_id));
create policy return_comment_made on return_comment for insert with check (
	exists (select from report_return t where t.id = return_comment.return_id and ((select scope_kind()) = 'system' or t.returned_by = (select scope_kind()))));
create policy return_comment_answered on return_comment for update using (
	(select scope_kind()) in ('system', 'enterprise') and exists (select from report_return t where t.id = return_comment.return_id));

alter table explanation_review enable row level security, force row level security;
create policy explanation_review_seen on explanation_review for select using (exists (select from annual_report r where r.id = explanation_review.report_id));
create policy explanation_review_kept on explanation_review for all
	using ((select scope_kind()) = 'system' or reviewer = (select scope_kind()) and exists (select from annual_report r where r.id = explanation_review.report_id))
	with check ((select scope_kind()) = 'system' or reviewer = (select scope_kind()) and exists (select from annual_report r where r.id = explanation_review.report_id));

alter table forwarding enable row level security, force row level security;
create policy forwarding_seen on forwarding for select using (
	(select scope_kind()) in ('system', 'mofcom', 'miit')
	or (select scope_kind()) in ('commerce', 'industry', 'group') and channel_id = (select scope_channel())
	or (select scope_kind()) = 'enterprise' and exists (
		select from forwarding_item i join annual_report r on r.id = i.report_id where i.forwarding_id = forwarding.id));
create policy forwarding_made on forwarding for insert with check (
	(select scope_kind()) = 'system' or (select scope_kind()) in ('commerce', 'industry', 'group') and channel_id = (select scope_channel()));

alter table forwarding_item enable row level security, force row level security;
create policy forwarding_item_seen on forwarding_item for select using (exists (select from annual_report r where r.id = forwarding_item.report_id));
create policy forwarding_item_made on forwarding_item for insert with check (
	(select scope_kind()) = 'system' or (select scope_kind()) in ('commerce', 'industry', 'group') and exists (select from annual_report r where r.id = forwarding_item.report_id));

alter table reception enable row level security, force row level security;
create policy reception_seen on reception for select using (exists (select from annual_report r where r.id = reception.report_id));
create policy reception_made on reception for insert with check ((select scope_kind()) = 'system' or ministry = (select scope_kind()));

alter table report_event enable row level security, force row level security;
create policy report_event_seen on report_event for select using (exists (select from annual_report r where r.id = report_event.report_id));
create policy report_event_added on report_event for insert with check (exists (select from annual_report r where r.id = report_event.report_id));

alter table channel_year enable row level security, force row level security;
create policy channel_year_seen on channel_year for select using (
	(select scope_kind()) in ('system', 'mofcom', 'miit')
	or (select scope_kind()) in ('commerce', 'industry', 'group') and channel_id = (select scope_channel())
	or (select scope_kind()) = 'enterprise' and exists (select from annual_report r where r.channel_id = channel_year.channel_id and r.year = channel_year.year));
create policy channel_year_kept on channel_year for all
	using ((select scope_kind()) = 'system' or (select scope_kind()) in ('commerce', 'industry', 'group') and channel_id = (select scope_channel()))
	with check ((select scope_kind()) = 'system' or (select scope_kind()) in ('commerce', 'industry', 'group') and channel_id = (select scope_channel()));

alter table cohort_import enable row level security, force row level security;
create policy cohort_import_kept on cohort_import for all
	using ((select scope_kind()) in ('system', 'mofcom', 'miit'))
	with check ((select scope_kind()) in ('system', 'mofcom', 'miit'));

alter table mail enable row level security, force row level security;
create policy mail_read on mail for select using ((select scope_kind()) = 'system' or person_id = (select scope_person()));
create policy mail_kept on mail for all using ((select scope_kind()) = 'system') with check ((select scope_kind()) <> 'public');

-- Reference data that everybody reads; written by the ministries (or by the seed).
alter table policy enable row level security, force row level security;
create policy policy_read on policy for select using (true);
create policy policy_made on policy for insert with check ((select scope_kind()) in ('system', 'mofcom', 'miit'));
alter table reporting_year enable row level security, force row level security;
create policy reporting_year_read on reporting_year for select using (true);
create policy reporting_year_kept on reporting_year for all
	using ((select scope_kind()) in ('system', 'mofcom', 'miit')) with check ((select scope_kind()) in ('system', 'mofcom', 'miit'));
alter table reporting_year_closing enable row level security, force row level security;
create policy reporting_year_closing_read on reporting_year_closing for select using (true);
create policy reporting_year_closing_made on reporting_year_closing for insert
	with check ((select scope_kind()) = 'system' or ministry = (select scope_kind()));
create policy reporting_year_closing_withdrawn on reporting_year_closing for delete
	using ((select scope_kind()) = 'system' or ministry = (select scope_kind()));

grant select on policy, reporting_year, reporting_year_closing, channel_year, annual_report, annual_report_draft, draft_answer, annual_report_version,
	annual_figure, attachment, opinion, report_return, return_comment, explanation_review, forwarding, forwarding_item, reception, report_event,
	cohort_import, mail to keyent_app;
grant insert on policy, reporting_year, reporting_year_closing, channel_year, annual_report, annual_report_draft, draft_answer, annual_report_version,
	annual_figure, attachment, opinion, report_return, return_comment, explanation_review, forwarding, forwarding_item, reception, report_event,
	cohort_import, mail to keyent_app;
grant update on reporting_year, channel_year, annual_report, annual_report_draft, draft_answer, attachment, opinion, report_return, return_comment,
	explanation_review, cohort_import, mail to keyent_app;
grant update (forwarded_at) on annual_report_version to keyent_app;
grant delete on annual_report_draft, draft_answer, reporting_year_closing, explanation_review to keyent_app;
