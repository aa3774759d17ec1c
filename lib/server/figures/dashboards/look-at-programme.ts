import type { Framework } from '#core/framework/framework.ts'
import { quarterAfter, type Quarter } from '#core/standard/quarter.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { ApprovalContext } from '#server/identity/approvals/approvals.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { readFramework } from '#server/programme/register/framework-versions.ts'
import { lookAtTargets, type QuarterTargets } from '#server/programme/targets/targets.ts'
import type { ReleaseReading } from '#server/figures/releases/look-at-releases.ts'
import { readRevision, type Revision } from '#server/figures/releases/release-revision.ts'
import {
  readBreakdowns,
  readSpanFigures,
  readTrend,
  type Breakdown,
  type SpanFigures,
  type TrendRow,
} from '#server/figures/releases/release-views.ts'
import { readUse, type FindUse } from '#server/figures/releases/released-use.ts'
import { openRelease, type AskedQuarter, type OpenedRelease } from './open-release.ts'

/** What a release tells of the programme in one quarter; of a quarter that it does not hold there is none. */
export interface QuarterTold {
  readonly quarter: Quarter
  readonly figures: SpanFigures
  readonly breakdowns: readonly Breakdown[]
  /** Undefined of a release of reach alone. */
  readonly use: FindUse | undefined
}

/** How the programme did in a quarter, by one release. */
export interface ProgrammeQuarter extends OpenedRelease {
  readonly now: QuarterTold
  readonly before: QuarterTold | undefined
  readonly yearBefore: QuarterTold | undefined
  readonly trend: readonly TrendRow[]
  /** What the release changed; undefined of the first that holds the quarter. */
  readonly revision: Revision | undefined
  readonly targets: QuarterTargets
}

/** Where dashboards are read: releases by a login that reads nothing about a person, the register by the portal's own. */
export interface DashboardReading extends Pick<ReleaseReading, 'releases'> {
  readonly accounts: ApprovalContext
}

/** Reads how the programme did in a quarter from releases alone, with the targets and names of the register. */
export async function lookAtProgramme(
  { releases, accounts }: DashboardReading,
  actor: Actor,
  asked: AskedQuarter,
): Promise<ProgrammeQuarter | Refusal<'not-found' | 'nothing-to-release'>> {
  if (!(await holdsRight(accounts.pool, actor, 'reach.see'))) return NOT_HELD
  const told = await withTransaction(releases, async (client) => {
    const opened = await openRelease(client, asked)
    if (!opened.ok) return opened
    const { release, quarter, earlier, names } = opened
    const tell = async (of: Quarter): Promise<QuarterTold | undefined> => {
      if (!release.quarters.includes(of)) return undefined
      const when = { quarter: of, span: 'quarter' } as const
      return {
        quarter: of,
        figures: await readSpanFigures(client, release, { ...when, names }),
        breakdowns: await readBreakdowns(client, release, when),
        use: (await readUse(client, release, of))?.(of),
      }
    }
    const now = await tell(quarter)
    if (now === undefined) throw new Error('a release does not hold its own quarter')
    return {
      ...{ ...opened, now },
      before: await tell(quarterAfter(quarter, -1)),
      yearBefore: await tell(quarterAfter(quarter, -4)),
      trend: await readTrend(client, release, {}),
      revision: earlier && (await readRevision(client, { release, earlier, names })),
    }
  })
  if (!told.ok) return told
  const aims = await lookAtTargets(accounts, actor, 'reach.see', told.quarter)
  return aims.ok ? { ...told, targets: aims.targets } : aims
}

/** How scores of the people reached changed in the year to the end of a quarter, by one release. */
export interface ProgrammeChanges extends OpenedRelease {
  /** People reached in the year to the end of the quarter. */
  readonly year: SpanFigures
  /** Undefined of a release of reach alone. */
  readonly use: FindUse | undefined
  /** In force now; undefined where there is none. */
  readonly framework: Framework | undefined
}

/** Reads how scores changed from releases alone, with the names of the framework in force. */
export async function lookAtChanges(
  { releases, accounts }: DashboardReading,
  actor: Actor,
  asked: AskedQuarter,
): Promise<ProgrammeChanges | Refusal<'not-found' | 'nothing-to-release'>> {
  if (!(await holdsRight(accounts.pool, actor, 'reach.see'))) return NOT_HELD
  const framework = (await readFramework(accounts.pool))?.framework
  return withTransaction(releases, async (client) => {
    const opened = await openRelease(client, asked)
    if (!opened.ok) return opened
    const { release, quarter, names } = opened
    return {
      ...{ ...opened, framework },
      year: await readSpanFigures(client, release, { quarter, span: 'year', names }),
      use: (await readUse(client, release, quarter))?.(quarter),
    }
  })
}
