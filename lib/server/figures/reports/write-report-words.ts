import {
  reportProblems,
  REPORT_SECTION_NAMES,
  type ReportWords,
} from '#core/reports/report-words.ts'
import { quarterDays, quarterWords } from '#core/standard/quarter.ts'
import { readRelease, type Release } from '#server/figures/releases/list-releases.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { FreshProof } from '#server/identity/actors/fresh-proof.ts'
import type { Approval } from '#server/identity/approvals/approval.ts'
import {
  approve,
  askApproval,
  dropApproval,
  useAtOnce,
  type ApprovalContext,
  type DecisionRefusal,
  type ShownRequest,
} from '#server/identity/approvals/approvals.ts'
import { readApproval } from '#server/identity/approvals/read-approvals.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { jsonValue } from '#server/platform/db/json-value.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { Fault, refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { readVersions } from './report-versions.ts'

/**
 * The words of a quarterly report: whoever may writes a version beside those there are, asks for it to be
 * signed off, and another person signs off exactly what it says. A change makes another version, which
 * takes another sign-off.
 */

/** Where reports, releases and requests are. */
export interface ReportContext extends ApprovalContext {
  /** Signed in as who reads releases. */
  readonly releases: Database
}

/** The year in which the figures of a release begin: a day in words before it is a birth. */
function firstYearOf({ firstQuarter }: Pick<Release, 'firstQuarter'>): number {
  return Number(quarterDays(firstQuarter).first.slice(0, 4))
}

/**
 * Writes another version of a report's words. `seen` is the version that whoever writes was shown, 0
 * where there was none. A request to sign off the one before is taken back.
 */
export async function writeReport(
  { pool, releases, now }: ReportContext,
  actor: Actor,
  given: { readonly release: string; readonly seen: number; readonly words: ReportWords },
): Promise<
  | { readonly ok: true; readonly version: number; readonly release: string }
  | Refusal<'not-found' | 'report-changed' | 'report-same' | 'report-personal' | 'report-long'>
> {
  if (!(await holdsRight(pool, actor, 'report.write'))) return NOT_HELD
  const release = await readRelease(releases, { reference: given.release })
  if (release === undefined) return refuse('not-found')
  const [problem] = reportProblems(given.words, firstYearOf(release))
  if (problem !== undefined) return refuse(problem.code, { section: problem.section })
  return withTransaction(forActor(pool, actor), async (client) => {
    await run(client, 'reports/lock-report', [given.release])
    const [last] = await readVersions(client, given.release)
    if ((last?.version ?? 0) !== given.seen) return refuse('report-changed')
    if (last !== undefined && isSame(last.words, given.words)) return refuse('report-same')
    const version = given.seen + 1
    await inPrisma(client, ({ reportVersion }) =>
      reportVersion.create({
        select: { version: true },
        data: {
          ...{ release: given.release, version, sections: jsonValue(given.words) },
          ...{ writtenBy: actor.userId, writtenAt: now() },
        },
      }),
    )
    await dropApproval(client, { kind: 'report', subject: given.release }, now())
    await appendAudit(client, {
      ...{ actor: actor.userId, event: 'report.written', subject: given.release },
      detail: { version },
    })
    return { ok: true, version, release: given.release }
  })
}

/** Asks another person to sign off the last version, as it stands. */
export async function askReport(
  { pool, releases, now }: ReportContext,
  actor: Actor,
  {
    release,
    seen,
    reason,
  }: { readonly release: string; readonly seen: number; readonly reason: string },
  fresh: FreshProof,
): Promise<
  | { readonly ok: true; readonly approval: Approval }
  | Refusal<'not-found' | 'code-needed' | 'report-changed' | 'report-empty' | 'report-signed'>
> {
  if (!(await holdsRight(pool, actor, 'report.write'))) return NOT_HELD
  const of = await readRelease(releases, { reference: release })
  if (of === undefined) return refuse('not-found')
  return withTransaction(forActor(pool, actor), async (client) => {
    await run(client, 'reports/lock-report', [release])
    const [last] = await readVersions(client, release)
    if (last === undefined) return refuse('report-empty')
    if (last.version !== seen) return refuse('report-changed')
    if (last.signed !== undefined) return refuse('report-signed')
    if (REPORT_SECTION_NAMES.every((name) => last.words[name].trim() === ''))
      return refuse('report-empty')
    const { version, digest } = last
    const name = `${quarterWords(of.lastQuarter)}, version ${String(version)}`
    return askApproval(
      client,
      actor,
      {
        ...{ kind: 'report', subject: release, providerCode: null, reason },
        particulars: { name, version, digest },
      },
      fresh,
      now(),
    )
  })
}

/** Signs off, as another person than who wrote or asked, exactly what was shown. */
export async function signReport(
  context: ReportContext,
  actor: Actor,
  shown: ShownRequest,
  fresh: FreshProof,
): Promise<
  { readonly ok: true; readonly release: string } | DecisionRefusal | Refusal<'report-own'>
> {
  const { pool, now } = context
  const read = await readApproval(pool, actor, shown.reference, now())
  if (!read.ok) return read
  const { kind, subject: release } = read.approval
  if (kind !== 'report') return refuse('not-found')
  const wanted = Number(read.approval.particulars['version'])
  const versions = await readVersions(forActor(pool, actor), release)
  const isOwn = versions.some(
    ({ version, writtenBy }) => version === wanted && writtenBy === actor.userId,
  )
  if (isOwn) return refuse('report-own')
  const approved = await approve(
    context,
    actor,
    shown,
    fresh,
    async (client, { reference, particulars }) => {
      const used = await useAtOnce(
        client,
        { kind, subject: release, reference, approvedBy: actor.userId },
        now(),
      )
      if (!used.ok) throw new Fault('unexpected', { approval: used.code })
      const version = Number(particulars['version'])
      await inPrisma(client, ({ reportVersion }) =>
        reportVersion.update({
          where: { release_version: { release, version } },
          data: { approval: reference, signedBy: actor.userId, signedAt: now() },
          select: { version: true },
        }),
      )
      await appendAudit(client, {
        ...{ actor: actor.userId, event: 'report.signed', subject: release },
        detail: { version, approval: reference },
      })
    },
    (client) => run(client, 'reports/lock-report', [release]),
  )
  return approved.ok ? { ok: true, release } : approved
}

function isSame(one: ReportWords, other: ReportWords): boolean {
  return REPORT_SECTION_NAMES.every((name) => one[name] === other[name])
}
