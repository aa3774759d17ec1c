import { readVersions, readWordsBefore, type ReportVersion } from './report-versions.ts'
import { scaleLabel } from '#core/framework/framework.ts'
import type { ReleasedTable } from '#core/disclosure/released-table.ts'
import { ToldFigures } from '#core/disclosure/told-figures.ts'
import type { ReportWords } from '#core/reports/report-words.ts'
import {
  readFigures,
  type FiguresView,
  type PublishedView,
} from '#server/figures/publishing/published-releases.ts'
import { listReleases, type Release } from '#server/figures/releases/list-releases.ts'
import { readReleaseText } from '#server/figures/releases/verify-release.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { readUserNames } from '#server/identity/actors/user-names.ts'
import type { Approval } from '#server/identity/approvals/approval.ts'
import { listApprovals } from '#server/identity/approvals/read-approvals.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { readFramework } from '#server/programme/register/framework-versions.ts'
import { readProgramme } from '#server/programme/register/read-programme.ts'
import type { ReportContext } from './write-report-words.ts'

/** The quarterly report of a release: where its words stand, and the whole of it. */

/** Where the words of a report stand. */
export interface ReportState {
  readonly ok: true
  readonly release: Release
  /** The latest first; the words of the first are in the report. */
  readonly versions: readonly ReportVersion[]
  /** What it may begin with, where it has no words yet: those of another release of the quarter. */
  readonly before: { readonly words: ReportWords; readonly release: string } | undefined
  /** The request to sign off the last version, where there is one that waits. */
  readonly asked: Approval | undefined
  /** A later release of the same quarter for the same readers. */
  readonly supersededBy: string | undefined
  /** Names of users by their ids. */
  readonly names: ReadonlyMap<string, string>
  readonly mayWrite: boolean
  readonly maySign: boolean
}

/** Reads where the report of a release stands. */
export async function readReportState(
  { pool, releases, now }: ReportContext,
  actor: Actor,
  reference: string,
): Promise<ReportState | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'reach.see'))) return NOT_HELD
  const all = await listReleases(releases)
  const release = all.find((one) => one.reference === reference)
  if (release === undefined) return refuse('not-found')
  const own = forActor(pool, actor)
  const others = all
    .filter(({ lastQuarter }) => lastQuarter === release.lastQuarter)
    .map((one) => one.reference)
  const versions = await readVersions(own, reference)
  const requests = await listApprovals(pool, actor, now(), { kind: 'report', subject: reference })
  const people = versions.flatMap(({ writtenBy, signed }) => [writtenBy, signed?.by ?? ''])
  return {
    ...{ ok: true, release, versions },
    before: versions.length > 0 ? undefined : await readWordsBefore(own, others),
    asked: requests.find(({ stage }) => stage === 'waiting'),
    supersededBy: laterOf(all, release)?.reference,
    names: await readUserNames(pool, people),
    mayWrite: may(actor, 'report.write'),
    maySign: may(actor, 'report.sign'),
  }
}

/** The latest release of the same quarter and readers, where it is another. */
function laterOf(all: readonly Release[], release: Release): Release | undefined {
  const [latest] = all.filter((one) => isOfSame(one, release))
  return latest?.reference === release.reference ? undefined : latest
}

function isOfSame(one: Release, other: Release): boolean {
  return one.profile === other.profile && one.lastQuarter === other.lastQuarter
}

/** A whole report: words and figures. */
export interface QuarterlyReport extends FiguresView, Pick<PublishedView, 'programme'> {
  /** The words in it; undefined where nobody has written any. */
  readonly version: ReportVersion | undefined
  readonly signedBy: string | undefined
  readonly supersededBy: string | undefined
  /** How services were used and scores changed, where the release tells it. */
  readonly use: readonly ReleasedTable[]
}

/**
 * Reads the report of a release. Its words are those of the last version that was signed off; where none
 * is, or a `draft` is asked for, those of the last.
 */
export async function readReport(
  context: ReportContext,
  actor: Actor,
  reference: string,
  draft: boolean,
): Promise<{ readonly ok: true; readonly report: QuarterlyReport } | Refusal<'not-found'>> {
  const state = await readReportState(context, actor, reference)
  if (!state.ok) return state
  const { release, versions, names, supersededBy } = state
  const { pool, releases: reader } = context
  const signed = versions.find((version) => version.signed !== undefined)
  const version = draft ? versions[0] : (signed ?? versions[0])
  const kept = await readFramework(pool)
  const { name, live } = await readProgramme(reader)
  return withTransaction(reader, async (client) => {
    const all = await listReleases(client, { profile: release.profile })
    const place = all.findIndex((one) => one.reference === reference)
    const figures = await readFigures(client, release, all[place + 1])
    const told =
      release.use === undefined
        ? undefined
        : new ToldFigures(await readReleaseText(client, release))
    const scaleName = (code: string): string => {
      const [instrument = '', subScale = ''] = code.split('/')
      return (kept && scaleLabel(kept.framework, { instrument, subScale })) ?? code
    }
    return {
      ok: true,
      report: {
        ...figures,
        // The quarter that it is of stands first.
        spans: figures.spans.toReversed(),
        ...{ programme: { name, live }, version, supersededBy },
        signedBy: version?.signed && (names.get(version.signed.by) ?? version.signed.by),
        use:
          told?.ofUse(release.lastQuarter, {
            scope: ({ kind, code }) =>
              kind === 'strand'
                ? `Strand: ${figures.names.scope(kind, code)}`
                : figures.names.scope(kind, code),
            scale: scaleName,
          }) ?? [],
      },
    }
  })
}
