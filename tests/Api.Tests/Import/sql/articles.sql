insert into content.articles (item_id, type_id, title, subtitle, summary, body_html, body_text, toc, reading_minutes, word_count, language, primary_topic_id, source_id, source_url, canonical_url, image_id, files, corrections, seo, license_id, license_url, doi, report_number, featured)
select i.item_id, type_id_.target, s.title, s.subtitle, s.summary, s.body_html, s.body_text, s.toc, s.reading_minutes, s.word_count, s.language, primary_topic_id_.target, u.source_id, s.source_url, s.canonical_url, image_id_.image_id, s.files, s.corrections, s.seo, s.license_id, s.license_url, s.doi, s.report_number, s.featured
from   stage_articles s
join   stage_items i on i.line = s.line
left join stage_references type_id_ on type_id_.line = s.line and type_id_.member = 'type'
left join stage_references primary_topic_id_ on primary_topic_id_.line = s.line and primary_topic_id_.member = 'primaryTopic'
left join content.sources u on u.slug = s.source_slug
left join content.images image_id_ on image_id_.id = s.image
left join content.articles o on o.item_id = i.item_id
where  o.item_id is null
or     row (o.type_id, o.title, o.subtitle, o.summary, o.body_html, o.body_text, o.toc, o.reading_minutes, o.word_count, o.language, o.primary_topic_id, o.source_id, o.source_url, o.canonical_url, o.image_id, o.files, o.corrections, o.seo, o.license_id, o.license_url, o.doi, o.report_number, o.featured)
       is distinct from
       row (type_id_.target, s.title, s.subtitle, s.summary, s.body_html, s.body_text, s.toc, s.reading_minutes, s.word_count, s.language, primary_topic_id_.target, u.source_id, s.source_url, s.canonical_url, image_id_.image_id, s.files, s.corrections, s.seo, s.license_id, s.license_url, s.doi, s.report_number, s.featured)
on conflict (item_id) do update
set    type_id = excluded.type_id, title = excluded.title, subtitle = excluded.subtitle, summary = excluded.summary, body_html = excluded.body_html, body_text = excluded.body_text, toc = excluded.toc, reading_minutes = excluded.reading_minutes, word_count = excluded.word_count, language = excluded.language, primary_topic_id = excluded.primary_topic_id, source_id = excluded.source_id, source_url = excluded.source_url, canonical_url = excluded.canonical_url, image_id = excluded.image_id, files = excluded.files, corrections = excluded.corrections, seo = excluded.seo, license_id = excluded.license_id, license_url = excluded.license_url, doi = excluded.doi, report_number = excluded.report_number, featured = excluded.featured
returning item_id
