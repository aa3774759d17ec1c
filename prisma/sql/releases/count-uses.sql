-- What the use of services came to for people in each quarter, as the files of that quarter say: contacts and status as in
-- person_use. Of those reached by how many contacts the services that reached them had with them, and by how one of these
-- ended; and of those named who turned a service down. All of the services of one owner alone: the programme, or a provider.
-- $1 dataset, $2 last quarter, $3 owners, $4 services: a pair for each service of an owner.
-- Grain: one row per owner, aspect, value and quarter. Result: owner, aspect, value, quarter (year × 4 + 0 to 3), people.
-- Never null: owner, aspect, value, quarter, people
with member as (
  select * from unnest($3::smallint[], $4::text[]) as m (owner, service)
), counted_submission as materialized (
  select s.id, s.service_code, s.quarter, s.counting, quarter_first_day(s.quarter) as first_day,
    quarter_last_day(s.quarter) as last_day
  from submission s
  where s.dataset = $1::dataset and s.file_kind = 'people' and s.state = 'linked' and s.quarter <= $2
), used as (
  select l.beneficiary_id, s.service_code, s.quarter, s.first_day, s.last_day, r.end_date, nullif(r.status, '') as status,
    -- A row that a file repeats is no further contact, nor is the record of a bridge quarter under the newer key.
    case when r.epoch is null and (r.client_pseudonym is null or row_number() over (
      partition by l.beneficiary_id, s.service_code, s.quarter, r.client_pseudonym, r.contacts, r.referral_date, r.start_date,
        r.end_date, r.last_contact_date, r.status
      order by r.epoch nulls first, r.id) = 1) then r.contacts end as contacts,
    coalesce(is_reached(r.status, r.contacts, r.start_date, r.end_date, s.counting, s.first_day, s.last_day), false) as is_reached
  from counted_submission s
  join record r on r.dataset = $1::dataset and r.submission_id = s.id
  join link l on l.dataset = $1::dataset and l.record_id = r.id
), of_service as (
  select beneficiary_id, service_code, quarter, bool_or(is_reached) as is_reached, sum(contacts) as contacts,
    (array['active', 'waiting', 'completed', 'left_early', 'declined'])[min(
      array_position(array['active', 'waiting', 'completed', 'left_early', 'declined'], status))] as status,
    coalesce(max(end_date) between first_day and last_day, true) as may_have_ended
  from used
  group by beneficiary_id, service_code, quarter, first_day, last_day
), person as (
  select m.owner, beneficiary_id, quarter, bool_or(is_reached) as is_reached,
    sum(contacts) filter (where is_reached) as contacts,
    coalesce(bool_or(status = 'completed' and may_have_ended) filter (where is_reached), false) as has_completed,
    coalesce(bool_or(status = 'left_early' and may_have_ended) filter (where is_reached), false) as has_left,
    coalesce(bool_or(status = 'declined'), false) as has_declined
  from of_service
  join member m on m.service = service_code
  group by m.owner, beneficiary_id, quarter
), told as (
  select owner, 'contacts' as aspect, quarter,
    case when contacts is null then 'unknown' when contacts >= 8 then '8-more' when contacts >= 4 then '4-7'
      when contacts >= 2 then '2-3' when contacts = 1 then '1' else '0' end as value
  from person
  where is_reached
  union all
  select owner, 'ending', quarter, case when has_completed then 'completed' when has_left then 'left-early' else 'went-on' end
  from person
  where is_reached
  union all
  select owner, 'declined', quarter, 'turned-down'
  from person
  where has_declined
)
select owner, aspect, value, quarter_year(quarter) * 4 + quarter_of_year(quarter) - 1 as quarter, count(*)::int as people
from told
group by owner, aspect, value, told.quarter
