import type pg from 'pg'
import { readRows } from '#server/platform/db/read-rows.ts'

/** An organisation of the register. */
export interface ListedProvider {
  readonly code: string
  readonly name: string
}

/** The organisations of the register, by name. The register is no secret: the programme publishes it. */
export async function listProviders(pool: pg.Pool): Promise<ListedProvider[]> {
  return readRows<ListedProvider>(pool, 'select code, name from provider order by name, code')
}

/** A service of the register as a home page shows it. */
export interface ListedService {
  readonly code: string
  readonly name: string
  readonly strandName: string
  readonly providerName: string
  /** The days of its latest agreement, `yyyy-mm-dd`, without which nothing may be sent; null when there is none. */
  readonly agreedFrom: string | null
  readonly agreedTo: string | null
}

/** The services of one provider, or of the whole register when it is null, by name. */
export async function listServices(
  pool: pg.Pool,
  providerCode: string | null,
): Promise<ListedService[]> {
  return readRows<ListedService>(
    pool,
    `select service.code, service.name, strand.name as "strandName", provider.name as "providerName",
            latest.valid_from::text as "agreedFrom", latest.valid_to::text as "agreedTo"
       from service
       join strand on strand.code = service.strand_code
       join provider on provider.code = service.provider_code
       left join lateral (
         select valid_from, valid_to from agreement
          where agreement.service_code = service.code
          order by valid_to desc nulls first, valid_from desc limit 1
       ) as latest on true
      where $1::text is null or service.provider_code = $1
      order by service.name, service.code`,
    [providerCode],
  )
}
