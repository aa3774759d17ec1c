import type pg from 'pg'
import { SPANS, type Span } from '#core/disclosure/lattice.ts'
import {
  listReleases,
  type Publication,
  type Release,
} from '#server/figures/releases/list-releases.ts'
import { readNames, type ReleaseNames } from '#server/figures/releases/release-names.ts'
import { readRevision, type Revision } from '#server/figures/releases/release-revision.ts'
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

/** The figures of a release as a report tells them, beside those of the release that it takes the place of. */
export interface FiguresView<Before extends Release = Release> {
  readonly release: Release
  readonly names: ReleaseNames
  /** Since the start, the year to date and the last quarter, each as far as a file had come. */
  readonly spans: readonly SpanFigures[]
  readonly trend: readonly TrendRow[]
  /** Of each of these spans. */
  readonly breakdowns: Readonly<Record<Span, readonly Breakdown[]>>
  /** Undefined for the first. */
  readonly revision: Revision<Before> | undefined
}

/** Everything that the page of a published release shows, and its files. */
export interface PublishedView extends PublishedList, FiguresView<PublishedRelease> {
  readonly release: PublishedRelease
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
  return withTransaction(reader, async (client) => ({
    ...list,
    ...(await readFigures(client, release, earlier)),
    release,
    supersededBy: place > 0 ? standing[0]?.reference : undefined,
  }))
}

/** Reads the figures of a release as a report tells them, beside the release that it takes the place of. */
export async function readFigures<Of extends Release>(
  client: pg.ClientBase,
  release: Of,
  earlier: Of | undefined,
): Promise<FiguresView<Of>> {
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
    ...{ release, names, spans: figures, breakdowns },
    trend: await readTrend(client, release, {}),
    revision:
      earlier === undefined ? undefined : await readRevision(client, { release, earlier, names }),
  }
}
