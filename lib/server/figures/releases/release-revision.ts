import type { Quarter } from '#core/standard/quarter.ts'
import { run } from '#server/platform/db/run.ts'
import type { Release, ReleaseReader } from './list-releases.ts'
import type { ReleaseNames } from './release-names.ts'

/** How many figures of a quarter are printed otherwise than in the release before. */
export interface QuarterChange {
  readonly quarter: Quarter
  readonly changed: number
  readonly hidden: number
  readonly shown: number
}

/** What a release holds that the one before did not. */
export interface Revision<Of extends Release = Release> {
  readonly supersedes: Of
  readonly newQuarters: readonly Quarter[]
  /** Services whose file had come since, by name. */
  readonly newFiles: readonly { readonly quarter: Quarter; readonly services: readonly string[] }[]
  readonly changes: readonly QuarterChange[]
}

/** Compares a release with one before it, in the quarters that both hold. */
export async function readRevision<Of extends Release>(
  client: ReleaseReader,
  {
    release,
    earlier,
    names,
  }: { readonly release: Of; readonly earlier: Of; readonly names: ReleaseNames },
): Promise<Revision<Of>> {
  const newFiles = earlier.quarters.flatMap((quarter) => {
    const before = new Set(earlier.coverage[quarter])
    const services = (release.coverage[quarter] ?? [])
      .filter((code) => !before.has(code))
      .map((code) => names.scope('service', code))
    return services.length === 0 ? [] : [{ quarter, services }]
  })
  const both = release.quarters.filter((held) => earlier.quarters.includes(held))
  const changes = await run(client, 'releases/count-changes', [release.id, earlier.id, both])
  return {
    supersedes: earlier,
    newQuarters: release.quarters.filter((held) => !earlier.quarters.includes(held)),
    newFiles,
    changes: changes.map((row) => ({ ...row, quarter: row.quarter as Quarter })),
  }
}

/** The latest release that tells a quarter anew, and what it changed. */
export interface Anew {
  readonly release: Release
  readonly revision: Revision
}

/** Which release has taken the place of another for a quarter; undefined where none has. `releases` are the latest first. */
export async function readAnew(
  client: ReleaseReader,
  {
    release,
    releases,
    quarter,
    names,
  }: {
    readonly release: Release
    readonly releases: readonly Release[]
    readonly quarter: Quarter
    readonly names: ReleaseNames
  },
): Promise<Anew | undefined> {
  const latest = releases.find(
    ({ profile, quarters }) => profile === release.profile && quarters.includes(quarter),
  )
  if (latest === undefined || latest.id === release.id) return undefined
  return {
    release: latest,
    revision: await readRevision(client, { release: latest, earlier: release, names }),
  }
}
