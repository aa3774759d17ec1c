import type pg from 'pg'
import { lastingMapping } from '#core/mapping/lasting-mapping.ts'
import { rememberMapping, type MatchedFile } from '#core/remembered/remember-mapping.ts'
import { wordDigests } from '#core/remembered/word-digests.ts'
import type { FileKind } from '#core/standard/further-fields.ts'
import type { Remembered } from '#server/intake/reading/reading-task.ts'
import { serviceMemoryKey } from '#server/keys/memory-key.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { jsonValue } from '#server/platform/db/json-value.ts'
import type { ReceivingStore } from '#server/store/receiving-store.ts'

/** A service and a kind of file: of each, what is done to the last is remembered. */
export interface ServiceKind {
  readonly service: string
  readonly kind: FileKind
}

/**
 * How a service's last file of a kind was matched, and the headings it had: every heading and word as
 * a digest. Undefined when none was taken yet.
 */
export async function readServiceMapping(
  on: Database | pg.ClientBase,
  { service, kind }: ServiceKind,
): Promise<MatchedFile | undefined> {
  const select = { mapping: true, header: true } as const
  const row = await inPrisma(on, ({ serviceMapping, furtherMapping }) =>
    kind === 'people'
      ? serviceMapping.findUnique({ select, where: { serviceCode: service } })
      : furtherMapping.findUnique({
          select,
          where: { serviceCode_kind: { serviceCode: service, kind } },
        }),
  )
  // What we wrote ourselves.
  return (row ?? undefined) as unknown as MatchedFile | undefined
}

/** What is remembered of a service, for a reading of its next file of a kind. */
export async function readRemembered(
  { database, secrets }: Pick<ReceivingStore, 'database' | 'secrets'>,
  { service, kind }: ServiceKind,
): Promise<Remembered> {
  const last = (await readServiceMapping(database, { service, kind })) ?? null
  return { key: serviceMemoryKey(secrets.memory, service), last }
}

/** Remembers how a service's file was matched, so that it is offered for the next of its kind. */
export async function rememberForService(
  client: pg.ClientBase,
  { secrets }: Pick<ReceivingStore, 'secrets'>,
  { service, kind }: ServiceKind,
  { mapping, header }: MatchedFile,
): Promise<void> {
  const digests = wordDigests(serviceMemoryKey(secrets.memory, service))
  const remembered = rememberMapping({ mapping: lastingMapping(mapping), header }, digests)
  const kept = {
    mapping: jsonValue(remembered.mapping),
    header: jsonValue(remembered.header),
    savedAt: new Date(),
  }
  const select = { serviceCode: true } as const
  await inPrisma(client, ({ serviceMapping, furtherMapping }) =>
    kind === 'people'
      ? serviceMapping.upsert({
          ...{ select, where: { serviceCode: service } },
          create: { serviceCode: service, ...kept },
          update: kept,
        })
      : furtherMapping.upsert({
          ...{ select, where: { serviceCode_kind: { serviceCode: service, kind } } },
          create: { serviceCode: service, kind, ...kept },
          update: kept,
        }),
  )
}
