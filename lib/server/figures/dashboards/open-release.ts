import type { Quarter } from '#core/standard/quarter.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import {
  listReleases,
  type Release,
  type ReleaseReader,
} from '#server/figures/releases/list-releases.ts'
import { readNames, type ReleaseNames } from '#server/figures/releases/release-names.ts'
import { readAnew, type Anew } from '#server/figures/releases/release-revision.ts'

/** Which quarter of which release a dashboard is asked for; what there is not is taken as not asked. */
export interface AskedQuarter {
  readonly release: string
  readonly quarter: string
}

/** A quarter of a release for the programme, among the others. */
export interface OpenedRelease {
  readonly ok: true
  readonly release: Release
  readonly quarter: Quarter
  /** Every release for the programme, the latest first. */
  readonly releases: readonly Release[]
  readonly names: ReleaseNames
  /** The latest, where that tells the same quarter anew, and what it changed of this one; undefined of the latest. */
  readonly anew: Anew | undefined
  /** The one before that holds the quarter; undefined of the first. */
  readonly earlier: Release | undefined
}

/** Finds the release and quarter that are asked for: the latest, and its last quarter, where none is. */
export async function openRelease(
  client: ReleaseReader,
  asked: AskedQuarter,
): Promise<OpenedRelease | Refusal<'nothing-to-release'>> {
  const releases = await listReleases(client, { profile: 'programme' })
  const release = releases.find(({ reference }) => reference === asked.release) ?? releases[0]
  if (release === undefined) return refuse('nothing-to-release')
  const quarter = release.quarters.find((held) => held === asked.quarter) ?? release.lastQuarter
  const holding = releases.filter(({ quarters }) => quarters.includes(quarter))
  const names = await readNames(client, release)
  return {
    ...{ ok: true, release, releases, quarter, names },
    anew: await readAnew(client, { release, releases, quarter, names }),
    earlier: holding[holding.indexOf(release) + 1],
  }
}
