import type pg from 'pg'
import { FACTS, type DataQuality } from '#core/measures/data-quality.ts'
import type { FileMeasures } from '#core/measures/file-measures.ts'
import type { Period } from '#core/measures/person-use.ts'
import type { ReachCounting } from '#core/reach/reached.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Database } from '#server/platform/db/database.ts'
import { run, runForRow, type Answer } from '#server/platform/db/run.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'

/** The file of people and service use in use of a service and quarter: how good it is, and what it says by itself. */
export interface FileQuality {
  readonly service: string
  readonly quarter: Quarter
  readonly reference: string
  /** Whether it took the place of another. */
  readonly isReplacement: boolean
  readonly counting: ReachCounting
  /** Null where its check did not count it, as before there was this. */
  readonly own: FileMeasures | null
  readonly quality: DataQuality
}

/** Which files: of all services, where none is given. */
interface Files extends Period {
  readonly dataset: Dataset
  readonly service?: string
}

/** Reads what checks counted of files, in the order of services and quarters: no record is read. */
export async function readFileQualities(
  client: Database | pg.ClientBase,
  files: Files,
): Promise<FileQuality[]> {
  return (await readKept(client, files)).map((row) => qualityOf(row, ownOf(row)))
}

/**
 * How good files were, in the order of services and quarters, for those who may read records: what a check did not count is
 * counted now. Equals lib/core/measures.
 */
export async function measureQualities(
  client: Database | pg.ClientBase,
  files: Files,
): Promise<FileQuality[]> {
  const measured: FileQuality[] = []
  for (const row of await readKept(client, files)) {
    const counted = (): Promise<FileMeasures> =>
      runForRow(client, 'submissions/measure-file', [files.dataset, row.id])
    measured.push(qualityOf(row, ownOf(row) ?? (await counted())))
  }
  return measured
}

type KeptRow = Answer<'measures/data-quality'>[number]

function readKept(
  client: Database | pg.ClientBase,
  { dataset, from, to, service }: Files,
): Promise<Answer<'measures/data-quality'>> {
  return run(client, 'measures/data-quality', [dataset, from, to, service ?? null])
}

function ownOf({ own }: KeptRow): FileMeasures | null {
  // What compare-submission.ts wrote.
  return own as FileMeasures | null
}

function qualityOf(row: KeptRow, own: FileMeasures | null): FileQuality {
  const { service, quarter, reference, isReplacement, counting } = row
  return {
    ...{ service, quarter, reference, isReplacement, counting, own },
    quality: {
      complete: { part: own?.facts ?? 0, whole: (own?.records ?? 0) * FACTS },
      usable: { part: row.accepted, whole: row.accepted + row.rejected },
      matchable: { part: row.strong, whole: row.counted },
      daysAfter: row.daysAfter,
    },
  }
}
