-- The relations that a trial of the links works on; they go with its transaction. No parameters, no result.
create temporary table tried_link (record_id bigint not null, person_id bigint not null) on commit drop;
create temporary table tried_join (person_id bigint not null, rule text not null) on commit drop;
create temporary table tried_part (beneficiary_id bigint not null, rule text not null) on commit drop;
