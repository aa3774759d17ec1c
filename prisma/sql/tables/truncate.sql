-- Empties tables at once. {tables} are their names. No result.
-- For example: {tables} recent_evidence_production.
truncate {tables}
