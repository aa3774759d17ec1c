-- Takes the tables of the baseline away.
drop table baseline_record, baseline_evidence
