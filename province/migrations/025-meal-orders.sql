-- Ways on which a site's meals are brought: who goes, where the couriers' page is, and from what time of the day before a round is made.
create table delivery_route (
  site_id text not null,
  route text not null,
  courier text not null,
  third_party boolean not null,
  page text,
  ready text not null,
  primary key (site_id, route)
);

-- Meals that were ordered ahead to be brought (JSON: who, where, what), until a round has them. `trouble`: why none can.
create table meal_order (
  order_id text primary key,
  site_id text not null,
  business_date text not null,
  meal text not null,
  route text not null,
  place bigint not null,
  body text not null,
  cancelled boolean not null,
  round_terminal text,
  round_id text,
  trouble text
);
create index meal_order_open on meal_order (business_date) where round_id is null and not cancelled;
create index meal_order_by_site on meal_order (site_id, business_date);
