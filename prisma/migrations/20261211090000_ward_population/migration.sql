-- How many people of each age lived in a ward in the middle of a year: what reach is a share of. docs/measures.md.
create table ward_population (
  ward text not null references ward,
  year smallint not null check (year between 1990 and 2100),
  -- 90 is 90 and over.
  age smallint not null check (age between 0 and 90),
  people integer not null check (people >= 0),
  primary key (ward, year, age)
);
grant select on ward_population to countonce_exact;
