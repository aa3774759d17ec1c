import type pg from 'pg'
import type { EarlierReleases } from '#core/disclosure/attack/earlier.ts'
import { measureLoss, type DraftLoss } from '#core/disclosure/draft-loss.ts'
import type { LatticeCounts } from '#core/disclosure/lattice-counts.ts'
import { layOutLattice, type Lattice, type ReleaseLists } from '#core/disclosure/lattice.ts'
import { printLattice } from '#core/disclosure/print-lattice.ts'
import { knowledgeOfProviders } from '#core/disclosure/provider-views.ts'
import type { ReleaseFacts } from '#core/disclosure/release-text.ts'
import type { ReleasedCell } from '#core/disclosure/released-figures.ts'
import { DISCLOSURE_SETTINGS, type Profile } from '#core/disclosure/settings.ts'
import { unsentCells } from '#core/disclosure/unsent-cells.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { takeLinkingLock, withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { programVersion } from '#server/platform/machine/program-version.ts'
import { countLattice, countOwnBreakdowns, countUnions } from './count-lattice.ts'
import { readEarlier } from './earlier-releases.ts'
import { lastQuarterWithFiles, readReleaseLists } from './release-lists.ts'
import { repairApart } from './repair-apart.ts'
import { repairRecord, storedCells } from './write-release.ts'

/** What a release is asked to be. */
export interface ReleaseOrder {
  readonly profile: Profile
  /** Its last quarter; without it the last that any service has sent a file for. */
  readonly lastQuarter?: Quarter
  /** The reference of who makes it. */
  readonly actor: string
}

/** The exact figures of a release, and all that it is printed by. */
export interface CountedRelease {
  readonly ok: true
  readonly facts: ReleaseFacts
  readonly lists: ReleaseLists
  readonly lattice: Lattice
  readonly counts: LatticeCounts
  /** What providers count of several services together, and by age band, gender and ethnicity. */
  readonly unions: Int32Array
  readonly breakdowns: Int32Array
  readonly earlier: EarlierReleases
  /** The id of the last release that these know of; null before the first. */
  readonly latest: bigint | null
}

/**
 * Counts a release in one linkage state: in a transaction under the linking lock, which ends before anything is printed, since
 * attacking and repairing what would be printed can take minutes in which files and people's requests would wait.
 */
export function countRelease(
  database: Database,
  order: ReleaseOrder,
  now: Date,
): Promise<CountedRelease | Refusal<'nothing-to-release'>> {
  return withTransaction(database, async (client) => {
    await takeLinkingLock(client, 'production')
    // Before those are read: one that is frozen meanwhile is then later than it.
    const latest = await latestRelease(client)
    const lastQuarter = order.lastQuarter ?? (await lastQuarterWithFiles(client))
    const lists =
      lastQuarter === undefined
        ? undefined
        : await readReleaseLists(client, lastQuarter, order.profile)
    if (lists === undefined) return refuse('nothing-to-release')
    const lattice = layOutLattice(lists)
    const counts = await countLattice(client, lattice)
    const known = knowledgeOfProviders(lattice, lists)
    return {
      ...{ ok: true as const, lists, lattice, counts, latest },
      unions: await countUnions(client, lattice, known.unions),
      breakdowns: await countOwnBreakdowns(client, lattice, known.breakdowns),
      earlier: await readEarlier(client, order.profile, lattice, counts.counts),
      facts: await describe(client, order, lists, now),
    }
  })
}

/** The id of the last release; null before the first. */
export async function latestRelease(client: pg.ClientBase): Promise<bigint | null> {
  const { _max: latest } = await inPrisma(client, ({ release }) =>
    release.aggregate({ _max: { id: true } }),
  )
  return latest.id
}

/** What a release would print, which is not kept. */
export interface UnfrozenRelease {
  readonly facts: ReleaseFacts
  readonly cells: readonly ReleasedCell[]
  readonly repair: ReturnType<typeof repairRecord>
  /** Tells what is lost; only a draft asks. */
  readonly measure: () => DraftLoss
}

/** Prints, attacks and repairs what was counted: no database, and minutes of processor time where there is much. */
export async function printRelease({
  facts,
  lists,
  lattice,
  counts,
  unions,
  breakdowns,
  earlier: { published, readers },
}: CountedRelease): Promise<UnfrozenRelease> {
  const settings = DISCLOSURE_SETTINGS[facts.profile]
  const printed = printLattice(lattice, counts, settings, published)
  const { views, ...known } = knowledgeOfProviders(lattice, lists)
  const repaired = await repairApart({
    release: {
      ...{ lattice, counts: counts.counts, printed, published, readers, settings },
      ...{
        unsent: unsentCells(lattice, lists),
        unions: { services: known.unions, counts: unions },
      },
      breakdowns: { services: known.breakdowns, counts: breakdowns },
    },
    views,
  })
  return {
    facts,
    cells: storedCells(lattice, repaired.printed),
    repair: repairRecord(lattice, repaired),
    measure: () => measureLoss(lattice, counts.counts, repaired.printed, settings, repaired.untold),
  }
}

const PREFIX: Readonly<Record<Profile, string>> = { programme: 'REL', public: 'PUB' }

async function describe(
  client: pg.ClientBase,
  { profile }: ReleaseOrder,
  lists: ReleaseLists,
  now: Date,
): Promise<ReleaseFacts> {
  const firstQuarter = lists.quarters[0] ?? ''
  const lastQuarter = lists.quarters.at(-1) ?? ''
  const { state, version } = await inPrisma(client, async ({ linkageState, release }) => {
    const made = await release.aggregate({
      where: { profile, lastQuarter },
      _max: { version: true },
    })
    return {
      state: await linkageState.findUniqueOrThrow({ where: { dataset: 'production' } }),
      version: (made._max.version ?? 0) + 1,
    }
  })
  return {
    reference: `${PREFIX[profile]}-${lastQuarter}-${version}`,
    profile,
    firstQuarter,
    lastQuarter,
    version,
    madeAt: now.toISOString(),
    settings: { ...DISCLOSURE_SETTINGS[profile], ageBands: lists.values['age-band'] },
    linkageVersion: Number(state.version),
    linkagePolicy: state.policy,
    keyCheck: state.platformKeyCheck ?? '',
    programVersion: programVersion(),
    strands: lists.strands,
    services: lists.services,
    wards: lists.wards,
    coverage: lists.coverage,
    use: lists.use,
  }
}
