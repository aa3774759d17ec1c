import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Quarter } from '#core/standard/quarter.ts'
import { measureLoss, type DraftLoss } from '#core/disclosure/draft-loss.ts'
import { layOutLattice, type ReleaseLists } from '#core/disclosure/lattice.ts'
import { printLattice } from '#core/disclosure/print-lattice.ts'
import { knowledgeOfProviders } from '#core/disclosure/provider-views.ts'
import { HIDDEN } from '#core/disclosure/printed.ts'
import { releaseText, type ReleaseFacts } from '#core/disclosure/release-text.ts'
import type { ReleasedCell } from '#core/disclosure/released-figures.ts'
import { DISCLOSURE_SETTINGS, type Profile } from '#core/disclosure/settings.ts'
import { unsentCells } from '#core/disclosure/unsent-cells.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { takeLinkingLock, withTransaction } from '#server/platform/db/pool.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { countLattice, countUnions } from './count-lattice.ts'
import { readEarlier } from './earlier-releases.ts'
import { programVersion } from '#server/platform/machine/program-version.ts'
import { lastQuarterWithFiles, readReleaseLists } from './release-lists.ts'
import { repairApart } from './repair-apart.ts'
import { repairRecord, storedCells, writeRelease } from './write-release.ts'

/** What a release is asked to be. */
export interface ReleaseOrder {
  readonly profile: Profile
  /** Its last quarter; without it the last that any service has sent a file for. */
  readonly lastQuarter?: Quarter
  /** The reference of who makes it. */
  readonly actor: string
}

/** A release that was made. */
export interface ReleaseMade {
  readonly ok: true
  readonly reference: string
  readonly firstQuarter: Quarter
  readonly lastQuarter: Quarter
  readonly version: number
  /** Cells that print a value, and cells that are hidden. */
  readonly shown: number
  readonly hidden: number
}

/**
 * What a release would print, to be looked at before it is made: the figures of its last quarter.
 */
export interface ReleaseDraft {
  readonly profile: Profile
  readonly firstQuarter: string
  readonly lastQuarter: string
  /** What it was counted from. */
  readonly linkageVersion: number
  readonly settings: ReleaseFacts['settings']
  readonly shown: number
  readonly hidden: number
  readonly loss: DraftLoss
  /** Of the last quarter: every scope everywhere, and every place of all services. */
  readonly cells: readonly ReleasedCell[]
}

/**
 * Makes a release of the production figures: counts, prints and freezes them in one transaction
 * under the linking lock, with its audit event. `nothing-to-release` when no service has a file in
 * the figures by then; `release-in-doubt` when it is for the public and something may be told.
 */
export async function makeRelease(
  database: Database,
  order: ReleaseOrder,
  now: Date = new Date(),
): Promise<ReleaseMade | Refusal<'nothing-to-release' | 'release-in-doubt'>> {
  return withTransaction(database, async (client) => {
    const counted = await countRelease(client, order, now)
    if (!counted.ok) return counted
    if (mayTell(counted)) return refuse('release-in-doubt')
    return freezeRelease(client, order, counted)
  })
}

/**
 * Makes the release that was drafted; `release-changed` when the figures are no longer what the
 * draft was counted from. `consent` uses the approval up in the same transaction.
 */
export async function releaseDraft<Refused extends Refusal>(
  database: Database,
  order: ReleaseOrder & Pick<ReleaseDraft, 'linkageVersion'>,
  consent: (client: pg.ClientBase) => Promise<{ readonly ok: true } | Refused>,
  now: Date = new Date(),
): Promise<
  ReleaseMade | Refusal<'nothing-to-release' | 'release-changed' | 'release-in-doubt'> | Refused
> {
  return withTransaction(database, async (client) => {
    const counted = await countRelease(client, order, now)
    if (!counted.ok) return counted
    if (order.linkageVersion !== counted.facts.linkageVersion) return refuse('release-changed')
    if (mayTell(counted)) return refuse('release-in-doubt')
    const agreed = await consent(client)
    if (!agreed.ok) return agreed
    return freezeRelease(client, order, counted)
  })
}

