import { isDeepStrictEqual } from 'node:util'
import type { FileProfile } from '#core/mapping/overview/file-profile.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { unlistedWords, type UnlistedWords } from '#core/mapping/words/unlisted-words.ts'
import type { MatchedFile } from '#core/remembered/remember-mapping.ts'
import type { ReadingChoices } from '#core/tabular/table.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { ReadingRefusal } from '#server/intake/reading/reading-end.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import type { HeldSubmission } from '#server/intake/held-files/held-file.ts'
import type { BEING_LOADED } from '#server/intake/outcomes/not-taken.ts'
import type { FileLost } from '#server/intake/submissions/put-aside.ts'
import type { ScannerAway, ScanRefusal } from '#server/intake/held-files/scan-file.ts'

/**
 * What the pages before the check show of a held file: made when the file comes, by the one reading
 * that it has until then, and kept beside the file, encrypted like it and erased with it. Another
 * way of reading the file makes it anew.
 */

/** Rises when a profile has other members. */
const FORMAT = 'countonce-profile-4'

/** No worker has read the file yet, or a scanner does not answer; it waits. */
export const FILE_WAITS = { ok: false, code: 'file-waits', detail: {} } as const

/** What a worker's reading came to; what its pages show is kept beside the file. */
export type ReadingEnd =
  | { readonly ok: true }
  | ReadingRefusal
  | typeof BEING_LOADED
  | ScanRefusal
  | ScannerAway
  | FileLost

/** A held file at a glance, or why it cannot be read. */
export type HeldReading =
  | ({ readonly ok: true } & FileProfile)
  | Exclude<ReadingEnd, { readonly ok: true } | ScannerAway>
  | typeof FILE_WAITS

interface KeptProfile {
  readonly format: string
  /** How the file was read. */
  readonly choices: ReadingChoices
  readonly profile: FileProfile
}

/** Keeps what a held file is at a glance, for its pages. */
export async function keepProfile(
  { files }: Pick<ProgrammeStore, 'files'>,
  { fileId }: Pick<HeldSubmission, 'fileId'>,
  choices: ReadingChoices,
  profile: FileProfile,
): Promise<void> {
  if (fileId === null) return
  const kept: KeptProfile = { format: FORMAT, choices, profile }
  await files.keepBeside(fileId, 'profile', inOnePiece(kept))
}

/**
 * What a held file is at a glance as it is chosen to be read: what is kept of it, else what a worker
 * comes to who reads it now.
 */
export async function openProfile(
  store: PortalStore,
  submission: HeldSubmission,
  choices: ReadingChoices,
  mapping: Mapping | null,
): Promise<HeldReading> {
  return (
    (await readKept(store, submission.fileId, choices)) ??
    readHeldFile(store, submission, choices, mapping)
  )
}

/**
 * Has a worker read a held file to its end as it is chosen to be read; held against `last`, where
 * that is given, and not against what is remembered of the service.
 */
export async function readHeldFile(
  store: PortalStore,
  submission: HeldSubmission,
  choices: ReadingChoices,
  mapping: Mapping | null,
  last: MatchedFile | null = null,
): Promise<HeldReading> {
  const given = { submission: submission.id, choices, mapping, last }
  const end = await store.asker.ask<ReadingEnd>('profile', given)
  if (!end.ok) return end.code === 'file-waits' || end.code === 'scanner-away' ? FILE_WAITS : end
  return (await readKept(store, submission.fileId, choices)) ?? FILE_WAITS
}

/** The words of a held file that no code list and no mapping knows. */
export async function listHeldWords(
  store: PortalStore,
  submission: HeldSubmission,
  choices: ReadingChoices,
  mapping: Mapping,
): Promise<readonly UnlistedWords[] | typeof FILE_WAITS> {
  const profile = await openProfile(store, submission, choices, mapping)
  if (!profile.ok) return profile.code === 'file-waits' ? FILE_WAITS : []
  return unlistedWords(profile.header, profile.words, mapping)
}

async function readKept(
  { files }: Pick<PortalStore, 'files'>,
  fileId: string | null,
  choices: ReadingChoices,
): Promise<({ readonly ok: true } & FileProfile) | undefined> {
  if (fileId === null) return undefined
  try {
    const file = await files.openPages(fileId, 'profile')
    if (file === undefined) return undefined
    const bytes = await file.read(0, file.size)
    const text = new TextDecoder().decode(bytes)
    bytes.fill(0)
    // What lies there is authenticated: this program wrote it, or an older one.
    const kept = JSON.parse(text) as KeptProfile
    const isWanted = kept.format === FORMAT && isSameChoice(kept.choices, choices)
    return isWanted ? { ok: true, ...kept.profile } : undefined
  } catch (error) {
    // The file itself is there or not, and says so when it is read.
    const isUnusable =
      error instanceof Fault && ['file-damaged', 'file-erased'].includes(error.code)
    if (isUnusable) return undefined
    throw error
  }
}

async function* inOnePiece(kept: KeptProfile): AsyncGenerator<Uint8Array> {
  const bytes = await Promise.resolve(Buffer.from(JSON.stringify(kept), 'utf8'))
  yield bytes
  // It has words of the file.
  bytes.fill(0)
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
  const {
    columns = {},
    constants,
    join,
    kind,
    reference,
    scores,
    shape,
    split,
    values,
  } = mapping ?? {}
  return {
    ...choices,
    columns,
    ...(kind === undefined ? {} : { kind }),
    ...(scores === undefined ? {} : { scores }),
    ...(shape === undefined ? {} : { shape }),
    ...(reference === undefined ? {} : { reference }),
    ...(constants === undefined ? {} : { constants }),
    ...(values === undefined ? {} : { values }),
    ...(split === undefined ? {} : { split }),
    ...(join === undefined ? {} : { join }),
  }
}
