-- The working tables of the making of one release: exact counts exist in them alone, and they go with the transaction.
-- Numbers instead of codes throughout: services, strands, places, genders, ethnicities and age bands by their place in the
-- release's own lists.

-- One record of somebody reached.
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
  -- pack_quarter of the quarter of the year.
  quarters smallint not null,
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
  lower_id bigint not null,
  -- Whether the lower bound counts it otherwise than by people.
  several_people boolean not null,
  -- Whether any of its people would be several for the upper bound.
  several_upper boolean not null
) on commit drop;

-- Somebody's or some family's use of one service in one year; numbers are packed (migration packed_numbers), since few and
--   short keys are what makes
-- grouping millions of rows fast.
create temporary table entity_use (
  -- Of a beneficiary, a family or a person of the upper bound, as who says.
  id bigint not null,
  -- pack_cell. who: 0 a person, 1 more where its component counts otherwise for the lower bound, 2 more
  -- where it does for the upper; 4 a family; 5 a person of the upper bound, for those whose person is 2 or 3.
  cell integer not null,
  -- pack_start_cell, of the place of the first contact of all.
  start_cell integer not null,
  service smallint not null,
  strand smallint not null,
  -- pack_quarter of each quarter of the year together. Families and the upper bound use the half of children.
  quarters smallint not null,
  -- First quarters, counted through as year × 4 + 0 to 3.
  first_child smallint,
  first_adult smallint
) on commit drop;
