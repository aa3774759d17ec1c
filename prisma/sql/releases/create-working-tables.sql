-- The working tables of the making of one release: exact counts exist in them alone, and they go with the transaction.
-- Numbers instead of codes throughout: services, strands, places, genders, ethnicities and age bands by their place in the
-- release's own lists.

-- One record of somebody reached; bit is 1, 2, 4 or 8 for the quarter of the year.
create temporary table reached_use (
  beneficiary_id bigint not null,
  family_id bigint,
  upper_id bigint not null,
  lower_id bigint not null,
  nhs_id bigint,
  service smallint not null,
  strand smallint not null,
  year smallint not null,
  quarter smallint not null,
  bit smallint not null,
  is_child boolean not null,
  place smallint not null,
  gender smallint not null,
  ethnicity smallint not null,
  age_band smallint not null
) on commit drop;

-- What holds of a person for a whole year, and what held at the first contact of all.
create temporary table person_year (
  beneficiary_id bigint not null,
  year smallint not null,
  place smallint not null,
  gender smallint not null,
  ethnicity smallint not null,
  age_band smallint not null,
  start_place smallint not null,
  start_gender smallint not null,
  start_ethnicity smallint not null,
  start_age_band smallint not null
) on commit drop;

-- The same of a family.
create temporary table family_year (
  family_id bigint not null,
  year smallint not null,
  place smallint not null,
  start_place smallint not null
) on commit drop;

-- Components of the lower bound that are not plainly one person: several people, or several NHS numbers.
create temporary table doubtful_component (
  lower_id bigint primary key,
  -- Whether the lower bound counts it otherwise than by people.
  several_people boolean not null,
  -- Whether any of its people would be several for the upper bound.
  several_upper boolean not null
) on commit drop;

-- Somebody's or some family's use of one service in one year. Quarters are counted through, year × 4 + 0 to 3.
create temporary table entity_use (
  kind text not null,
  id bigint not null,
  -- Whether the person is one for the bound too, so that it need not be counted apart.
  one_lower boolean not null,
  one_upper boolean not null,
  service smallint not null,
  strand smallint not null,
  year smallint not null,
  place smallint not null,
  start_place smallint not null,
  child_mask smallint not null,
  adult_mask smallint not null,
  first_child smallint,
  first_adult smallint
) on commit drop;
