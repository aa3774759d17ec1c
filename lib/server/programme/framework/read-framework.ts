import { compareFrameworks, type FrameworkChange } from '#core/framework/change-framework.ts'
import { EMPTY_FRAMEWORK, type Framework } from '#core/framework/framework.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { readUserNames } from '#server/identity/actors/user-names.ts'
import type { Approval } from '#server/identity/approvals/approval.ts'
import { type ApprovalContext } from '#server/identity/approvals/approvals.ts'
import { listApprovals } from '#server/identity/approvals/read-approvals.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { readFrameworkVersion } from '#server/programme/register/framework-versions.ts'
import { readDraft, type FrameworkDraft } from './framework-draft.ts'

/** The measurement framework as administrators see it: what was in force when, what changed, and the draft. */

/** A version there was, and who put it in force. */
export interface FrameworkVersionFacts {
  readonly version: number
  readonly madeAt: Date
  /** Names. */
  readonly madeBy: string
  /** Null where a programme was set up by one operator. */
  readonly approvedBy: string | null
}

/** One version, with what it changed. */
export interface FrameworkShown {
  readonly ok: true
  /** The newest first; the first is in force. */
  readonly versions: readonly FrameworkVersionFacts[]
  /** 0 where there is none yet. */
  readonly version: number
  readonly framework: Framework
  /** Against the version before it. */
  readonly changes: readonly FrameworkChange[]
  /** Whether somebody has begun a draft. */
  readonly hasDraft: boolean
}

/** Reads one version of the framework, the one in force where none is named. */
export async function readFrameworkShown(
  { pool }: ApprovalContext,
  actor: Actor,
  asked?: number,
): Promise<FrameworkShown | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'register.see'))) return NOT_HELD
  const database = forActor(pool, actor)
  const versions = await listVersions(database)
  const version = asked ?? versions[0]?.version ?? 0
  if (asked !== undefined && !versions.some((one) => one.version === asked)) {
    return refuse('not-found')
  }
  const kept = await readFrameworkVersion(database, version)
  const before = await readFrameworkVersion(database, version - 1)
  const framework = kept?.framework ?? EMPTY_FRAMEWORK
  return {
    ...{ ok: true, versions, version, framework },
    changes: compareFrameworks(before?.framework ?? EMPTY_FRAMEWORK, framework),
    hasDraft: (await readDraft(database)) !== undefined,
  }
}

async function listVersions(database: Database): Promise<FrameworkVersionFacts[]> {
  const rows = await inPrisma(database, ({ frameworkVersion }) =>
    frameworkVersion.findMany({
      orderBy: { version: 'desc' },
      select: { version: true, madeAt: true, madeBy: true, approvedBy: true },
    }),
  )
  const people = rows.flatMap(({ madeBy, approvedBy }) => [madeBy, approvedBy ?? ''])
  const names = await readUserNames(database, people)
  return rows.map(({ version, madeAt, madeBy, approvedBy }) => ({
    ...{ version, madeAt, madeBy: names.get(madeBy) ?? madeBy },
    approvedBy: approvedBy === null ? null : (names.get(approvedBy) ?? approvedBy),
  }))
}

/** The draft, with what it changes in what is in force. */
export interface DraftShown {
  readonly ok: true
  readonly draft: FrameworkDraft
  readonly changes: readonly FrameworkChange[]
  /** The name of who changed it last; blank where nobody has. */
  readonly changedBy: string
  /** The request to put it in force that waits. */
  readonly asked: Approval | undefined
}

/** Reads the draft; where nobody has begun one, as it would begin. */
export async function readDraftShown(
  { pool, now }: ApprovalContext,
  actor: Actor,
): Promise<DraftShown | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'register.change'))) return NOT_HELD
  const database = forActor(pool, actor)
  const [latest] = await listVersions(database)
  const inForce =
    latest === undefined ? undefined : await readFrameworkVersion(database, latest.version)
  const before = inForce?.framework ?? EMPTY_FRAMEWORK
  const begun = { framework: before, digest: '', basedOn: inForce?.version ?? 0, revision: 0 }
  const draft = (await readDraft(database)) ?? { ...begun, changedBy: '', changedAt: now() }
  const wanted = { kind: 'framework', subject: String(draft.basedOn + 1) } as const
  const requests = await listApprovals(pool, actor, now(), wanted)
  const names = await readUserNames(database, [draft.changedBy])
  return {
    ...{ ok: true, draft, changes: compareFrameworks(before, draft.framework) },
    changedBy: names.get(draft.changedBy) ?? draft.changedBy,
    // Of what is shown here, and not of what somebody made of it while this was read.
    asked: requests.find(
      ({ stage, particulars }) => stage === 'waiting' && particulars['digest'] === draft.digest,
    ),
  }
}

/** Writes the framework in force as one file, which the command line and the page of imports read. */
export async function exportFramework(
  context: ApprovalContext,
  actor: Actor,
  version?: number,
): Promise<{ readonly ok: true; readonly json: string } | Refusal<'not-found'>> {
  const read = await readFrameworkShown(context, actor, version)
  return read.ok ? { ok: true, json: `${JSON.stringify(read.framework, null, 1)}\n` } : read
}
