-- Which articles have a key, as bits: any combination of keys is counted without looking at an article.

-- Nobody publishes between what is there and the triggers for what comes.
lock table content.listing in share row exclusive mode;

-- Bit n of a chunk stands for item chunk * 2048 + n.
create table content.key_bits (
    key   integer not null,
    chunk integer not null,
    bits  bit(2048) not null,
    primary key (key, chunk)
) with (fillfactor = 80);

create function content.bit_at(item_id integer) returns bit(2048) language sql immutable parallel safe as
$$ select set_bit(repeat('0', 2048)::bit(2048), item_id % 2048, 1) $$;

insert into content.key_bits
select k.key, l.item_id / 2048, bit_or(content.bit_at(l.item_id))
from   content.listing l, unnest(l.keys) k (key)
group  by k.key, l.item_id / 2048
order  by k.key, l.item_id / 2048;

create function content.come_to_bits() returns trigger language plpgsql set work_mem = '64MB' as $$
begin
    insert into content.key_bits as b
    select k.key, c.item_id / 2048, bit_or(content.bit_at(c.item_id))
    from   come c, unnest(c.keys) k (key)
    group  by k.key, c.item_id / 2048
    order  by k.key, c.item_id / 2048
    on conflict (key, chunk) do update set bits = b.bits | excluded.bits;
    return null;
end $$;

create function content.go_from_bits() returns trigger language plpgsql set work_mem = '64MB' as $$
begin
    update content.key_bits b
    set    bits = b.bits & ~ g.bits
    from  (select k.key, g.item_id / 2048 as chunk, bit_or(content.bit_at(g.item_id)) as bits
           from   gone g, unnest(g.keys) k (key)
           group  by k.key, g.item_id / 2048) g
    where  b.key = g.key and b.chunk = g.chunk;
    return null;
end $$;

create trigger come_to_bits after insert on content.listing referencing new table as come
    for each statement execute function content.come_to_bits();
create trigger go_from_bits after delete on content.listing referencing old table as gone
    for each statement execute function content.go_from_bits();
-- In the order of their names: a row leaves its old keys before it comes to the new ones.
create trigger update_1_go_from_bits after update on content.listing referencing old table as gone
    for each statement execute function content.go_from_bits();
create trigger update_2_come_to_bits after update on content.listing referencing new table as come
    for each statement execute function content.come_to_bits();

create view delivery.key_bits as select key, chunk, bits from content.key_bits;
grant select on delivery.key_bits to content_reader;
