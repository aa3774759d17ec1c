import { describeTreatment, type TreatmentPart } from '#core/messages/preparation/file-treatment.ts'
import { lastingMapping } from '#core/mapping/lasting-mapping.ts'
import { mappedHeadings } from '#core/mapping/mapped-headings.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { wordsAlone } from '#core/remembered/mapping-in-words.ts'
import type { MatchedFile } from '#core/remembered/remember-mapping.ts'
import { describeRemembered } from '#core/remembered/remembered-in-words.ts'
import { isOfProvider, type Actor } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { ReceivingStore } from '#server/store/receiving-store.ts'
import { openFileWords, readFileWords } from '#server/intake/submissions/file-words.ts'
import { readServiceMapping } from './service-mapping.ts'

/** What is done to a service's file. */
export interface FileTreatment {
  readonly ok: true
  readonly service: string
  readonly serviceName: string
  /** When the file was taken that it is remembered of; undefined where none was. */
  readonly savedAt: Date | undefined
  /** Reference of the file that is held, in whose words it is told; undefined where none is. */
  readonly held: string | undefined
  readonly parts: readonly TreatmentPart[]
  /** The same as data, while a file is held: what the hasher and the command line take. */
  readonly mapping: Mapping | undefined
}

/**
 * What is done to the file of a service: to the one that is held, in its own words; else as it was
 * done to the last that was taken, in fields, codes and counts. For its provider and for
 * administrators, who are told no words.
 */
export async function readTreatment(
  store: Pick<ReceivingStore, 'database' | 'files'>,
  actor: Actor,
  service: string,
): Promise<FileTreatment | Refusal<'not-found'>> {
  if (!(await holdsRight(store.database, actor, 'submission.see'))) return NOT_HELD
  const { database } = store
  const own = isOfProvider(actor) ? { providerCode: actor.providerCode ?? '' } : {}
  const found = await inPrisma(database, (prisma) =>
    prisma.service.findUnique({
      select: { name: true, mapping: { select: { savedAt: true } } },
      where: { code: service, ...own },
    }),
  )
  if (found === null) return refuse('not-found')
  const what = {
    ok: true,
    service,
    serviceName: found.name,
    savedAt: found.mapping?.savedAt,
  } as const
  const held = isOfProvider(actor) ? await readHeld(store, service) : undefined
  if (held !== undefined) {
    const { header, mapping, reference } = held
    return {
      ...{ ...what, held: reference, mapping },
      parts: describeTreatment(mapping, header),
    }
  }
  const kept = await readServiceMapping(database, { service, kind: 'people' })
  const remembered = kept === undefined ? undefined : describeRemembered(kept)
  return {
    ...{ ...what, held: undefined, mapping: undefined },
    parts: remembered === undefined ? [] : describeTreatment(remembered.mapping, remembered.header),
  }
}

/** The latest file of a service that is held and matched, in its own words. */
async function readHeld(
  store: Pick<ReceivingStore, 'database' | 'files'>,
  service: string,
): Promise<(MatchedFile & { readonly reference: string }) | undefined> {
  const found = await inPrisma(store.database, ({ submission }) =>
    submission.findFirst({
      select: { reference: true, fileId: true, words: true, journey: { select: { words: true } } },
      where: {
        ...{ serviceCode: service, dataset: 'production', kind: 'people', form: 'clear' },
        fileId: { not: null },
      },
      orderBy: { id: 'desc' },
    }),
  )
  if (found === null) return undefined
  const { mapping } = await readFileWords(store, found)
  const words = await openFileWords(store, found.fileId, found.journey?.words ?? null)
  if (mapping === null) return undefined
  const { header = mappedHeadings(mapping) } = (words ?? {}) as Partial<MatchedFile>
  return { reference: found.reference, mapping: wordsAlone(lastingMapping(mapping)), header }
}
