-- GET /v1/pages

select current_setting('content.session', true); select p.item_id, p.id, p.title from   delivery.pages p
where  true
and    true

-- Another round trip.

select current_setting('content.session', true); select p.item_id, p.id, p.slug, p.updated_at, p.title, p.summary, p.language, p.image, p.seo, p.toc, p.ancestor_ids, p.ancestor_slugs, p.ancestor_titles, p.shown_status from delivery.pages p where p.item_id = any(@numbers)
