-- The application's roles own nothing; whoever runs the migrations owns everything.
-- Works without superuser: CREATEROLE is enough, and roles made beforehand by an administrator are taken as they are.
do $$
declare
	name text;
begin
	foreach name in array array['keyent_app', 'keyent_auth'] loop
		begin
			execute format('create role %I nologin', name);
		exception when duplicate_object or unique_violation then
			null; -- roles belong to the whole server: another database of it made this one
		end;
		if not pg_has_role(current_user, name, 'member') or not (select rolsuper from pg_roles where rolname = current_user) then
			begin
				execute format('grant %I to %I', name, current_user);
			exception when invalid_grant_operation or insufficient_privilege then
				if not pg_has_role(current_user, name, 'member') then
					raise exception 'role % exists, but % is not a member of it: ask an administrator to grant it', name, current_user;
				end if;
			end;
		end if;
	end loop;
end
$$;

grant usage on schema public to keyent_app;

create collation if not exists zh (provider = icu, locale = 'zh-CN');

-- Who acts. The door sets these for one transaction; outside it they are empty, and an empty scope sees nothing.

create function scope_kind() returns text
	language sql stable parallel safe
	as $$
		select case
			when coalesce(current_setting('app.system_reason', true), '') <> '' then 'system'
			else nullif(current_setting('app.org_kind', true), '')
		end
	$$;

create function scope_org() returns bigint
	language sql stable parallel safe
	as $$ select nullif(current_setting('app.org_id', true), '')::bigint $$;

create function scope_person() returns text
	language sql stable parallel safe
	as $$ select nullif(current_setting('app.person_id', true), '') $$;

create function scope_channel() returns text
	language sql stable parallel safe
	as $$ select nullif(current_setting('app.channel_id', true), '') $$;

create function scope_enterprise() returns bigint
	language sql stable parallel safe
	as $$ select nullif(current_setting('app.enterprise_id', true), '')::bigint $$;

-- The one clock of everything that is judged or recorded. The offset is only ever set by a rehearsal (APP_NOW).
create function app_now() returns timestamptz
	language sql volatile parallel safe
	as $$
		select clock_timestamp()
			+ coalesce(nullif(current_setting('app.clock_offset_ms', true), '')::bigint, 0) * interval '1 millisecond'
	$$;

create function refuse_change() returns trigger
	language plpgsql
	as $$
	begin
		raise exception '% of % is refused: what was recorded stays', lower(tg_op), tg_table_name
			using errcode = 'integrity_constraint_violation', constraint = tg_table_name || '_is_immutable';
	end
	$$;
