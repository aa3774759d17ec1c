-- The marks of one file, ward and role. $1 version, $2 submission, $3 ward, $4 role, then as lib/core/reach/marks.ts writes
--   them $5 people,
-- $6 families, $7 uppers, $8 lowers, $9 numbered, $10 numbers. No result.
insert into reach_mark (linkage_version, submission_id, ward, role, people, families, uppers, lowers, numbered, numbers)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
