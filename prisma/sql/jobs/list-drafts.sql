-- Drafts that were counted and wait for a second person, of whose subject no later draft or release was made.
-- $1 user who looks, $2 now. Grain: one row per draft, the latest
-- first, twenty at most. Result: act, profile, lastQuarter, askedAt, by (a name), isOthers (whether somebody else asked for it).
-- Never null: act, profile, lastQuarter, isOthers
select act.id::text as act, request ->> 'profile' as profile, request ->> 'lastQuarter' as "lastQuarter",
  act.asked_at as "askedAt", portal_user.name as by, act.asked_by <> $1 as "isOthers"
from act
join portal_user on portal_user.id = act.asked_by
join approval on approval.kind = 'release' and approval.subject = act.id::text and outcome is null and expires_at > $2
where act.kind = 'draft-release' and act.stage = 'done'
  and not exists (
    select from act later
    where later.kind in ('make-release', 'draft-release') and later.subject = act.subject
      and later.stage = 'done' and later.id > act.id
  )
order by act.id desc
limit 20
