import { describeTreatment, type TreatmentPart } from '#core/messages/file-treatment.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { isOfProvider, may, type Actor } from '#server/identity/actors/actor.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { readServiceMapping } from './service-mapping.ts'

/** What is done to a service's file. */
export interface FileTreatment {
  readonly ok: true
  readonly service: string
  readonly serviceName: string
  /** When the file was taken that it was kept from; undefined where none was. */
  readonly savedAt: Date | undefined
  readonly parts: readonly TreatmentPart[]
  /** The same as data: what the hasher and the command line take. */
  readonly mapping: Mapping | undefined
}

/**
 * What is done to the file of a service, as it was done to the last that was taken: for its provider
 * and for administrators.
 */
export async function readTreatment(
  database: Database,
  actor: Actor,
  service: string,
): Promise<FileTreatment | Refusal<'not-found'>> {
  if (!may(actor, 'submission.see')) return refuse('not-found')
  const own = isOfProvider(actor) ? { providerCode: actor.providerCode ?? '' } : {}
  const found = await inPrisma(database, (prisma) =>
    prisma.service.findUnique({
      select: { name: true, mapping: { select: { savedAt: true } } },
      where: { code: service, ...own },
    }),
  )
  if (found === null) return refuse('not-found')
  const kept = await readServiceMapping(database, service)
  return {
    ok: true,
    service,
    serviceName: found.name,
    savedAt: found.mapping?.savedAt,
    parts: kept === undefined ? [] : describeTreatment(kept.mapping, kept.header),
    mapping: kept?.mapping,
  }
}
