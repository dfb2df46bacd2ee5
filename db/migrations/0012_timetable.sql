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

-- Sessions nobody can use any more, and links that ran out. The application reaches credentials through functions alone (0005).
create function session_sweep(given_at timestamptz, only_count boolean) returns integer
	language plpgsql volatile security definer set search_path = public, pg_temp
	as $$
	declare
		gone integer;
	begin
		if scope_kind() is distinct from 'system' then
			raise exception 'sessions are swept by the timetable alone' using errcode = 'insufficient_privilege';
		end if;
		if only_count then
			select count(*) into gone from auth.session s where s."expiresAt" <= given_at or s."touchedAt" <= given_at - interval '30 minutes';
			return gone;
		end if;
		delete from auth.session s where s."expiresAt" <= given_at or s."touchedAt" <= given_at - interval '30 minutes';
		get diagnostics gone = row_count;
		delete from auth.verification v where v."expiresAt" <= given_at;
		return gone;
	end
	$$;
revoke execute on function session_sweep(timestamptz, boolean) from public;
grant execute on function session_sweep(timestamptz, boolean) to keyent_app;
