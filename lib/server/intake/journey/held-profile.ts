import { availableParallelism } from 'node:os'
import { isDeepStrictEqual } from 'node:util'
import type { FileProfile } from '#core/mapping/file-profile.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { unlistedWords, type UnlistedWords } from '#core/mapping/unlisted-words.ts'
import type { ReadingChoices } from '#core/tabular/table.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { Turnstile } from '#server/platform/queue/turnstile.ts'
import { readFile, type ReadingRefusal } from '#server/intake/reading/read-file.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import {
  findHeldSource,
  readPrevious,
  type HeldSubmission,
} from '#server/intake/submissions/held-file.ts'
import type { BEING_LOADED } from '#server/intake/submissions/not-taken.ts'

/**
 * What the pages before the check show of a held file: made when the file comes, by the one reading
 * that it has until then, and kept beside the file, encrypted like it and erased with it. Another
 * way of reading the file makes it anew.
 */

/** Rises when a profile has other members. */
const FORMAT = 'countonce-profile-2'

/** A held file at a glance, or why it cannot be read. */
export type HeldReading =
  ({ readonly ok: true } & FileProfile) | ReadingRefusal | typeof BEING_LOADED

interface KeptProfile {
  readonly format: string
  /** How the file was read. */
  readonly choices: ReadingChoices
  readonly profile: FileProfile
}

/**
 * The turn of those that read files for pages: files that one process of pages reads
 * at a time. Each is read in a process of its own, and fifty people may upload at once. The others wait their turn.
 */
export const READERS = new Turnstile(Math.max(2, availableParallelism()))

/**
 * Reads a held file to its end as it was chosen to be read, in a process of its own; what was
 * matched before, or the service's last mapping, tells what is suggested and which samples are
 * masked.
 */
export async function profileHeldFile(
  store: ProgrammeStore,
  submission: HeldSubmission,
  reading: ReadingChoices,
  mapping: Mapping | null,
): Promise<HeldReading> {
  const held = await findHeldSource(store, submission, submission.fileId)
  if (!held.ok) return held
  const { source } = held
  const { quarter, service } = submission
  const previous = mapping ?? (await readPrevious(store, service))
  const read = await READERS.pass(() =>
    readFile({ want: 'profile', source, reading, previous, quarter }),
  )
  if (!read.ok) return read
  const { profile } = read
  return profile.overview.rows === 0
    ? { ok: false, code: 'no-rows', detail: {} }
    : { ok: true, ...profile }
}

/**
 * Keeps what a held file is at a glance. What cannot be kept is read again when a page asks for it.
 */
export async function keepProfile(
  { files }: Pick<ProgrammeStore, 'files'>,
  { fileId }: Pick<HeldSubmission, 'fileId'>,
  choices: ReadingChoices,
  profile: FileProfile,
): Promise<void> {
  if (fileId === null) return
  const kept: KeptProfile = { format: FORMAT, choices, profile }
  await files.keepBeside(fileId, 'profile', inOnePiece(kept)).catch(() => undefined)
}

/**
 * What a held file is at a glance as it is chosen to be read now: what is kept of it, else what a
 * reading of it tells.
 */
export async function openProfile(
  store: ProgrammeStore,
  submission: HeldSubmission,
  choices: ReadingChoices,
  mapping: Mapping | null,
): Promise<HeldReading> {
  const kept = await readKept(store, submission.fileId)
  if (kept !== undefined && isSameChoice(kept.choices, choices)) {
    return { ok: true, ...kept.profile }
  }
  const reading = await profileHeldFile(store, submission, choices, mapping)
  if (reading.ok) await keepProfile(store, submission, choices, reading)
  return reading
}

/** The words of a held file that no code list and no mapping knows. */
export async function listHeldWords(
  store: ProgrammeStore,
  submission: HeldSubmission,
  choices: ReadingChoices,
  mapping: Mapping,
): Promise<readonly UnlistedWords[]> {
  const profile = await openProfile(store, submission, choices, mapping)
  return profile.ok ? unlistedWords(profile.header, profile.words, mapping) : []
}

async function readKept(
  { files }: ProgrammeStore,
  fileId: string | null,
): Promise<KeptProfile | undefined> {
  if (fileId === null) return undefined
  try {
    const file = await files.openBeside(fileId, 'profile')
    if (file === undefined) return undefined
    const text = Buffer.from(await file.read(0, file.size)).toString('utf8')
    // What lies there is authenticated: this program wrote it, or an older one.
    const kept = JSON.parse(text) as KeptProfile
    return kept.format === FORMAT ? kept : undefined
  } catch (error) {
    // The file itself is there or not, and says so when it is read.
    const isUnusable =
      error instanceof Fault && ['file-damaged', 'file-erased'].includes(error.code)
    if (isUnusable) return undefined
    throw error
  }
}

async function* inOnePiece(kept: KeptProfile): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(JSON.stringify(kept), 'utf8'))
}

function isSameChoice(one: ReadingChoices, other: ReadingChoices): boolean {
  const { encoding, separator, sheet, headerRow, preparation, people } = one
  return (
    encoding === other.encoding &&
    separator === other.separator &&
    sheet === other.sheet &&
    headerRow === other.headerRow &&
    // What the database gives back has its members in another order.
    isDeepStrictEqual(preparation, other.preparation) &&
    isDeepStrictEqual(people, other.people)
  )
}

/** The reading choices as a mapping carries them, before columns are matched. */
export function withChoices(choices: ReadingChoices, mapping: Mapping | null): Mapping {
  const { columns = {}, constants, join, reference, shape, split, values } = mapping ?? {}
  return {
    ...choices,
    columns,
    ...(shape === undefined ? {} : { shape }),
    ...(reference === undefined ? {} : { reference }),
    ...(constants === undefined ? {} : { constants }),
    ...(values === undefined ? {} : { values }),
    ...(split === undefined ? {} : { split }),
    ...(join === undefined ? {} : { join }),
  }
}
