import type { FileKind } from '#core/standard/further-fields.ts'
import type { FurtherFile } from '#server/intake/reading/reading-task.ts'
import type { Database } from '#server/platform/db/database.ts'
import { readFramework } from '#server/programme/register/framework-versions.ts'

const NO_FRAMEWORK = { outcomes: [], measures: [], instruments: [] }

/** What a file of a further kind is read by, and the version of the framework where scores are. */
export interface ReadBy {
  readonly further: FurtherFile
  readonly frameworkVersion: number | null
}

/** What a file of a kind is read by now; undefined for people and service use. */
export async function furtherFile(database: Database, kind: FileKind): Promise<ReadBy | undefined> {
  if (kind === 'people') return undefined
  if (kind === 'activities')
    return { further: { kind, framework: NO_FRAMEWORK }, frameworkVersion: null }
  const kept = await readFramework(database)
  return {
    further: { kind, framework: kept?.framework ?? NO_FRAMEWORK },
    frameworkVersion: kept?.version ?? null,
  }
}
