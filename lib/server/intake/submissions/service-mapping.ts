import type pg from 'pg'
import { lastingMapping } from '#core/mapping/lasting-mapping.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { jsonValue } from '#server/platform/db/json-value.ts'

/** How a service's last file was matched, and the headings it had. */
export interface ServiceMapping {
  readonly mapping: Mapping
  readonly header: readonly string[]
}

/** The mapping of a service's last file; undefined when none was taken yet. */
export async function readServiceMapping(
  on: Database | pg.ClientBase,
  service: string,
): Promise<ServiceMapping | undefined> {
  const row = await inPrisma(on, ({ serviceMapping }) =>
    serviceMapping.findUnique({
      select: { mapping: true, header: true },
      where: { serviceCode: service },
    }),
  )
  // What we wrote ourselves.
  return (row ?? undefined) as unknown as ServiceMapping | undefined
}

/** Keeps how a service's file was matched, so that it is offered for the next. */
export async function rememberMapping(
  client: pg.ClientBase,
  service: string,
  { mapping, header }: ServiceMapping,
): Promise<void> {
  const lasting = lastingMapping(mapping)
  const kept = { mapping: jsonValue(lasting), header: jsonValue(header), savedAt: new Date() }
  await inPrisma(client, ({ serviceMapping }) =>
    serviceMapping.upsert({
      select: { serviceCode: true },
      where: { serviceCode: service },
      create: { serviceCode: service, ...kept },
      update: kept,
    }),
  )
}
