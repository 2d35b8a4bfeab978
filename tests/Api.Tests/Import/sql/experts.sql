insert into content.experts (item_id, name, given_name, family_name, title, organization, program_id, kind, current, photo_id, bio_html, email, email_public, orcid, profiles)
select i.item_id, s.name, s.given_name, s.family_name, s.title, s.organization, program_id_.target, s.kind, s.current, photo_id_.image_id, s.bio_html, s.email, s.email_public, s.orcid, s.profiles
from   stage_experts s
join   stage_items i on i.line = s.line
left join stage_references program_id_ on program_id_.line = s.line and program_id_.member = 'program'
left join content.images photo_id_ on photo_id_.id = s.photo
left join content.experts o on o.item_id = i.item_id
where  o.item_id is null
or     row (o.name, o.given_name, o.family_name, o.title, o.organization, o.program_id, o.kind, o.current, o.photo_id, o.bio_html, o.email, o.email_public, o.orcid, o.profiles)
       is distinct from
       row (s.name, s.given_name, s.family_name, s.title, s.organization, program_id_.target, s.kind, s.current, photo_id_.image_id, s.bio_html, s.email, s.email_public, s.orcid, s.profiles)
on conflict (item_id) do update
set    name = excluded.name, given_name = excluded.given_name, family_name = excluded.family_name, title = excluded.title, organization = excluded.organization, program_id = excluded.program_id, kind = excluded.kind, current = excluded.current, photo_id = excluded.photo_id, bio_html = excluded.bio_html, email = excluded.email, email_public = excluded.email_public, orcid = excluded.orcid, profiles = excluded.profiles
returning item_id
