-- GET /v1/articles/a-longer-view

select current_setting('content.session', true); select a.item_id, a.id, a.slug, a.published_at, a.updated_at, a.version, a.type_id, a.title, a.subtitle, a.summary, a.language,
       a.primary_topic_id, a.source_id, a.source_url, a.canonical_url, a.image, a.files, a.corrections, a.seo, a.toc,
       a.reading_minutes, a.word_count, a.license_id, a.license_url, a.doi, a.report_number, a.featured, a.topic_ids, a.expert_ids, a.expert_roles,
       a.translation_languages, a.translation_ids, a.translation_slugs, a.shown_status, a.shown_embargo, a.body_html, a.body_text, (select reference_sequence from delivery.head) as reference_sequence
from   delivery.articles a
where  a.slug = @slug
