-- People referred to each service in a period, by who referred them. $1 dataset, $2 first quarter, $3 last quarter.
-- Grain: one row per service and source. Result: service, source (blank where no file says), people.
-- Never null: service, source, people
select service collate "C" as service, coalesce(referral_source, '') collate "C" as source, count(*)::int as people
from person_use($1::dataset, $2, $3)
where referral_date between quarter_first_day($2) and quarter_last_day($3)
group by 1, 2
order by 1, 2
