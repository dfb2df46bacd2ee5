-- The list of frozen views asks of each what has become of it: the question is read without the pictures, which are most of a document.
alter table frozen_view add column asked jsonb not null generated always as ((document::jsonb) - 'parts') stored;
create index annual_report_version_forwarded on annual_report_version (forwarded_at) where forwarded_at is not null;
-- A place in the list, as every list has one: the code of a view is no order.
alter table frozen_view add column no bigint generated always as identity;
create unique index frozen_view_no on frozen_view (no);
drop index frozen_view_in_order;
create index frozen_view_in_order on frozen_view (frozen_at desc, no desc);
