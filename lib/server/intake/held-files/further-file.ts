import type { FileKind } from '#core/standard/further-fields.ts'
import { isFeedKind } from '#core/standard/feeds/feed-kinds.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import type { FurtherFile } from '#server/intake/reading/reading-task.ts'
import type { Database } from '#server/platform/db/database.ts'
import {
  readFramework,
  readFrameworkVersion,
} from '#server/programme/register/framework-versions.ts'
import { EMPTY_FRAMEWORK } from '#core/framework/framework.ts'
import type { KeptManifest } from '#server/intake/reading/reading-task.ts'

/** What a file of a further kind is read by, and the version of the framework where scores are. */
export interface ReadBy {
  readonly further: FurtherFile
  readonly frameworkVersion: number | null
}

/**
 * What a file of a kind that came on a day is read by now; undefined for people and service use.
 */
export async function furtherFile(
  database: Database,
  kind: FileKind,
  day: string,
): Promise<ReadBy | undefined> {
  if (kind === 'people') return undefined
  if (kind !== 'outcomes')
    return { further: { kind, framework: EMPTY_FRAMEWORK, day }, frameworkVersion: null }
  const kept = await readFramework(database)
  return {
    further: { kind, framework: kept?.framework ?? EMPTY_FRAMEWORK, day },
    frameworkVersion: kept?.version ?? null,
  }
}

/**
 * What a file that was hashed at source is read by: its scores by the version of the framework that
 * they were hashed by, which they keep. `none` where this programme has no such version.
 */
export async function furtherOfManifest(
  database: Database,
  { events }: Pick<KeptManifest, 'events'>,
): Promise<ReadBy | undefined | 'none'> {
  if (events?.kind !== 'outcomes') return furtherFile(database, events?.kind ?? 'people', '')
  const kept = await readFrameworkVersion(database, events.framework)
  if (kept === undefined) return 'none'
  const { version, framework } = kept
  return { further: { kind: 'outcomes', framework, day: '' }, frameworkVersion: version }
}

/** The day in London on which the file of a submission came; of a feed alone does it matter. */
export async function dayOfFile(
  database: Database,
  { id, kind }: { readonly id: string; readonly kind: FileKind },
): Promise<string> {
  if (!isFeedKind(kind)) return ''
  const came = await inPrisma(database, ({ submission }) =>
    submission.findUniqueOrThrow({ where: { id: BigInt(id) }, select: { receivedAt: true } }),
  )
  return dayInLondon(came.receivedAt)
}
