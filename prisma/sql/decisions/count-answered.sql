-- What reviewers have decided about doubts of each code. $1 dataset. Grain: one row per code. Result: code, same, different.
-- Never null: code, same, different
select about as code, count(*) filter (where kind = 'same')::int as same,
  count(*) filter (where kind = 'different')::int as different
from decision
where dataset = $1 and undone_at is null and about is not null
group by about
