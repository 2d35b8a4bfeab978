-- Rows have no order but the one a statement asks for: where several are alike, which come first is said.

-- As before; of words that are as similar as the fiftieth, those first in the alphabet.
do $$
declare
    of_trigrams constant text := (select quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm');
begin
    execute format($f$
        create or replace function delivery.similar_words(word text) returns table (word text, items integer) language sql stable rows 50 as $b$
            select w.word, w.items from delivery.words w where w.word operator(%1$s.%%) $1 order by %1$s.similarity(w.word, $1) desc, w.word limit 50
        $b$ $f$, of_trigrams);
end $$;

-- As before, with the slug that the item has now: several that have others now may have had the same.
create or replace view delivery.addresses as
select i.resource, i.slug, i.item_id, true as current, i.slug as current_slug from content.visible_items i
union all
select d.resource, d.slug, i.item_id, false, i.slug
from   delivery.departures d
join   content.visible_items i on i.resource = d.resource and i.slug = d.successor_slug;
