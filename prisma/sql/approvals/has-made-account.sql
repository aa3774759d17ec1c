-- Whether one of two people made the other's account, or had a part in how its owner gets in, since a moment: the audit log
-- tells. Read as countonce_audit_reader.
-- $1 one user, $2 the other, $3 since. One row.
-- Never null: made
select exists (
  select from audit_event
   where ((actor = $1 and subject = $2) or (actor = $2 and subject = $1)) and at > $3
     and event in ('user.invited', 'user.enabled', 'password-link.sent', 'factor-reset.asked', 'factor.reset')
) as made
