-- The policy packs that each site was ever sent, with the last business date on which it was seen to price by them: nobody prices by another.
create table site_pack (
  site_id text not null,
  pack_id text not null,
  until_on text not null,
  primary key (site_id, pack_id)
);
insert into site_pack (site_id, pack_id, until_on)
select site_id, body::jsonb ->> 'policy', to_char(now() at time zone 'Asia/Shanghai', 'YYYY-MM-DD') from site
union
select site_id, pack_id, to_char(now() at time zone 'Asia/Shanghai', 'YYYY-MM-DD') from service_price;

-- The business date on which another text of the pack took this one's place; null while it is the current one.
alter table policy add column until_on text;
update policy set until_on = to_char(now() at time zone 'Asia/Shanghai', 'YYYY-MM-DD') where not current;
