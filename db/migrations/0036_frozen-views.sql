-- Frozen views (非方案规定): a page of trends as it was shown on a day, under a short code that never expires. Figures, pictures and filters are kept as one text;
-- how far they still hold is asked anew each time. The two ministries' alone: nobody else learns that there is one.
create table frozen_view (
	code text primary key,
	title text not null,
	-- the living page with its filters
	address text not null,
	document text not null,
	document_hash text not null,
	-- what it rested on: versions of the rules, how many statements, and when the latest of them was forwarded
	rules text[] not null,
	statements integer not null,
	latest_forwarded_at timestamptz,
	frozen_at timestamptz not null,
	by_kind text not null,
	person_id text not null,
	person_name text not null,
	constraint frozen_view_code_shape check (code ~ '^[a-hj-km-np-z2-9]{8}$'),
	constraint frozen_view_named check (btrim(title) <> '' and length(title) <= 300),
	constraint frozen_view_of_page check (address ~ '^/ministry/[a-z]' and length(address) <= 2000),
	constraint frozen_view_bound check (length(document) <= 4000000),
	constraint frozen_view_whole check (document_hash = encode(sha256(convert_to(document, 'UTF8')), 'hex')),
	constraint frozen_view_by_ministry check (by_kind in ('mofcom', 'miit'))
);
create index frozen_view_in_order on frozen_view (frozen_at desc, code);
create trigger frozen_view_immutable before update or delete on frozen_view for each row execute function refuse_change();

create table frozen_view_comment (
	id bigint generated always as identity primary key,
	code text not null references frozen_view (code),
	text text not null,
	by_kind text not null,
	person_id text not null,
	person_name text not null,
	at timestamptz not null,
	constraint frozen_view_comment_said check (btrim(text) <> '' and length(text) <= 1000),
	constraint frozen_view_comment_by_ministry check (by_kind in ('mofcom', 'miit'))
);
create index frozen_view_comment_of_view on frozen_view_comment (code, id);
create trigger frozen_view_comment_immutable before update or delete on frozen_view_comment for each row execute function refuse_change();

alter table frozen_view enable row level security, force row level security;
create policy frozen_view_seen on frozen_view for select using ((select scope_kind()) in ('system', 'mofcom', 'miit'));
create policy frozen_view_made on frozen_view for insert with check ((select scope_kind()) = 'system' or by_kind = (select scope_kind()));
alter table frozen_view_comment enable row level security, force row level security;
create policy frozen_view_comment_seen on frozen_view_comment for select using ((select scope_kind()) in ('system', 'mofcom', 'miit'));
create policy frozen_view_comment_made on frozen_view_comment for insert with check ((select scope_kind()) = 'system' or by_kind = (select scope_kind()));

grant select, insert on frozen_view, frozen_view_comment to keyent_app;
