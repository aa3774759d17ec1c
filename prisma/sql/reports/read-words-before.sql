-- The last words of the reports of some releases: with what the report of another of the same quarter begins.
-- $1::text[] their references. Grain: one row, or none. Result: sections, release.
select sections, release
from report_words
where release = any ($1)
order by written_at desc, id desc
limit 1
