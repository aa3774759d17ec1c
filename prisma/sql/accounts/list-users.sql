-- Users as administrators see them, by name. In SQL, so that neither hash nor seed leaves the database for a list.
-- $1 user, or null for all, $2 failures in a row that close an account. One row a user.
-- Never null: isDisabled, hasPassword, hasSeed, signsOn, isClosed, services, lastThere
select portal_user.id, email, portal_user.name, role, provider.name as "providerName",
       may_see_exact as "mayExact",
       owns_programme as "isOwner",
       signed_in_at as "signedInAt",
       coalesce(signed_in_at, created_at) as "lastThere",
       coalesce((
         select array_agg(service.name order by service.name)
           from service
          where service.provider_code = portal_user.provider_code
       ), '{}') as services,
       disabled_at is not null as "isDisabled",
       password_hash is not null as "hasPassword",
       code_seed is not null as "hasSeed",
       sign_on_subject is not null as "signsOn",
       exists (
         select from failure_run
          where failure_run.user_id = portal_user.id and kind = 'account' and failures >= $2
       ) as "isClosed"
  from portal_user
  left join provider on provider.code = portal_user.provider_code
 where $1::text is null or portal_user.id = $1
 order by portal_user.name, portal_user.id
