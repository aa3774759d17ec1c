-- The versions of a release's report. $1 the release's reference. Grain: a version, the latest first.
-- Result: version, sections, digest of what it says, written_by, written_at; approval, signed_by, signed_at where it is signed.
-- Never null: digest
select version, sections, report_digest(sections) as digest, written_by, written_at, approval, signed_by, signed_at
from report_words
where release = $1
order by version desc
