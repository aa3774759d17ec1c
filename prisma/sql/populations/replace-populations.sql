-- Puts populations in place of those of the same years. $1 wards, $2 years, $3 ages, $4 people, in one order.
-- Result: how many were kept.
with given as (
  select * from unnest($1::text[], $2::smallint[], $3::smallint[], $4::int[]) as given (ward, year, age, people)
), gone as (
  delete from ward_population p
  where p.year in (select year from given)
    and not exists (select from given g where (g.ward, g.year, g.age) = (p.ward, p.year, p.age))
)
insert into ward_population (ward, year, age, people)
select ward, year, age, people from given
on conflict (ward, year, age) do update set people = excluded.people
