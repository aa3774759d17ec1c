import type pg from 'pg'
import { quartersBetween, type Quarter } from '#core/standard/quarter.ts'
import type { ReleaseFacts } from '#core/disclosure/release-text.ts'
import type { ReleasedUse } from '#core/disclosure/released-use.ts'
import type { SignedRelease } from '#core/disclosure/signed-release.ts'
import type { Profile } from '#core/disclosure/settings.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'

/** Whoever reads releases: on the portal, the login that can read nothing else. */
export type ReleaseReader = Database | pg.ClientBase

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
  /** Its signature and the key that made it; undefined until a worker has signed it. */
  readonly signed: Omit<SignedRelease, 'text'> | undefined
  /** That anybody may read it without signing in; undefined where two people have not agreed to it. */
  readonly publication: Publication | undefined
}

/** Since when anybody may read a release, and whether it was withdrawn. */
export interface Publication {
  /** The end of its embargo. */
  readonly visibleFrom: Date
  readonly publishedAt: Date
  readonly withdrawnAt: Date | null
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
  const rows = await inPrisma(client, ({ release }) =>
    release.findMany({
      where: choice,
      include: { signature: true, publication: { omit: { approval: true, withdrawnFor: true } } },
      orderBy: [{ lastQuarter: 'desc' }, { profile: 'asc' }, { version: 'desc' }],
    }),
  )
  return rows.map(({ serviceStrands, signature, publication, ...kept }) => {
    const { holdsUse, scales, ruledScales, ...row } = kept
    return {
      ...row,
      use: holdsUse ? usedScales(scales, ruledScales) : undefined,
      id: String(row.id),
      profile: row.profile as Profile,
      firstQuarter: row.firstQuarter as Quarter,
      lastQuarter: row.lastQuarter as Quarter,
      quarters: quartersBetween(row.firstQuarter as Quarter, row.lastQuarter as Quarter),
      services: row.services.map((code, index) => ({
        code,
        strand: serviceStrands[index] ?? '',
      })),
      settings: row.settings as unknown as ReleaseFacts['settings'],
      coverage: row.coverage as unknown as ReleaseFacts['coverage'],
      linkageVersion: Number(row.linkageVersion),
      keyCheck: row.keyCheck ?? '',
      madeAt: row.madeAt.toISOString(),
      digest: Buffer.from(row.digest).toString('hex'),
      signed: signature === null ? undefined : asSigned(signature),
      publication: publication ?? undefined,
    }
  })
}

/** What a release tells beside reach, as it is kept. */
export function usedScales(scales: readonly string[], ruled: readonly string[]): ReleasedUse {
  return { scales: scales.map((code) => ({ code, isRuled: ruled.includes(code) })) }
}

function asSigned({
  key,
  signature,
}: {
  readonly key: Uint8Array
  readonly signature: Uint8Array
}): NonNullable<Release['signed']> {
  return {
    key: Buffer.from(key).toString('base64url'),
    signature: Buffer.from(signature).toString('base64url'),
  }
}

/**
 * The latest release that fits; undefined when none does. Pages read the latest of the programme's
 * own.
 */
export async function readRelease(
  client: ReleaseReader,
  choice: ReleaseChoice = { profile: 'programme' },
): Promise<Release | undefined> {
  const [latest] = await listReleases(client, choice)
  return latest
}
