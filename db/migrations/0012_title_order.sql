-- Titles and names are sorted outside the database, by the rules of the site's language. The lists in memory read the title.
alter table content.listing rename column title_sort to title;
alter table content.listing_next rename column title_sort to title;
update content.listing l set title = a.title from content.articles a where a.item_id = l.item_id and a.title <> l.title;

alter table content.articles drop column title_sort;
alter table content.pages drop column title_sort;
alter table content.topics drop column name_sort;
alter table content.experts drop column name_sort;
