-- Reminding whoever holds the report (domain.md 4; 非方案规定): the policy as versioned data, what was planned for whom, and what became of it.

create table reminder_policy (
	version integer primary key,
	valid_from_on date not null,
	content jsonb not null,
	made_by text not null,
	made_by_name text not null,
	made_at timestamptz not null default app_now(),
	constraint reminder_policy_counts_from_one check (version >= 1)
);
create trigger reminder_policy_immutable before update or delete on reminder_policy for each row execute function refuse_change();

-- One press of a button that reminds many. For half a minute it can be taken back.
create table reminder_batch (
	id bigint generated always as identity primary key,
	year integer not null references reporting_year (year),
	-- whose enterprises are reminded; null where a ministry reminds channels
	channel_id text references channel (id),
	org_kind text not null,
	person_id text not null,
	person_name text not null,
	made_at timestamptz not null default app_now(),
	undo_until timestamptz not null,
	undone_at timestamptz,
	remark text,
	constraint reminder_batch_by_office check (org_kind in ('commerce', 'industry', 'group', 'mofcom', 'miit')),
	constraint reminder_batch_undone_in_time check (undone_at <= undo_until)
);
create index reminder_batch_of_channel on reminder_batch (channel_id, made_at desc);

-- One row per report, step and recipient: the constraint is what makes a step reach nobody twice.
create table reminder (
	id bigint generated always as identity primary key,
	report_id bigint not null references annual_report (id),
	audience text not null,
	step text not null,
	party_due_on date not null,
	court text not null,
	-- a person's id, or contact:<address> for a contact without an account
	recipient_key text not null,
	person_id text references person (id),
	recipient_name text not null,
	to_address text not null,
	batch_id bigint references reminder_batch (id),
	mail_id bigint references mail (id),
	planned_at timestamptz not null default app_now(),
	delivery text not null,
	delivery_at timestamptz not null default app_now(),
	problem text,
	constraint reminder_once unique (report_id, step, party_due_on, recipient_key),
	constraint reminder_audience_known check (audience in ('enterprise', 'commerce', 'industry', 'group')),
	constraint reminder_step_shape check (step ~ '^(open|T[+-]?[0-9]+|idle\+[0-9]+|hand:[0-9]{4}-[0-9]{2}-[0-9]{2})$'),
	constraint reminder_delivery_known check (delivery in ('queued', 'kept', 'sent', 'retrying', 'failed', 'bounced', 'dropped'))
);
create index reminder_of_report on reminder (report_id, planned_at desc);
create index reminder_of_mail on reminder (mail_id);
create index reminder_of_batch on reminder (batch_id);

-- Mail: when it may go at the earliest, who is sending it now, a calendar entry beside it, and the two ends beside sent and failed.
alter table mail
	add column not_before timestamptz,
	-- wall clock: a claim that stayed silent may be taken over
	add column claimed_until timestamptz,
	add column next_attempt_at timestamptz,
	add column ics text,
	add column dropped_because text,
	drop constraint mail_state_known,
	drop constraint mail_one_plain_address,
	add constraint mail_one_plain_address check (to_address ~ '^[^[:space:][:cntrl:],;:<>"()@]+@[^[:space:][:cntrl:],;:<>"()@]+$' and length(to_address) <= 254),
	add constraint mail_state_known check (state in ('queued', 'sent', 'failed', 'kept', 'bounced', 'dropped')),
	add constraint mail_dropped_says_why check ((state = 'dropped') = (dropped_because is not null));
alter table mail add column digest boolean not null default false;
comment on column mail.digest is 'a summary that its reader may switch off; statutory reminders never are';
alter table person add column digests boolean not null default true;
drop index mail_waiting;
create index mail_waiting on mail (coalesce(next_attempt_at, queued_at)) where state = 'queued';

alter table reminder_policy enable row level security, force row level security;
create policy reminder_policy_read on reminder_policy for select using (true);
create policy reminder_policy_made on reminder_policy for insert with check ((select scope_kind()) in ('system', 'mofcom', 'miit'));

alter table reminder_batch enable row level security, force row level security;
create policy reminder_batch_kept on reminder_batch for all
	using ((select scope_kind()) in ('system', 'mofcom', 'miit') or (select scope_kind()) in ('commerce', 'industry', 'group') and channel_id = (select scope_channel()))
	with check ((select scope_kind()) = 'system' or org_kind = (select scope_kind()) and ((select scope_kind()) in ('mofcom', 'miit') or channel_id = (select scope_channel())));

-- The log is seen by both sides: an enterprise sees what went to it, an office what went out about its reports.
alter table reminder enable row level security, force row level security;
create policy reminder_seen on reminder for select using (
	((select scope_kind()) <> 'enterprise' or audience = 'enterprise') and exists (select from annual_report r where r.id = reminder.report_id));
create policy reminder_planned on reminder for insert with check (
	(select scope_kind()) in ('system', 'mofcom', 'miit', 'commerce', 'industry', 'group') and exists (select from annual_report r where r.id = reminder.report_id));
create policy reminder_delivered on reminder for update using (
	(select scope_kind()) in ('system', 'mofcom', 'miit', 'commerce', 'industry', 'group') and exists (select from annual_report r where r.id = reminder.report_id));

grant select, insert on reminder_policy, reminder_batch, reminder to keyent_app;
-- Numbers of mails are drawn before they are written: who may write a mail to somebody else may not read it back.
grant usage on sequence mail_id_seq to keyent_app;
grant update (undone_at) on reminder_batch to keyent_app;
grant update (mail_id, delivery, delivery_at, problem) on reminder to keyent_app;

-- Undoing a batch drops mails of other people, which only the system may touch: the one way to them, for this one purpose.
create function drop_batch_mail(given_batch bigint) returns integer
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	declare
		said_before text := coalesce(current_setting('app.system_reason', true), '');
		gone integer;
	begin
		if not exists (select from reminder_batch b where b.id = given_batch and b.undone_at is not null) then
			raise exception 'the batch was not undone' using errcode = 'integrity_constraint_violation', constraint = 'drop_after_undo';
		end if;
		perform set_config('app.system_reason', 'reminders undone', true);
		update mail m set state = 'dropped', dropped_because = 'undone', claimed_until = null
		where m.id in (select r.mail_id from reminder r where r.batch_id = given_batch) and m.state in ('queued', 'kept');
		get diagnostics gone = row_count;
		perform set_config('app.system_reason', said_before, true);
		return gone;
	end
	$$;
revoke execute on function drop_batch_mail(bigint) from public;
grant execute on function drop_batch_mail(bigint) to keyent_app;
