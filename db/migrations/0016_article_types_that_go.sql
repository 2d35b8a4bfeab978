-- An article type may be deleted, once no article has it any more.
alter table content.items
    drop constraint items_check1,
    add constraint items_article_types check (resource <> 'articleType' or (publication_status in ('published', 'deleted') and embargo_until is null and expires_at is null));
