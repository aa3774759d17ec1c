import type { Code } from '#core/messages/words-of.ts'
import type { MappingRefusal } from '#core/mapping/compile-mapping.ts'
import type { FileStop } from '#core/checks/what-stops.ts'
import type { Suggestion } from '#core/mapping/mapping.ts'
import { ReadingRefused } from '#server/intake/reading/read-file.ts'
import type { Opened } from '#server/intake/reading/reading-task.ts'
import type { Difference } from './compare-submission.ts'
import type { Submission } from './read-submission.ts'
import type { CheckedFile } from './save-outcome.ts'

/** Why a file was not taken, with everything a person needs to fix it; nothing of it is kept. */
export interface NotTaken {
  readonly ok: false
  readonly code: Code
  readonly detail: Readonly<Record<string, string | number>>
  readonly file?: CheckedFile
  readonly suggestions?: readonly Suggestion[]
  readonly mappingRefusals?: readonly MappingRefusal[]
  readonly difference?: Difference
  /** The reference of the submission that stands for the service and quarter. */
  readonly standing?: string
}

/** The mapping cannot be used: nothing was read yet. */
export class MappingRefused extends Error {
  readonly opened: Opened
  constructor(opened: Opened) {
    super('mapping')
    this.opened = opened
  }
}

/** The file was read to its end, and is not to be taken as it is. */
export class FileStopped extends Error {
  readonly code: FileStop['code']
  readonly detail: Readonly<Record<string, string | number>>
  readonly file: CheckedFile
  readonly standing: { standing: Submission; clients: Difference } | undefined
  constructor(
    code: FileStop['code'],
    detail: Readonly<Record<string, string | number>>,
    file: CheckedFile,
    standing?: { standing: Submission; clients: Difference },
  ) {
    super(code)
    this.code = code
    this.detail = detail
    this.file = file
    this.standing = standing
  }
}

/** Somebody else is taking this submission on, or has just done so. */
export function beingLoaded(): ReadingRefused {
  return new ReadingRefused('being-loaded')
}

/** What stopped a file, as the caller is told it; undefined for a fault. */
export function asNotTaken(error: unknown): NotTaken | undefined {
  if (error instanceof ReadingRefused) return { ok: false, code: error.code, detail: error.detail }
  if (error instanceof MappingRefused) {
    const { opened } = error
    const code = opened.refusals.every((refusal) => refusal.code === 'mapping-field-missing')
      ? 'mapping-incomplete'
      : 'mapping-unusable'
    return {
      ok: false,
      code,
      detail: {},
      suggestions: opened.suggestions,
      mappingRefusals: opened.refusals,
    }
  }
  if (error instanceof FileStopped) {
    return {
      ok: false,
      code: error.code,
      detail: error.detail,
      file: error.file,
      ...(error.standing === undefined
        ? {}
        : { difference: error.standing.clients, standing: error.standing.standing.reference }),
    }
  }
  return undefined
}
