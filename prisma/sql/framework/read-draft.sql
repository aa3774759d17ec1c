-- What is to become the next version of the measurement framework. No parameters. Grain: one row, or none.
-- Result: framework, digest of what it says, based_on, revision, changed_by, changed_at.
-- Never null: digest
select framework, framework_digest(framework) as digest, based_on, revision, changed_by, changed_at
from framework_draft
