-- The number that an institution gives a report, and the identifier of a person in the registry of orcid.org.
alter table content.articles add column report_number text;
alter table content.experts add column orcid text;
