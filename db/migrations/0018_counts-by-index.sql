-- The lists and the overview of the ministries read the kept counts of a whole year: from an index alone, in the order of the list's tabs, not row by row.
create index report_tally_counted on report_tally (year, court, cohort_year) include (category, channel_id, state, awaits, n);

-- The curves by category, cohort and channel: the old index held the counts but not what they are of.
drop index report_flow_of_year;
create index report_flow_of_year on report_flow (year, kind, on_day) include (channel_id, category, cohort_year, extension_on, n);

-- A channel's board compares its own days over three years: without this it would read everybody's.
create index report_flow_of_channel on report_flow (channel_id, year, kind, on_day) include (category, cohort_year, n);
