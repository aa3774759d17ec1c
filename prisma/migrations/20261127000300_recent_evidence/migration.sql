-- The evidence that arrived since the large table was last put in order: a few rows find their place in a small index, where in
-- a large one nearly each of them writes a page of its own. Linking moves it over once it has grown.
create table recent_evidence (
  value uuid not null,
  record_id bigint not null,
  dataset dataset not null
) partition by list (dataset);
create table recent_evidence_production partition of recent_evidence for values in ('production');
create table recent_evidence_staging partition of recent_evidence for values in ('staging');
create index recent_evidence_production_value on recent_evidence_production (value);
create index recent_evidence_staging_value on recent_evidence_staging (value);
-- Linking writes and reads partitions alone, as it does those of link: their rows carry their dataset without its being named.
alter table evidence_production alter dataset set default 'production';
alter table evidence_staging alter dataset set default 'staging';
alter table recent_evidence_production alter dataset set default 'production';
alter table recent_evidence_staging alter dataset set default 'staging';
