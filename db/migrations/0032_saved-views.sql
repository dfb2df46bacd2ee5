-- A list as somebody looks at it (filters, order, columns) is its address; kept under a name it is found again, and the office may have it too.
-- Only the address is kept, never what it shows: whoever opens it sees what is theirs to see.
create table saved_view (
	id bigint generated always as identity primary key,
	org_id bigint not null references organisation (id),
	person_id text not null references person (id),
	person_name text not null,
	-- the path of the list, and its query as the browser writes it: with its question mark, or nothing
	page text not null,
	query text not null,
	name text not null,
	shared boolean not null default false,
	saved_at timestamptz not null default app_now(),
	constraint saved_view_name_once unique (org_id, person_id, page, name),
	constraint saved_view_named check (btrim(name) = name and name <> '' and length(name) <= 40),
	constraint saved_view_of_page check (page ~ '^(/[a-z][a-z-]*)+$' and length(page) <= 100),
	constraint saved_view_query_bound check (query ~ '^(\?.+)?$' and length(query) <= 2000)
);
create index saved_view_shared on saved_view (org_id, page) where shared;

-- The office's own: whoever saved it, and the others of the office what is shared with them. An approver takes away what somebody who left has shared.
alter table saved_view enable row level security, force row level security;
create policy saved_view_seen on saved_view for select using (
	(select scope_kind()) = 'system' or org_id = (select scope_org()) and (shared or person_id = (select scope_person())));
create policy saved_view_added on saved_view for insert with check (
	(select scope_kind()) = 'system' or org_id = (select scope_org()) and person_id = (select scope_person()));
create policy saved_view_changed on saved_view for update
	using ((select scope_kind()) = 'system' or org_id = (select scope_org()) and person_id = (select scope_person()))
	with check ((select scope_kind()) = 'system' or org_id = (select scope_org()) and person_id = (select scope_person()));
create policy saved_view_removed on saved_view for delete using (
	(select scope_kind()) = 'system' or org_id = (select scope_org()) and (shared or person_id = (select scope_person())));
grant select, insert, delete on saved_view to keyent_app;
grant update (name, shared) on saved_view to keyent_app;
