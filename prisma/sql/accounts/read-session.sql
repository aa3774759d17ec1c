-- Who is signed in, and notes that they were seen, once a minute at most so that pages do not write at every request.
-- $1 digest of the ticket, $2 now, $3 last seen no earlier than (where people are looked up: $6), $4 started no earlier
--   than, $5 last seen in their group no earlier than, for an account that a group made. One row or none.
-- One statement, since every page asks it.
-- Never null: user_id, role, may_see_exact, name
with
valid as (
  select portal_session.digest, portal_session.user_id, portal_session.seen_at
    from portal_session
    left join programme on true
   where digest = $1 and started_at > $4
     and seen_at > case when programme.purpose = 'look-up' then $6::timestamptz else $3 end
),
seen as (
  update portal_session set seen_at = $2
    from valid
   where portal_session.digest = valid.digest and valid.seen_at < $2::timestamptz - interval '1 minute'
)
select portal_user.id as user_id, portal_user.role, portal_user.provider_code, provider.name as provider_name,
       portal_user.may_see_exact, portal_user.name, programme.purpose
  from valid
  join portal_user on portal_user.id = valid.user_id and portal_user.disabled_at is null
   and (not portal_user.by_group or portal_user.seen_in_group_at > $5)
  left join programme on true
  left join provider on provider.code = portal_user.provider_code
