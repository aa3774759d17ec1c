import type { Database } from '#server/platform/db/database.ts'
import { readUserNames } from '#server/identity/actors/user-names.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { listSourceExports, type ExportStage } from '#server/keys/source-exports.ts'
import type { Actor } from '#server/identity/actors/actor.ts'

/** A request to export the source key as the system page shows it; people by name. */
export interface ExportView {
  readonly reference: string
  readonly epoch: number
  readonly keyCheck: string
  readonly askedBy: string
  readonly askedAt: Date
  readonly approvedBy: string | null
  readonly stage: ExportStage
  /** Whether the actor is a second person. */
  readonly mayApprove: boolean
}

/** Reads the latest requests to export the source key, for administrators. */
export async function readExports(
  database: Database,
  actor: Actor,
  now: Date,
): Promise<{ readonly ok: true; readonly requests: readonly ExportView[] } | Refusal<'not-found'>> {
  const listed = await listSourceExports(database, actor, now)
  if (!listed.ok) return listed
  const people = listed.requests.flatMap(({ askedBy, approvedBy }) => [askedBy, approvedBy ?? ''])
  const names = await readUserNames(database, people)
  const nameOf = (id: string): string => names.get(id) ?? id
  return {
    ok: true,
    requests: listed.requests.map(
      ({ reference, epoch, keyCheck, askedBy, askedAt, approvedBy, stage }) => ({
        ...{ reference, epoch, keyCheck, askedAt, stage },
        askedBy: nameOf(askedBy),
        approvedBy: approvedBy === null ? null : nameOf(approvedBy),
        mayApprove: stage === 'waiting' && askedBy !== actor.userId,
      }),
    ),
  }
}
