import { availableParallelism } from 'node:os'
import type { Mapping, Suggestion } from '#core/mapping/mapping.ts'
import type { Overview } from '#core/mapping/overview.ts'
import type { UnlistedWords } from '#core/mapping/unlisted-words.ts'
import type { ReadingChoices, ReadingReceipt } from '#core/tabular/table.ts'
import { Turnstile } from '#server/platform/queue/turnstile.ts'
import { readFile, ReadingRefused, type ReadingCode } from '#server/intake/reading/read-file.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { openHeldFile, type HeldSubmission } from '#server/intake/submissions/held-file.ts'

/**
 * Files that one process of pages reads at a time: each is read in a thread with a heap of its own, and fifty people may upload at
 * once. The others wait their turn.
 */
const READERS = new Turnstile(Math.max(2, availableParallelism()))

/** A held file at a glance, or why it cannot be read. */
export type HeldReading =
  | {
      readonly ok: true
      readonly receipt: ReadingReceipt
      readonly header: readonly string[]
      readonly overview: Overview
      /** The mapping in use: the one given, else what is certain of the suggestions. */
      readonly mapping: Mapping
      readonly suggestions: readonly Suggestion[]
    }
  | {
      readonly ok: false
      readonly code: ReadingCode
      readonly detail: Readonly<Record<string, string | number>>
    }

/** Reads a held file to its end as it was chosen to be read, in a thread of its own; `mapping` tells which samples are masked. */
export async function readHeldFile(
  store: ProgrammeStore,
  submission: HeldSubmission,
  choices: ReadingChoices,
  mapping: Mapping | null,
): Promise<HeldReading> {
  const read = await orRefusal(async () => {
    const { task } = await openHeldFile(store, submission, 'overview')
    const previous = mapping ?? task.previous
    return READERS.pass(() => readFile({ ...task, mapping: null, reading: choices, previous }, {}))
  })
  if (!read.ok) return read
  const { opened, overview, receipt } = read.read
  if (overview === undefined) return { ok: false, code: 'no-rows', detail: {} }
  if (overview.rows === 0) return { ok: false, code: 'no-rows', detail: {} }
  return {
    ok: true,
    receipt,
    header: opened.header,
    overview,
    mapping: opened.mapping,
    suggestions: opened.suggestions,
  }
}

/** The words of a held file that no code list and no mapping knows. */
export async function listHeldWords(
  store: ProgrammeStore,
  submission: HeldSubmission,
  mapping: Mapping,
): Promise<readonly UnlistedWords[]> {
  const { task } = await openHeldFile(store, submission, 'words', mapping)
  const { words } = await READERS.pass(() => readFile(task, {}))
  return words ?? []
}

/** The reading choices as a mapping carries them, before columns are matched. */
export function withChoices(choices: ReadingChoices, mapping: Mapping | null): Mapping {
  const { columns = {}, constants, join, shape, split, values } = mapping ?? {}
  return {
    ...choices,
    columns,
    ...(shape === undefined ? {} : { shape }),
    ...(constants === undefined ? {} : { constants }),
    ...(values === undefined ? {} : { values }),
    ...(split === undefined ? {} : { split }),
    ...(join === undefined ? {} : { join }),
  }
}

async function orRefusal<T>(
  read: () => Promise<T>,
): Promise<
  | { readonly ok: true; readonly read: T }
  | { readonly ok: false; readonly code: ReadingCode; readonly detail: ReadingRefused['detail'] }
> {
  try {
    return { ok: true, read: await read() }
  } catch (error) {
    if (error instanceof ReadingRefused)
      return { ok: false, code: error.code, detail: error.detail }
    throw error
  }
}
