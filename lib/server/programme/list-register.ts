import type pg from 'pg'
import { readRows } from '#server/accounts/read-rows.ts'

/** An organisation of the register. */
export interface ListedProvider {
  readonly code: string
  readonly name: string
}

/** The organisations of the register, by name. The register is no secret: the programme publishes it. */
export async function listProviders(pool: pg.Pool): Promise<ListedProvider[]> {
  const rows = await readRows<ListedProvider>(
    pool,
    'select code, name from provider order by name, code',
  )
  return rows
}

/** A service of the register as a home page shows it. */
export interface ListedService {
  readonly code: string
  readonly name: string
  readonly strandName: string
  readonly providerName: string
  /** Whether there is an agreement today: without one nothing may be sent. */
  readonly agreed: boolean
}

/** The services of one provider, or of the whole register when it is null, by name. */
export async function listServices(
  pool: pg.Pool,
  providerCode: string | null,
  today: Date,
): Promise<ListedService[]> {
  const rows = await readRows<ListedService>(
    pool,
    `select service.code, service.name, strand.name as "strandName", provider.name as "providerName",
            exists (select from agreement
                     where agreement.service_code = service.code
                       and valid_from <= $2::date and coalesce(valid_to, $2::date) >= $2::date) as agreed
       from service
       join strand on strand.code = service.strand_code
       join provider on provider.code = service.provider_code
      where $1::text is null or service.provider_code = $1
      order by service.name, service.code`,
    [providerCode, today],
  )
  return rows
}
