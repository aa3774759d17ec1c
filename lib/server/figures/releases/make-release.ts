import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { DraftLoss } from '#core/disclosure/draft-loss.ts'
import { HIDDEN } from '#core/disclosure/printed.ts'
import type { ReleasedCell } from '#core/disclosure/released-figures.ts'
import { isAspect, type ReleasedUse } from '#core/disclosure/released-use.ts'
import { releaseText, type ReleaseFacts } from '#core/disclosure/release-text.ts'
import type { Profile } from '#core/disclosure/settings.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import {
  countRelease,
  latestRelease,
  printRelease,
  type CountedRelease,
  type ReleaseOrder,
  type UnfrozenRelease,
} from './count-release.ts'
import { writeRelease } from './write-release.ts'

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
  /** What it tells of beside reach; undefined where that is nothing. */
  readonly use?: ReleasedUse | undefined
  /** Of the last quarter: every scope everywhere, every place of all services, and all of use. */
  readonly cells: readonly ReleasedCell[]
}

/**
 * Makes a release of the production figures: counts and prints it, and freezes it in one transaction with
 * its audit event. `print` attacks and repairs what was counted. `nothing-to-release` when no service has a
 * file in the figures by then; `release-in-doubt` when something may be told: no release is made of that.
 */
export function makeRelease(
  database: Database,
  order: ReleaseOrder,
  now: Date = new Date(),
  print: typeof printRelease = printRelease,
): Promise<ReleaseMade | Refusal<'nothing-to-release' | 'release-in-doubt'>> {
  return countAndFreeze<never>(
    { database, order, now, print },
    () => ({ ok: true }),
    () => Promise.resolve({ ok: true }),
  )
}

/**
 * Makes the release that was drafted; `release-changed` when the figures are no longer what the
 * draft was counted from. `consent` uses the approval up in the same transaction.
 */
export function releaseDraft<Refused extends Refusal>(
  database: Database,
  order: ReleaseOrder & Pick<ReleaseDraft, 'linkageVersion'>,
  consent: (client: pg.ClientBase) => Promise<Agreed | Refused>,
  now: Date = new Date(),
): Promise<
  ReleaseMade | Refusal<'nothing-to-release' | 'release-changed' | 'release-in-doubt'> | Refused
> {
  return countAndFreeze<Refused | Refusal<'release-changed'>>(
    { database, order, now, print: printRelease },
    ({ facts }) =>
      facts.linkageVersion === order.linkageVersion ? { ok: true } : refuse('release-changed'),
    consent,
  )
}

interface Agreed {
  readonly ok: true
}

/** What a release is made of, and when. */
interface Making {
  readonly database: Database
  readonly order: ReleaseOrder
  readonly now: Date
  readonly print: typeof printRelease
}

/**
 * Counts until what was counted knows of every release that there is when it is frozen: of two that are made at
 * once the later must keep what the earlier published, and withstand whoever has both.
 */
async function countAndFreeze<Refused extends Refusal>(
  { database, order, now, print }: Making,
  demand: (counted: CountedRelease) => Agreed | Refused,
  consent: (client: pg.ClientBase) => Promise<Agreed | Refused>,
): Promise<ReleaseMade | Refusal<'nothing-to-release' | 'release-in-doubt'> | Refused> {
  for (;;) {
    const counted = await countRelease(database, order, now)
    if (!counted.ok) return counted
    const demanded = demand(counted)
    if (!demanded.ok) return demanded
    const printed = await print(counted)
    if (printed.repair.inDoubt > 0) return refuse('release-in-doubt')
    const made = await withTransaction(database, async (client) => {
      await run(client, 'releases/take-lock', [])
      if ((await latestRelease(client)) !== counted.latest) return undefined
      const agreed = await consent(client)
      return agreed.ok ? freezeRelease(client, order, printed) : agreed
    })
    if (made !== undefined) return made
  }
}

async function freezeRelease(
  client: pg.PoolClient,
  { actor }: ReleaseOrder,
  { facts, cells, repair }: UnfrozenRelease,
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
  const counted = await countRelease(database, order, now)
  if (!counted.ok) return counted
  const { facts, cells, measure } = await printRelease(counted)
  await withTransaction(database, (client) =>
    appendAudit(client, {
      actor: order.actor,
      event: 'release.drafted',
      subject: facts.reference,
      detail: { profile: facts.profile, last: facts.lastQuarter, linkage: facts.linkageVersion },
    }),
  )
  return {
    ok: true,
    draft: {
      profile: facts.profile,
      firstQuarter: facts.firstQuarter,
      lastQuarter: facts.lastQuarter,
      linkageVersion: facts.linkageVersion,
      settings: facts.settings,
      use: facts.use,
      ...countCells(cells),
      loss: measure(),
      cells: cells.filter(
        ({ quarter, attribute, place, scope }) =>
          quarter === facts.lastQuarter &&
          (isAspect(attribute) ||
            (attribute === '' && (place === 'everywhere' || scope === 'all'))),
      ),
    },
  }
}

function countCells(cells: readonly ReleasedCell[]): { shown: number; hidden: number } {
  const hidden = cells.filter((cell) => cell.printed === HIDDEN).length
  return { shown: cells.length - hidden, hidden }
}
