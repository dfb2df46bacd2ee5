-- Views of the page of a metric: the names of metrics have underscores.

alter table saved_view drop constraint saved_view_of_page;
alter table saved_view add constraint saved_view_of_page check (page ~ '^(/[a-z][a-z_-]*)+$' and length(page) <= 100);
