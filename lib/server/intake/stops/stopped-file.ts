import type { Submission } from '#server/intake/submissions/read-submission.ts'
import type { ProgrammeStore } from '#server/store/store.ts'

/** What stops are applied with: keys, and where they lie. */
export type StopStore = Pick<ProgrammeStore, 'keys' | 'dataDir' | 'env'>

/** The records of a submission that are looked at. */
export type StoppedFile = Pick<Submission, 'id' | 'dataset' | 'epoch'>

/** A row of a file, by its number and whose it is. */
export interface RowPlace {
  readonly row: number
  readonly role: string
}
