-- All that the public's login can read.
grant select on all tables in schema delivery to content_reader;
