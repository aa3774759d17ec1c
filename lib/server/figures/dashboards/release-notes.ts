import { HIDDEN } from '#core/disclosure/printed.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { Release } from '#server/figures/releases/list-releases.ts'
import type { OpenedRelease } from './open-release.ts'

/** Of which release figures are, and what its signs mean: a sentence each. */
export function releaseNotes({ release }: Pick<OpenedRelease, 'release'>): string[] {
  const { threshold, base } = release.settings
  return [
    `From release ${release.reference}. Different people, each counted once.`,
    `${HIDDEN} stands for a figure that is hidden: ${threshold} people or fewer, or one that would reveal such a figure. All others are rounded to the nearest ${base}.`,
    'A share is of printed figures. It is not told where one of them is hidden or of too few people.',
  ]
}

/** The same for the cover of a file, which also says that another release took the place of this one. */
export function coverNotes(told: Pick<OpenedRelease, 'release' | 'anew'>): string[] {
  const { anew } = told
  return [
    ...releaseNotes(told),
    ...(anew === undefined
      ? []
      : [`Superseded: release ${anew.release.reference} tells this quarter anew.`]),
  ]
}

/** Writes down that figures of a release were taken away, before anybody has them. */
export async function noteDownload(
  pool: Database,
  actor: Actor,
  { reference }: Pick<Release, 'reference'>,
  form: string,
): Promise<void> {
  await withTransaction(pool, (client) =>
    appendAudit(client, {
      actor: actor.userId,
      event: 'release.downloaded',
      subject: reference,
      detail: { form },
    }),
  )
}
