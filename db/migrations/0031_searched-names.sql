-- Names and codes are searched without what says nothing between their characters (domain/enterprise-search.ts). Comparing every name anew cost a list of
-- fifty thousand enterprises more than a second for each search; as it is compared, a name is kept beside itself. The signs passed over are those of the
-- rule; a test holds the two together.
create function searched_text(said text) returns text language sql immutable parallel safe
	return translate(lower(normalize(said, nfkc)), U&'\0020\0009\000A\000D\002D\2010\2011\2012\2013\2014\2015\2212\0027\0022\0060\00B4\2018\2019\201C\201D\00AB\00BB\00AD\180E\200B\200C\200D\200E\200F\2028\2029\202A\202B\202C\202D\202E\2060\2066\2067\2068\2069\FEFF', '');

alter table enterprise add column searched_names text collate "C" not null
	generated always as (searched_text(name || '|' || replace(former_names, chr(10), '|'))) stored;
alter table annual_report add column searched_name text collate "C" not null generated always as (searched_text(enterprise_name)) stored;
comment on column enterprise.searched_names is 'The names now and before as a search compares them';
comment on column annual_report.searched_name is 'The name of that year as a search compares it';
