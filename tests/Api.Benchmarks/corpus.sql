-- A corpus shaped like a large policy site: 711 topics three levels deep, 480 experts, 200 outlets, and articles over 25
-- years whose topics, experts, types and words follow the usual long tail. Run by the benchmarks, 10,000 articles a commit.

-- 50,000 invented words, the low ones common: the first is in nearly every article, the hundredth in one of fifteen, the last in a few hundred of a million.
create table corpus_words as
select n, substr(translate(md5(n::text), '0123456789', 'aeioubcdst'), 1, 4 + n % 6) as word from generate_series(1, 50000) n;

analyze corpus_words;

-- Bodies are put together from 20,000 sentences of twelve words.
create table corpus_sentences as
with words as materialized (select array_agg(word order by n) as a from corpus_words)
select s, t.sentence
from   generate_series(1, 20000) s
cross join words
cross join lateral (select string_agg(words.a[1 + floor(50000 * power(random(), 4))::int], ' ' order by n) || '. ' as sentence
                    from   generate_series(1, 12) n where s > 0) t;

analyze corpus_sentences;

create function corpus_topics() returns void language sql as $$
    insert into content.items (id, resource, slug, updated_at)
    select md5('topic' || n)::uuid, 'topic', 'topic-' || n, '2020-01-01' from generate_series(1, 711) n;
    insert into content.topics (item_id, name, kind, parent_id)
    select i.item_id, 'Topic ' || lpad(n::text, 4, '0'),
           case when n <= 11 then 'region' when n <= 211 then 'country' else 'issue' end,
           case when n > 11 then (select item_id from content.items where resource = 'topic' and slug = 'topic-' ||
                                  case when n <= 211 then 1 + n % 11 else 12 + n % 200 end) end
    from   generate_series(1, 711) n join content.items i on i.resource = 'topic' and i.slug = 'topic-' || n;

    insert into content.items (id, resource, slug, updated_at)
    select md5('expert' || n)::uuid, 'expert', 'expert-' || n, '2020-01-01' from generate_series(1, 480) n;
    insert into content.experts (item_id, name, given_name, family_name, kind)
    select i.item_id, 'Given Family' || n, 'Given', 'Family' || n, 'staff'
    from   generate_series(1, 480) n join content.items i on i.resource = 'expert' and i.slug = 'expert-' || n;

    insert into content.items (id, resource, slug, updated_at)
    select md5('type' || t)::uuid, 'articleType', t, '2020-01-01'
    from   unnest('{op-ed,in-the-media,brief,explainer,report,q-and-a,press-release}'::text[]) t;
    insert into content.article_types (item_id, label, plural_label)
    select item_id, slug, slug from content.items where resource = 'articleType';
    insert into content.sources (slug, name) select 'source-' || n, 'Outlet ' || n from generate_series(1, 200) n;
$$;

create function corpus_articles(first integer, last integer, total integer) returns void language plpgsql as $$
begin
    perform setseed(first::double precision / total);
    -- Joined by number: to take one of many texts out of an array, all before it are gone through.
    create temp table made on commit drop as
    with picked as materialized (
        select n, k, 1 + floor(50000 * power(random(), 3))::int as word, 1 + floor(20000 * random())::int as sentence
        from   generate_series(first, last) n cross join generate_series(1, 11) k),
    texts as materialized (
        select p.n, string_agg(w.word, ' ' order by p.k) filter (where p.k <= 6) as title,
               string_agg(s.sentence, '' order by p.k) filter (where p.k <= 1) as summary,
               string_agg(s.sentence, '' order by p.k) as body
        from   picked p join corpus_words w on w.n = p.word join corpus_sentences s on s.s = p.sentence
        group  by p.n)
    select n, md5('article' || n)::uuid as id,
           timestamptz '2001-01-01' + (interval '25 years' * (n::double precision / total)) + interval '3 hours' * random() as at,
           (array[1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 7])[1 + floor(random() * 13)::int] as type,
           random() as r, random() as s, random() as t, x.title, x.summary, x.body
    from   texts x;

    insert into content.items (id, resource, slug, publication_status, published_at, updated_at)
    select id, 'article', 'article-' || n, case when r < 0.01 then 'draft' else 'published' end, at,
           at + interval '200 days' * power(random(), 8)
    from   made;

    insert into content.articles (item_id, type_id, title, summary, body_html, body_text, language, source_id, source_url,
                                  featured, word_count, reading_minutes)
    select i.item_id, y.item_id, m.title, m.summary, '<p>' || m.body || '</p>', m.body,
           (array['en', 'en', 'en', 'en', 'en', 'en', 'en', 'en', 'en-US', 'fr', 'es', 'zh'])[1 + floor(power(m.s, 2) * 12)::int],
           case when m.type = 2 then 1 + floor(200 * power(m.r, 3))::int end, case when m.type = 2 then 'https://example.org/' || m.n end,
           m.t < 0.002, 400, 2
    from   made m
    join   content.items i on i.id = m.id
    join   content.items y on y.resource = 'articleType'
           and y.slug = ('{op-ed,in-the-media,brief,explainer,report,q-and-a,press-release}'::text[])[m.type];

    insert into content.article_topics (article_id, topic_id, position)
    select i.item_id, t.item_id, min(k)
    from   made m
    cross join generate_series(1, 1 + floor(m.s * 4)::int) k
    cross join lateral (select 1 + floor(711 * power(random(), 2.2))::int as topic where k > 0) p
    join   content.items i on i.id = m.id
    join   content.items t on t.id = md5('topic' || p.topic)::uuid
    group  by i.item_id, t.item_id;
    update content.articles a
    set    primary_topic_id = (select l.topic_id from content.article_topics l where l.article_id = a.item_id order by l.position limit 1)
    from   made m join content.items i on i.id = m.id
    where  a.item_id = i.item_id;

    insert into content.article_experts (article_id, expert_id, role, position)
    select i.item_id, x.item_id, case when m.type = 2 then 'featured' when k = 3 then 'contributor' else 'author' end, min(k)
    from   made m
    cross join generate_series(1, floor(m.t * 3.3)::int) k
    cross join lateral (select 1 + floor(480 * power(random(), 2.5))::int as expert where k > 0) p
    join   content.items i on i.id = m.id
    join   content.items x on x.id = md5('expert' || p.expert)::uuid
    group  by i.item_id, x.item_id, 3;
end $$;

create procedure corpus(total integer) language plpgsql as $$
begin
    perform corpus_topics();
    commit;
    for n in 1 .. total by 10000 loop
        perform corpus_articles(n, least(n + 9999, total), total);
        commit;
    end loop;
end $$;
