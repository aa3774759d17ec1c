import type pg from 'pg'
import { quartersBetween, type Quarter } from '#core/standard/quarter.ts'
import type { ReleaseFacts } from '#core/disclosure/release-text.ts'
import type { Profile } from '#core/disclosure/settings.ts'
import { databaseFault } from '#server/platform/db/database-fault.ts'
import { namedQuery } from '#server/platform/db/queries.ts'

/** Whoever reads releases connects, or is for this transaction, `countonce_reader`. */
export type ReleaseReader = pg.Pool | pg.ClientBase

/** A frozen release, without its cells. */
export interface Release extends ReleaseFacts {
  readonly id: string
  readonly firstQuarter: Quarter
  readonly lastQuarter: Quarter
  /** Every quarter that it holds, in order. */
  readonly quarters: readonly Quarter[]
  readonly madeBy: string
  /** SHA-256 of the release's text, hex. */
  readonly digest: string
}

/** Which release is wanted. */
export interface ReleaseChoice {
  readonly reference?: string
  readonly profile?: Profile
  /** The release of this quarter, rather than of the last there is. */
  readonly lastQuarter?: Quarter
}

/** The releases there are, the latest quarter and version first; `choice` narrows them. */
export async function listReleases(
  client: ReleaseReader,
  choice: ReleaseChoice = {},
): Promise<Release[]> {
  interface Row extends Omit<Release, 'services' | 'quarters' | 'linkageVersion' | 'madeAt'> {
    readonly services: readonly string[]
    readonly serviceStrands: readonly string[]
    readonly linkageVersion: string
    readonly madeAt: Date
  }
  const { reference, profile, lastQuarter } = choice
  const { rows } = await client
    .query<Row>(namedQuery('releases', 'list-releases'), [
      reference ?? null,
      profile ?? null,
      lastQuarter ?? null,
    ])
    .catch((error: unknown) => {
      throw databaseFault(error)
    })
  return rows.map(({ services, serviceStrands, linkageVersion, madeAt, ...row }) => ({
    ...row,
    quarters: quartersBetween(row.firstQuarter, row.lastQuarter),
    services: services.map((code, index) => ({ code, strand: serviceStrands[index] ?? '' })),
    linkageVersion: Number(linkageVersion),
    madeAt: madeAt.toISOString(),
  }))
}

/** The latest release that fits; undefined when none does. Pages read the latest of the programme's own. */
export async function readRelease(
  client: ReleaseReader,
  choice: ReleaseChoice = { profile: 'programme' },
): Promise<Release | undefined> {
  const [latest] = await listReleases(client, choice)
  return latest
}