/** Whether a release is for the public, and something of it is not shown to be safe. */
function mayTell({ facts, repair }: CountedRelease): boolean {
  return facts.profile === 'public' && repair.inDoubt > 0
}

async function freezeRelease(
  client: pg.PoolClient,
  { actor }: ReleaseOrder,
  { facts, cells, repair }: CountedRelease,
): Promise<ReleaseMade> {
  const digest = createHash('sha256').update(releaseText(facts, cells)).digest()
  await writeRelease(client, facts, actor, digest, cells, repair)
  await appendAudit(client, {
    actor,
    event: 'release.made',
    subject: facts.reference,
    detail: {
      profile: facts.profile,
      first: facts.firstQuarter,
      last: facts.lastQuarter,
      linkage: facts.linkageVersion,
      policy: facts.linkagePolicy,
      digest: digest.toString('hex'),
    },
  })
  faultPoint('before-release-commit')
  return {
    ok: true,
    reference: facts.reference,
    firstQuarter: facts.firstQuarter as Quarter,
    lastQuarter: facts.lastQuarter as Quarter,
    version: facts.version,
    ...countCells(cells),
  }
}

/**
 * Counts and prints a release without making it; that it was drafted is audited, and nothing else
 * is kept.
 */
export async function draftRelease(
  database: Database,
  order: ReleaseOrder,
  now: Date = new Date(),
): Promise<{ readonly ok: true; readonly draft: ReleaseDraft } | Refusal<'nothing-to-release'>> {
  return withTransaction(database, async (client) => {
    const counted = await countRelease(client, order, now)
    if (!counted.ok) return counted
    const { facts, cells, measure } = counted
    await appendAudit(client, {
      actor: order.actor,
      event: 'release.drafted',
      subject: facts.reference,
      detail: { profile: facts.profile, last: facts.lastQuarter, linkage: facts.linkageVersion },
    })
    return {
      ok: true,
      draft: {
        profile: facts.profile,
        firstQuarter: facts.firstQuarter,
        lastQuarter: facts.lastQuarter,
        linkageVersion: facts.linkageVersion,
        settings: facts.settings,
        ...countCells(cells),
        loss: measure(),
        cells: cells.filter(
          ({ quarter, attribute, place, scope }) =>
            quarter === facts.lastQuarter &&
            attribute === '' &&
            (place === 'everywhere' || scope === 'all'),
        ),
      },
    }
  })
}

function countCells(cells: readonly ReleasedCell[]): { shown: number; hidden: number } {
  const hidden = cells.filter((cell) => cell.printed === HIDDEN).length
  return { shown: cells.length - hidden, hidden }
}

/** A release that was counted and printed, and is not kept. */
interface CountedRelease {
  readonly ok: true
  readonly facts: ReleaseFacts
  readonly cells: readonly ReleasedCell[]
  readonly repair: ReturnType<typeof repairRecord>
  /** Tells what is lost; only a draft asks. */
  readonly measure: () => DraftLoss
}

/** Counts, prints, attacks and repairs under the linking lock, in the caller's transaction. */
async function countRelease(
  client: pg.PoolClient,
  order: ReleaseOrder,
  now: Date,
): Promise<CountedRelease | Refusal<'nothing-to-release'>> {
  await takeLinkingLock(client, 'production')
  const lastQuarter = order.lastQuarter ?? (await lastQuarterWithFiles(client))
  const lists = lastQuarter === undefined ? undefined : await readReleaseLists(client, lastQuarter)
  if (lists === undefined) return refuse('nothing-to-release')
  const lattice = layOutLattice(lists)
  const settings = DISCLOSURE_SETTINGS[order.profile]
  const counts = await countLattice(client, lattice)
  const { published, readers } = await readEarlier(client, order.profile, lattice, counts.counts)
  const printed = printLattice(lattice, counts, settings, published)
  const unsent = unsentCells(lattice, lists)
  const { views, unions: services } = knowledgeOfProviders(lattice, lists)
  const unions = { services, counts: await countUnions(client, lattice, services) }
  const repaired = await repairApart({
    release: {
      ...{ lattice, counts: counts.counts, printed, published, readers },
      ...{ unsent, unions, settings },
    },
    views,
  })
  return {
    ok: true,
    facts: await describe(client, order, lists, now),
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
  }
}
