import type pg from 'pg'
import { lastingMapping } from '#core/mapping/lasting-mapping.ts'
import { rememberMapping, type MatchedFile } from '#core/remembered/remember-mapping.ts'
import { wordDigests } from '#core/remembered/word-digests.ts'
import type { Remembered } from '#server/intake/reading/reading-task.ts'
import { serviceMemoryKey } from '#server/keys/memory-key.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { jsonValue } from '#server/platform/db/json-value.ts'
import type { ReceivingStore } from '#server/store/receiving-store.ts'

/**
 * How a service's last file was matched, and the headings it had: every heading and word as a
 * digest. Undefined when none was taken yet.
 */
export async function readServiceMapping(
  on: Database | pg.ClientBase,
  service: string,
): Promise<MatchedFile | undefined> {
  const row = await inPrisma(on, ({ serviceMapping }) =>
    serviceMapping.findUnique({
      select: { mapping: true, header: true },
      where: { serviceCode: service },
    }),
  )
  // What we wrote ourselves.
  return (row ?? undefined) as unknown as MatchedFile | undefined
}

/** What is remembered of a service, for a reading of its next file. */
export async function readRemembered(
  { database, secrets }: Pick<ReceivingStore, 'database' | 'secrets'>,
  service: string,
): Promise<Remembered> {
  const last = (await readServiceMapping(database, service)) ?? null
  return { key: serviceMemoryKey(secrets.memory, service), last }
}

/** Remembers how a service's file was matched, so that it is offered for the next. */
export async function rememberForService(
  client: pg.ClientBase,
  { secrets }: Pick<ReceivingStore, 'secrets'>,
  service: string,
  { mapping, header }: MatchedFile,
): Promise<void> {
  const digests = wordDigests(serviceMemoryKey(secrets.memory, service))
  const remembered = rememberMapping({ mapping: lastingMapping(mapping), header }, digests)
  const kept = {
    mapping: jsonValue(remembered.mapping),
    header: jsonValue(remembered.header),
    savedAt: new Date(),
  }
  await inPrisma(client, ({ serviceMapping }) =>
    serviceMapping.upsert({
      select: { serviceCode: true },
      where: { serviceCode: service },
      create: { serviceCode: service, ...kept },
      update: kept,
    }),
  )
}
