-- Append-only, one hash chain per organisation; the application may call journal_write and read, nothing else.

create table journal (
	org_id bigint not null, -- 0: the system itself (timetable, start)
	seq bigint not null,
	at timestamptz not null,
	person_id text,
	person_name text,
	address text,
	request_id text,
	act text not null,
	object_kind text not null,
	object_id text not null,
	article text,
	before jsonb,
	after jsonb,
	prev_hash bytea not null,
	hash bytea not null,
	primary key (org_id, seq)
);
create index journal_of_object on journal (object_kind, object_id, at);
create index journal_at on journal (at desc, org_id, seq);

create table journal_head (
	org_id bigint primary key,
	seq bigint not null,
	hash bytea not null
);

create trigger journal_immutable before update or delete on journal for each row execute function refuse_change();
create trigger journal_not_truncated before truncate on journal for each statement execute function refuse_change();

create function journal_hash(j journal) returns bytea
	language sql stable
	as $$
		select sha256(j.prev_hash || convert_to(jsonb_build_array(
			j.org_id, j.seq, to_char(j.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
			j.person_id, j.person_name, j.address, j.request_id,
			j.act, j.object_kind, j.object_id, j.article, j.before, j.after)::text, 'UTF8'))
	$$;

create function journal_write(act text, object_kind text, object_id text, article text, before jsonb, after jsonb) returns void
	language plpgsql security definer set search_path = public, pg_temp
	as $$
	declare
		org bigint := case when scope_kind() = 'system' then 0 else scope_org() end;
		head journal_head;
		entry journal;
	begin
		if org is null then
			raise exception 'an act without an actor cannot be recorded' using errcode = 'insufficient_privilege';
		end if;
		insert into journal_head values (org, 0, '\x') on conflict do nothing;
		select * into head from journal_head h where h.org_id = org for update;
		entry.org_id := org;
		entry.seq := head.seq + 1;
		entry.at := app_now();
		entry.person_id := scope_person();
		entry.person_name := nullif(current_setting('app.person_name', true), '');
		entry.address := nullif(current_setting('app.address', true), '');
		entry.request_id := nullif(current_setting('app.request_id', true), '');
		entry.act := journal_write.act;
		entry.object_kind := journal_write.object_kind;
		entry.object_id := journal_write.object_id;
		entry.article := journal_write.article;
		entry.before := journal_write.before;
		entry.after := journal_write.after;
		entry.prev_hash := head.hash;
		entry.hash := journal_hash(entry);
		insert into journal values (entry.*);
		update journal_head h set seq = entry.seq, hash = entry.hash where h.org_id = org;
	end
	$$;

-- The first broken link of each chain, or the chain's end where all links hold.
create function journal_verify() returns table (org_id bigint, entries bigint, broken_seq bigint, reason text)
	language sql stable security invoker
	as $$
		with link as (
			select j.org_id, j.seq, j.hash = journal_hash(j) as own_ok,
				j.prev_hash = coalesce(lag(j.hash) over w, '\x') as prev_ok,
				j.seq = coalesce(lag(j.seq) over w, 0) + 1 as seq_ok,
				j.hash
			from journal j
			window w as (partition by j.org_id order by j.seq)
		), chain as (
			select l.org_id, count(*) as entries,
				min(l.seq) filter (where not (own_ok and prev_ok and seq_ok)) as broken_seq,
				max(l.seq) as last_seq
			from link l group by l.org_id
		)
		select h.org_id, coalesce(c.entries, 0),
			case
				when c.broken_seq is not null then c.broken_seq
				when coalesce(c.last_seq, 0) <> h.seq then coalesce(c.last_seq, 0) + 1
				when l.hash is distinct from h.hash and h.seq > 0 then h.seq
			end,
			case
				when c.broken_seq is not null then 'link'
				when coalesce(c.last_seq, 0) <> h.seq then 'end_missing'
				when l.hash is distinct from h.hash and h.seq > 0 then 'head'
			end
		from journal_head h
		left join chain c on c.org_id = h.org_id
		left join link l on l.org_id = h.org_id and l.seq = h.seq
		order by h.org_id
	$$;

alter table journal enable row level security, force row level security;
alter table journal_head enable row level security, force row level security;

create policy journal_read on journal for select using ((select scope_kind()) in ('audit', 'system'));
create policy journal_added on journal for insert with check (org_id = case when (select scope_kind()) = 'system' then 0 else (select scope_org()) end);
create policy journal_head_read on journal_head for select using ((select scope_kind()) in ('audit', 'system') or org_id = (select scope_org()));
create policy journal_head_added on journal_head for insert with check (org_id = case when (select scope_kind()) = 'system' then 0 else (select scope_org()) end);
create policy journal_head_moved on journal_head for update using (org_id = case when (select scope_kind()) = 'system' then 0 else (select scope_org()) end);

grant select on journal, journal_head to keyent_app;
revoke execute on function journal_write(text, text, text, text, jsonb, jsonb) from public;
grant execute on function journal_write(text, text, text, text, jsonb, jsonb) to keyent_app;
