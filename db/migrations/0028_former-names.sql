-- An enterprise is found by the names it had (方案第十一条: each year's report keeps the name of its day). One name a line, the newest last; a
-- correction of a mistyped name is no former name.
alter table enterprise add column former_names text not null default '';
comment on column enterprise.former_names is 'Names before each recorded change of name, one a line; the lists mark them 原名';

alter table enterprise no force row level security;
alter table enterprise_event no force row level security;
update enterprise e set former_names = v.names
from (
	select enterprise_id, string_agg(before ->> 'name', chr(10) order by effective_on, id) as names
	from enterprise_event where kind = 'renamed' and before ->> 'name' is not null group by enterprise_id
) v
where v.enterprise_id = e.id;
alter table enterprise force row level security;
alter table enterprise_event force row level security;
