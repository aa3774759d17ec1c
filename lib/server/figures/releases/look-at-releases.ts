import type { Quarter } from '#core/standard/quarter.ts'
import type { PlaceKind, ScopeKind, Span } from '#core/disclosure/lattice.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { listReleases, readRelease, type Release } from './list-releases.ts'
import { readReleaseCsv } from './release-csv.ts'
import { readSignedFile } from './signed-file.ts'
import { placeNames, readNames } from './release-names.ts'
import { readAnew, type Anew } from './release-revision.ts'
import {
  readBreakdowns,
  readSpanFigures,
  readTrend,
  type Breakdown,
  type SpanFigures,
  type TrendRow,
} from './release-views.ts'

/** Which released cells a page asks for; what the release does not hold is taken as not asked. */
export interface AskedFigures {
  /** A release's reference; empty for the latest of the programme's own. */
  readonly release: string
  readonly quarter: string
  readonly span: Span
  /** `service CODE`, `strand CODE`, or anything else for all. */
  readonly scope: string
  /** A place's kind, `ward CODE`, or anything else for everywhere. */
  readonly place: string
}

/** One choice of a filter. */
export interface FigureChoice {
  readonly value: string
  readonly name: string
}

/** The released figures of a page, with everything its filters offer. */
export interface ReleasedPage {
  readonly ok: true
  readonly release: Release
  /** Every release, the latest first. */
  readonly releases: readonly Release[]
  readonly asked: AskedFigures & { readonly quarter: Quarter }
  readonly scopes: readonly FigureChoice[]
  readonly places: readonly FigureChoice[]
  readonly scopeName: string
  readonly placeName: string
  readonly spanFigures: SpanFigures
  readonly trend: readonly TrendRow[]
  readonly breakdowns: readonly Breakdown[]
  /** Undefined where no other release tells the quarter anew. */
  readonly anew: Anew | undefined
}

/** Where released figures are read: by a login that reads nothing about a person, and writes nothing. */
export interface ReleaseReading {
  readonly releases: Database
  /** The portal's own, which writes the entry of a refusal. */
  readonly pool: Database
}

/**
 * Reads released figures, signed in as a role that can read releases and nothing about a person.
 * `nothing-to-release` while there is no release.
 */
export async function lookAtReleased(
  { releases: reader, pool }: ReleaseReading,
  actor: Actor,
  asked: AskedFigures,
): Promise<ReleasedPage | Refusal<'not-found' | 'nothing-to-release'>> {
  if (!(await holdsRight(pool, actor, 'reach.see'))) return NOT_HELD
  return withTransaction(reader, async (client) => {
    const releases = await listReleases(client)
    const release =
      asked.release === ''
        ? (releases.find(({ profile }) => profile === 'programme') ?? releases[0])
        : releases.find(({ reference }) => reference === asked.release)
    if (release === undefined) {
      return refuse(asked.release === '' ? 'nothing-to-release' : 'not-found')
    }
    const names = await readNames(client, release)
    const scopes: (FigureChoice & { scope: ScopeKind; code: string })[] = [
      { value: '', name: names.scope('all', ''), scope: 'all', code: '' },
      ...release.strands.map((code) => ({
        value: `strand ${code}`,
        name: `Strand: ${names.scope('strand', code)}`,
        scope: 'strand' as const,
        code,
      })),
      ...release.services.map(({ code }) => ({
        value: `service ${code}`,
        name: names.scope('service', code),
        scope: 'service' as const,
        code,
      })),
    ]
    const places: (FigureChoice & { place: PlaceKind; code: string })[] = placeNames(
      release,
      names,
    ).map(({ kind, code, name }) => ({
      value: kind === 'everywhere' ? '' : kind === 'ward' ? `ward ${code}` : kind,
      name,
      place: kind,
      code,
    }))
    const scope = scopes.find(({ value }) => value === asked.scope) ?? scopes[0]
    const place = places.find(({ value }) => value === asked.place) ?? places[0]
    const quarter = release.quarters.find((held) => held === asked.quarter) ?? release.lastQuarter
    const who = { scope: scope?.scope ?? 'all', code: scope?.code ?? '' } as const
    const where = { place: place?.place ?? 'everywhere', code: place?.code ?? '' } as const
    return {
      ok: true,
      release,
      releases,
      asked: {
        release: release.reference,
        span: asked.span,
        quarter,
        scope: scope?.value ?? '',
        place: place?.value ?? '',
      },
      scopes,
      places,
      scopeName: scope?.name ?? '',
      placeName: place?.name ?? '',
      spanFigures: await readSpanFigures(client, release, {
        quarter,
        span: asked.span,
        scope: who,
        place: where,
        names,
      }),
      trend: await readTrend(client, release, { scope: who, place: where }),
      breakdowns:
        who.scope === 'all' && where.place === 'everywhere'
          ? await readBreakdowns(client, release, { quarter, span: asked.span })
          : [],
      anew: await readAnew(client, { release, releases, quarter, names }),
    }
  })
}

/** Lists the releases there are, the latest first. */
export async function lookAtReleases(
  { releases, pool }: ReleaseReading,
  actor: Actor,
): Promise<{ readonly ok: true; readonly releases: readonly Release[] } | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'reach.see'))) return NOT_HELD
  return { ok: true, releases: await listReleases(releases) }
}

/** How the figures of a release leave: a table, or what an outsider checks. */
export const RELEASE_FORMS = ['csv', 'signed'] as const
export type ReleaseForm = (typeof RELEASE_FORMS)[number]

/** A file of a release. */
export interface ReleaseFile {
  readonly ok: true
  readonly name: string
  readonly text: string
}

/**
 * The figures of a release as a file; that it was taken away is audited, by `pool`, the portal's
 * own, before anybody has it. `not-found` too for what is not signed yet.
 */
export async function lookAtReleaseFile(
  { releases, pool }: ReleaseReading,
  actor: Actor,
  { reference, form }: { readonly reference: string; readonly form: ReleaseForm },
): Promise<ReleaseFile | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'reach.see'))) return NOT_HELD
  const release = reference === '' ? undefined : await readRelease(releases, { reference })
  if (release === undefined) return refuse('not-found')
  const text =
    form === 'csv'
      ? await readReleaseCsv(releases, release)
      : await readSignedFile(releases, release)
  if (text === undefined) return refuse('not-found')
  await withTransaction(pool, (client) =>
    appendAudit(client, {
      actor: actor.userId,
      event: 'release.downloaded',
      subject: reference,
      detail: { form },
    }),
  )
  return { ok: true, name: form === 'csv' ? `${reference}.csv` : `${reference}.signed.json`, text }
}
