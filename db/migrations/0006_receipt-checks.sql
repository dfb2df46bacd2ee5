-- Anybody may ask whether a receipt is genuine, but not a million times: six characters of a hash could be guessed.
create table receipt_check (
	asker_hash text not null,
	since timestamptz not null,
	tried integer not null default 1,
	primary key (asker_hash, since)
);
comment on column receipt_check.asker_hash is 'hash of network address and window: no address is kept';
create index receipt_check_old on receipt_check (since);

alter table receipt_check enable row level security, force row level security;
create policy receipt_check_kept on receipt_check for all using ((select scope_kind()) = 'system') with check ((select scope_kind()) = 'system');

grant select, insert, update, delete on receipt_check to keyent_app;
