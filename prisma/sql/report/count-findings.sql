-- What was found in the files of a quarter that are in the figures, the most rows first. $1 quarter. Bound by row-level security.
-- Grain: one row a code and severity. Never null: code, severity, rows, files
select f.code, f.severity, sum(f.rows)::int as rows, count(distinct s.id)::int as files
  from submission s join finding_count f on f.submission_id = s.id
 where s.dataset = 'production' and s.quarter = $1 and s.file_kind = 'people' and s.state = 'linked'
 group by f.code, f.severity
 order by rows desc, f.code
