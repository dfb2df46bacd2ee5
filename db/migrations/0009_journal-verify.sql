-- A chain whose head was taken away must not pass for a chain that does not exist.
create or replace function journal_verify() returns table (org_id bigint, entries bigint, broken_seq bigint, reason text)
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
		select coalesce(h.org_id, c.org_id), coalesce(c.entries, 0),
			case
				when c.broken_seq is not null then c.broken_seq
				when h.org_id is null then 1
				when coalesce(c.last_seq, 0) <> h.seq then coalesce(c.last_seq, 0) + 1
				when l.hash is distinct from h.hash and h.seq > 0 then h.seq
			end,
			case
				when c.broken_seq is not null then 'link'
				when h.org_id is null then 'head_missing'
				when coalesce(c.last_seq, 0) <> h.seq then 'end_missing'
				when l.hash is distinct from h.hash and h.seq > 0 then 'head'
			end
		from journal_head h
		full join chain c on c.org_id = h.org_id
		left join link l on l.org_id = h.org_id and l.seq = h.seq
		order by 1
	$$;
