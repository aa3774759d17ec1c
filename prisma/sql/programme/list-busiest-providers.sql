-- The providers of these services, then those with the most services.
-- $1 services, $2 most. One row a provider.
select provider.code, provider.name
  from provider join service on service.provider_code = provider.code
 group by provider.code
 order by bool_or(service.code = any ($1::text[])) desc, count(*) desc, provider.code
 limit $2
