-- What the timetable has done. A job runs once per key, whoever asks and however often: the claim is a row.
create table job_run (
	job text not null,
	run_key text not null,
	claimed_by text not null,
	started_at timestamptz not null default app_now(),
	-- on the clock of the wall, not of a rehearsal: how long a claim may stay silent
	claimed_at timestamptz not null default clock_timestamp(),
	attempts integer not null default 1,
	finished_at timestamptz,
	outcome jsonb,
	error text,
	primary key (job, run_key)
);
create index job_run_latest on job_run (started_at desc);

alter table job_run enable row level security, force row level security;
create policy job_run_kept on job_run for all using ((select scope_kind()) = 'system') with check ((select scope_kind()) = 'system');
create policy job_run_seen on job_run for select using ((select scope_kind()) in ('mofcom', 'miit', 'administration'));
grant select, insert, update on job_run to keyent_app;
