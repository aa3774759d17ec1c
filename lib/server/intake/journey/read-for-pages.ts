import type { FileProfile } from '#core/mapping/file-profile.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import type { ReadingChoices } from '#core/tabular/table.ts'
import { readFile } from '#server/intake/reading/read-file.ts'
import {
  findHeldSource,
  readPrevious,
  type HeldSubmission,
} from '#server/intake/submissions/held-file.ts'
import { readSubmission } from '#server/intake/submissions/read-submission.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { keepProfile, type ReadingEnd } from './held-profile.ts'
import { READERS } from './readers.ts'

/** Whose pages want which reading of a file. */
export interface WantedReading {
  readonly submission: string
  readonly choices: ReadingChoices
  /** What was matched before. */
  readonly mapping: Mapping | null
}

/**
 * Reads a held file to its end as it was chosen to be read, in a process of its own, and keeps beside
 * it what its pages show, under a key that they can open. Two who want the same reading at once get
 * one.
 */
export async function readForPages(
  store: ProgrammeStore,
  wanted: WantedReading,
): Promise<ReadingEnd> {
  const key = JSON.stringify(wanted)
  const reading =
    UNDER_WAY.get(key) ?? readAndKeep(store, wanted).finally(() => UNDER_WAY.delete(key))
  UNDER_WAY.set(key, reading)
  return reading
}

/** Readings that go on in this process. */
const UNDER_WAY = new Map<string, Promise<ReadingEnd>>()

async function readAndKeep(
  store: ProgrammeStore,
  { submission: id, choices, mapping }: WantedReading,
): Promise<ReadingEnd> {
  const submission = await readSubmission(store.database, id)
  if (submission === undefined) throw new Fault('file-erased')
  const read = await profileHeldFile(store, submission, choices, mapping)
  if (!read.ok) return read
  await keepProfile(store, submission, choices, read.profile)
  return { ok: true }
}

/**
 * What was matched before, or the service's last mapping, tells what is suggested and which samples
 * are masked.
 */
async function profileHeldFile(
  store: ProgrammeStore,
  submission: HeldSubmission,
  reading: ReadingChoices,
  mapping: Mapping | null,
): Promise<
  { readonly ok: true; readonly profile: FileProfile } | Exclude<ReadingEnd, { ok: true }>
> {
  const held = await findHeldSource(store, submission, submission.fileId)
  if (!held.ok) return held
  const { source } = held
  const { quarter, service } = submission
  const previous = mapping ?? (await readPrevious(store, service))
  const read = await READERS.pass(() =>
    readFile({ want: 'profile', source, reading, previous, quarter }),
  )
  if (!read.ok) return read
  return read.profile.overview.rows === 0 ? { ok: false, code: 'no-rows', detail: {} } : read
}
