-- Unifies spellings of Arabic letters that are seldom distinguished, such as those with and without hamza, and removes vowel marks. Changes
-- letters only.
create function delivery.merge_similar_letters(t text) returns text language sql immutable strict parallel safe as $$
    select case when t ~ '[\u0600-\u06ff]' then translate(t, e'\u0622\u0623\u0625\u0671\u0649\u0629\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652', e'\u0627\u0627\u0627\u0627\u064a\u0647') else t end
$$;

-- The functions of the extension are called with their schema, as the search path of the public login does not include it.
do $$
declare
    of_unaccent constant text := (select quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'unaccent');
begin
    execute format($f$
        create function delivery.unaccented(t text) returns text language sql immutable strict parallel safe as $b$ select %1$s.unaccent('%1$s.unaccent'::regdictionary, t) $b$ $f$, of_unaccent);
end $$;

-- A text in the form that searches compare: without accents and in lower case. U.S. becomes us; each Chinese or Japanese character becomes
-- a word of its own. ASCII has no accents.
create function delivery.fold(t text) returns text language plpgsql immutable strict parallel safe as $$
begin
    if t = '' then
        return '';
    end if;
    if octet_length(t) <> length(t) then
        t := delivery.unaccented(delivery.merge_similar_letters(t));
    end if;
    t := regexp_replace(lower(t), '\m(\w)\.(?=\w\M)', '\1', 'g');
    t := regexp_replace(t, '[\u0001-\u001f\u0021-\u002f\u003a-\u0060\u007b-\u007f][\u0001-\u002f\u003a-\u0060\u007b-\u007f]*| [\u0001-\u002f\u003a-\u0060\u007b-\u007f]+', ' ', 'g');
    -- Most texts are Latin by now. The characters that are no letters are listed, because the locales of databases differ in what they take
    -- for a letter.
    if octet_length(t) <> length(t) then
        t := regexp_replace(t,
            '[\u0080-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u0589\u05be\u05f3\u05f4\u060c\u061b\u061f\u06d4\u0964\u0965'
            '\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\ue000-\uf8ff\ufe10-\ufe6f'
            '\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+', ' ', 'g');
        t := regexp_replace(t, '([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])', ' \1 ', 'g');
    end if;
    return btrim(t);
end $$;

-- Words with a hyphen or an apostrophe, written as one: cooperation for co-operation, oneill for O'Neill.
create function delivery.joined(t text) returns text language plpgsql immutable strict parallel safe as $$
begin
    -- Only unaccent() turns other characters into a hyphen or an apostrophe, and it leaves ASCII as it is.
    if octet_length(t) = length(t) and strpos(t, '-') = 0 and strpos(t, '''') = 0 then
        return '';
    end if;
    return (select coalesce(string_agg(regexp_replace(m[1], '[-'']', '', 'g'), ' '), '')
            from   regexp_matches(delivery.unaccented(delivery.merge_similar_letters(t)), '([[:alnum:]]+(?:[-''][[:alnum:]]{2,})+)', 'g') m);
end $$;

-- Sanitised HTML as text.
create function delivery.text_of(html text) returns text language sql immutable strict parallel safe as $$
    select replace(replace(replace(replace(replace(regexp_replace(html, '<[^>]*>', ' ', 'g'), '&nbsp;', ' '), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&amp;', '&')
$$;

-- The configuration for a language tag (BCP 47), by its first subtag.
create function delivery.text_config(language text) returns regconfig language sql immutable parallel safe as $$
    select case split_part(lower(language), '-', 1)
           when 'ar' then 'delivery.arabic' when 'hy' then 'delivery.armenian' when 'eu' then 'delivery.basque' when 'ca' then 'delivery.catalan'
           when 'da' then 'delivery.danish' when 'nl' then 'delivery.dutch' when 'en' then 'delivery.english' when 'fi' then 'delivery.finnish'
           when 'fr' then 'delivery.french' when 'de' then 'delivery.german' when 'el' then 'delivery.greek' when 'hi' then 'delivery.hindi'
           when 'hu' then 'delivery.hungarian' when 'id' then 'delivery.indonesian' when 'ga' then 'delivery.irish' when 'it' then 'delivery.italian'
           when 'lt' then 'delivery.lithuanian' when 'ne' then 'delivery.nepali' when 'nb' then 'delivery.norwegian' when 'nn' then 'delivery.norwegian'
           when 'no' then 'delivery.norwegian' when 'pt' then 'delivery.portuguese' when 'ro' then 'delivery.romanian' when 'ru' then 'delivery.russian'
           when 'sr' then 'delivery.serbian' when 'es' then 'delivery.spanish' when 'sv' then 'delivery.swedish' when 'ta' then 'delivery.tamil'
           when 'tr' then 'delivery.turkish' when 'yi' then 'delivery.yiddish'
           else 'delivery.plain' end::regconfig
$$;
