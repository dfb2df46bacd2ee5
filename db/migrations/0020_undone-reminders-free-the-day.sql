-- A reminder that was taken back never left: it does not spend the step of its recipient. The row stays on record, the next one stands beside it.
alter table reminder drop constraint reminder_once;
create unique index reminder_once on reminder (report_id, step, party_due_on, recipient_key) where problem is distinct from 'undone';
