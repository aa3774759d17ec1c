import type { FileProfile } from '#core/mapping/overview/file-profile.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import type { MatchedFile } from '#core/remembered/remember-mapping.ts'
import type { ReadingChoices } from '#core/tabular/table.ts'
import { readFile } from '#server/intake/reading/read-file.ts'
import { dayOfFile, furtherFile } from '#server/intake/held-files/further-file.ts'
import {
  findHeldSource,
  toldOfKind,
  type HeldSubmission,
} from '#server/intake/held-files/held-file.ts'
import { orPutAside } from '#server/intake/submissions/put-aside.ts'
import { readSubmission } from '#server/intake/submissions/read-submission.ts'
import { readRemembered } from '#server/intake/held-files/service-mapping.ts'
import { serviceMemoryKey } from '#server/keys/memory-key.ts'
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
  /** What is remembered of another file in its place, rather than of the service's last. */
  readonly last?: MatchedFile | null | undefined
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

async function readAndKeep(store: ProgrammeStore, wanted: WantedReading): Promise<ReadingEnd> {
  const submission = await readSubmission(store.database, wanted.submission)
  if (submission === undefined) throw new Fault('file-erased')
  const read = await orPutAside(store, submission, () => profileHeldFile(store, submission, wanted))
  if (!read.ok) return read
  await keepProfile(store, submission, wanted.choices, read.profile)
  return { ok: true }
}

/**
 * What was matched before, or is remembered of the service's last file, tells what is suggested and
 * which samples are masked.
 */
async function profileHeldFile(
  store: ProgrammeStore,
  submission: HeldSubmission,
  { choices: reading, mapping, last }: WantedReading,
): Promise<
  { readonly ok: true; readonly profile: FileProfile } | Exclude<ReadingEnd, { ok: true }>
> {
  const held = await findHeldSource(store, submission, submission.fileId)
  if (!held.ok) return held
  const { source } = held
  const { quarter, service, kind } = submission
  const remembered =
    last == null
      ? await readRemembered(store, { service, kind })
      : { key: serviceMemoryKey(store.secrets.memory, service), last }
  const readBy = await furtherFile(
    store.database,
    kind,
    await dayOfFile(store.database, submission),
  )
  const look = { source, reading, previous: mapping, remembered, quarter, ...toldOfKind(kind) }
  const further = readBy === undefined ? {} : { further: readBy.further }
  const read = await READERS.pass(() => readFile({ want: 'profile', ...look, ...further }))
  if (!read.ok) return read
  return read.profile.overview.rows === 0 ? { ok: false, code: 'no-rows', detail: {} } : read
}
