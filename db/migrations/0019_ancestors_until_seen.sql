-- That a topic stands above another is forgotten when a commit has seen it go, and not with the row: else what is on the topics below would keep the
-- key of the one above, and be found under it when that comes back.
alter table content.topic_ancestors drop constraint topic_ancestors_ancestor_id_fkey;
