import type { Quarter } from '#core/standard/quarter.ts'
import { SPANS, type Span } from '#core/disclosure/lattice.ts'
import {
  listReleases,
  type Publication,
  type Release,
} from '#server/figures/releases/list-releases.ts'
import { readNames, type ReleaseNames } from '#server/figures/releases/release-names.ts'
import {
  readBreakdowns,
  readSpanFigures,
  readTrend,
  type Breakdown,
  type SpanFigures,
  type TrendRow,
} from '#server/figures/releases/release-views.ts'
import { wasSent } from '#core/disclosure/coverage.ts'
import { readProgramme } from '#server/programme/register/read-programme.ts'
import type { Database } from '#server/platform/db/database.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'

/** A release that anybody may read, or could. */
export type PublishedRelease = Release & { readonly publication: Publication }

/** What anybody may know of at a moment: nothing before the end of its embargo. */
export interface PublishedList {
  readonly programme: { readonly name: string; readonly live: boolean }
  /** The latest quarter and version first; those that were withdrawn among them. */
  readonly releases: readonly PublishedRelease[]
}

/** Lists what anybody may know of. */
export async function listPublished(reader: Database, now: Date): Promise<PublishedList> {
  const { name, live } = await readProgramme(reader)
  const releases = (await listReleases(reader, { profile: 'public' }))
    .filter(isPublished)
    .filter(({ publication }) => publication.visibleFrom <= now)
  return { programme: { name, live }, releases }
}

function isPublished(release: Release): release is PublishedRelease {
  return release.publication !== undefined
}

/** Where a published release stands among the others. */
export type PublishedState = 'current' | 'superseded' | 'withdrawn'

/** The state of each, in the order of the list. */
export function statesOf({ releases }: PublishedList): ReadonlyMap<string, PublishedState> {
  const current = releases.find(({ publication }) => publication.withdrawnAt === null)
  return new Map(
    releases.map(({ reference, publication }) => [
      reference,
      publication.withdrawnAt !== null
        ? 'withdrawn'
        : reference === current?.reference
          ? 'current'
          : 'superseded',
    ]),
  )
}

/** How many figures of a quarter are printed otherwise than in the release before. */
export interface QuarterChange {
  readonly quarter: Quarter
  readonly changed: number
  readonly hidden: number
  readonly shown: number
}

/** What a release holds that the one before did not. */
export interface Revision {
  readonly supersedes: PublishedRelease
  readonly newQuarters: readonly Quarter[]
  /** Services whose file had come since, by name. */
  readonly newFiles: readonly { readonly quarter: Quarter; readonly services: readonly string[] }[]
  readonly changes: readonly QuarterChange[]
}

/** Everything that the page of a published release shows, and its files. */
export interface PublishedView extends PublishedList {
  readonly release: PublishedRelease
  readonly names: ReleaseNames
  /** Since the start, the year to date and the last quarter, each as far as a file had come. */
  readonly spans: readonly SpanFigures[]
  readonly trend: readonly TrendRow[]
  /** Of each of these spans. */
  readonly breakdowns: Readonly<Record<Span, readonly Breakdown[]>>
  /** Undefined for the first. */
  readonly revision: Revision | undefined
  /** The reference of the release that supersedes this one. */
  readonly supersededBy: string | undefined
}

/**
 * A release as anybody may read it: undefined for what nobody outside may know of, `withdrawn` for
 * what had been published.
 */
export async function readPublished(
  reader: Database,
  reference: string,
  now: Date,
): Promise<PublishedView | 'withdrawn' | undefined> {
  const list = await listPublished(reader, now)
  const release = list.releases.find((listed) => listed.reference === reference)
  if (release === undefined) return undefined
  if (release.publication.withdrawnAt !== null) return 'withdrawn'
  const standing = list.releases.filter(({ publication }) => publication.withdrawnAt === null)
  const place = standing.indexOf(release)
  const earlier = standing[place + 1]
  return withTransaction(reader, async (client) => {
    const names = await readNames(client, release)
    const quarter = release.lastQuarter
    const spans = [...SPANS].reverse().filter((span) => wasSent(release, 'all', '', quarter, span))
    const breakdowns: Record<Span, readonly Breakdown[]> = { quarter: [], year: [], start: [] }
    const figures: SpanFigures[] = []
    for (const span of spans) {
      figures.push(await readSpanFigures(client, release, { quarter, span, names }))
      breakdowns[span] = await readBreakdowns(client, release, { quarter, span })
    }
    return {
      ...list,
      ...{ release, names, spans: figures, breakdowns },
      trend: await readTrend(client, release, {}),
      revision:
        earlier === undefined
          ? undefined
          : {
              ...comparedLists(release, earlier, names),
              changes: (
                await run(client, 'releases/count-changes', [
                  ...([release.id, earlier.id] as const),
                  release.quarters.filter((held) => earlier.quarters.includes(held)),
                ])
              ).map((row) => ({ ...row, quarter: row.quarter as Quarter })),
            },
      supersededBy: place > 0 ? standing[0]?.reference : undefined,
    }
  })
}

function comparedLists(
  release: PublishedRelease,
  earlier: PublishedRelease,
  names: ReleaseNames,
): Omit<Revision, 'changes'> {
  const newFiles = earlier.quarters.flatMap((quarter) => {
    const before = new Set(earlier.coverage[quarter])
    const services = (release.coverage[quarter] ?? [])
      .filter((code) => !before.has(code))
      .map((code) => names.scope('service', code))
    return services.length === 0 ? [] : [{ quarter, services }]
  })
  return {
    supersedes: earlier,
    newQuarters: release.quarters.filter((held) => !earlier.quarters.includes(held)),
    newFiles,
  }
}
