-- One row for each person and service that a file of people and service use to a quarter's end names: as before, but contacts that
-- rows of one file give alike for one client count once. lib/core/measures/person-use.ts says the same of records in memory.
create or replace function person_use(of_dataset dataset, first_quarter text, last_quarter text)
returns table (
  beneficiary_id bigint, service text, referral_date date, start_date date, referral_source text, status text, end_date date,
  first_reached text, is_named boolean, is_reached boolean, contacts_to_date bigint, contacts bigint
) language sql stable parallel safe
begin atomic
  with counted_submission as materialized (
    select s.id, s.service_code, s.quarter, s.counting, quarter_first_day(s.quarter) as first_day,
      quarter_last_day(s.quarter) as last_day
    from submission s
    where s.dataset = of_dataset and s.file_kind = 'people' and s.state = 'linked' and s.quarter <= last_quarter
  ), used as (
    select l.beneficiary_id, s.service_code, s.quarter, r.referral_date, r.start_date, r.end_date,
      -- A row that a file repeats is no further contact, nor is the record of a bridge quarter under the newer key.
      case when r.epoch is null and (r.client_pseudonym is null or row_number() over (
        partition by l.beneficiary_id, s.service_code, s.quarter, r.client_pseudonym, r.contacts, r.referral_date, r.start_date,
          r.end_date, r.last_contact_date, r.status
        order by r.epoch nulls first, r.id) = 1) then r.contacts end as contacts,
      nullif(r.referral_source, '') as referral_source, nullif(r.status, '') as status,
      coalesce(is_reached(r.status, r.contacts, r.start_date, r.end_date, s.counting, s.first_day, s.last_day), false)
        as is_reached,
      s.quarter = max(s.quarter) over (partition by l.beneficiary_id, s.service_code) as is_last
    from counted_submission s
    join record r on r.dataset = of_dataset and r.submission_id = s.id
    join link l on l.dataset = of_dataset and l.record_id = r.id
  )
  select u.beneficiary_id, u.service_code, min(u.referral_date), min(u.start_date),
    (array_agg(u.referral_source order by u.quarter, u.referral_source collate "C")
      filter (where u.referral_source is not null))[1],
    (array['active', 'waiting', 'completed', 'left_early', 'declined'])[min(
      array_position(array['active', 'waiting', 'completed', 'left_early', 'declined'], u.status)
    ) filter (where u.is_last)],
    max(u.end_date) filter (where u.is_last),
    min(u.quarter) filter (where u.is_reached),
    bool_or(u.quarter >= first_quarter),
    bool_or(u.is_reached and u.quarter >= first_quarter),
    sum(u.contacts),
    sum(u.contacts) filter (where u.quarter >= first_quarter)
  from used u
  group by u.beneficiary_id, u.service_code;
end;
