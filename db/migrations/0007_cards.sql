-- A hash of what cards show of an article or event: changes that do not alter it leave cached answers with its card valid. Null: not known
-- yet; the next change of the item fills it.
alter table content.listing add column card uuid;
alter table content.listing_next add column card uuid;
alter table content.event_listing add column card uuid;
alter table content.listing_before add column card uuid;

comment on column content.changes.aspects is
'also any of: card, what cards show of an article or event changed; in2024, an article is or was published in this year (at most 14 hours off)';
