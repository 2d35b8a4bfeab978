-- Everything that the public login may read.
grant select on all tables in schema delivery to content_reader;
