import type pg from 'pg'
import {
  compareFrameworks,
  editFramework,
  type FrameworkEdit,
} from '#core/framework/change-framework.ts'
import { EMPTY_FRAMEWORK, type Framework } from '#core/framework/framework.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { dropApproval, type ApprovalContext } from '#server/identity/approvals/approvals.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { jsonValue } from '#server/platform/db/json-value.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { readFramework } from '#server/programme/register/framework-versions.ts'

/** The draft of the measurement framework's next version: administrators change it, and nothing is checked against it yet. */

export interface FrameworkDraft {
  readonly framework: Framework
  /** Of what it says, in hexadecimal; empty where nobody has begun one. */
  readonly digest: string
  /** The version in force when it was begun; 0 where there was none. */
  readonly basedOn: number
  /** 0 before the first change. */
  readonly revision: number
  /** Id of a user. */
  readonly changedBy: string
  readonly changedAt: Date
}

/** The draft as it stands; undefined where nobody has begun one. */
export async function readDraft(on: Database | pg.ClientBase): Promise<FrameworkDraft | undefined> {
  const [row] = await run(on, 'framework/read-draft', [])
  if (row === undefined) return undefined
  const { framework, digest, based_on: basedOn, revision } = row
  return {
    // What we wrote ourselves.
    framework: framework as Framework,
    ...{ digest, basedOn, revision, changedBy: row.changed_by, changedAt: row.changed_at },
  }
}

/** An edit that comes to no framework: the list that is wrong, and why. */
export interface FrameworkProblem {
  readonly ok: false
  readonly code: 'framework-problem'
  readonly detail: { readonly at: string; readonly why: string }
}

export type DraftRefusal = FrameworkProblem | Refusal<'not-found' | 'framework-changed'>

/**
 * Edits the draft, which begins as what is in force. A request to put it in force that waits is taken back, since it was for
 * something else. `seen` is the revision that whoever edits was shown, 0 where there was none.
 */
export async function editDraft(
  { pool, now }: ApprovalContext,
  actor: Actor,
  edit: FrameworkEdit,
  seen: number,
): Promise<{ readonly ok: true; readonly revision: number } | DraftRefusal> {
  if (!(await holdsRight(pool, actor, 'register.change'))) return NOT_HELD
  return withTransaction(
    forActor(pool, actor),
    async (client): Promise<{ readonly ok: true; readonly revision: number } | DraftRefusal> => {
      await run(client, 'framework/lock-framework', [])
      const standing = await readDraft(client)
      if ((standing?.revision ?? 0) !== seen) return refuse('framework-changed')
      const inForce = await readFramework(client)
      const before = standing?.framework ?? inForce?.framework ?? EMPTY_FRAMEWORK
      const edited = editFramework(before, edit)
      if (!edited.ok) {
        const { at, why } = edited
        return { ok: false, code: 'framework-problem', detail: { at, why } }
      }
      const changes = compareFrameworks(before, edited.framework).length
      if (changes === 0) return { ok: true, revision: seen }
      const basedOn = standing?.basedOn ?? inForce?.version ?? 0
      const data = {
        ...{ framework: jsonValue(edited.framework), basedOn, revision: seen + 1 },
        ...{ changedBy: actor.userId, changedAt: now() },
      }
      await inPrisma(client, ({ frameworkDraft }) =>
        frameworkDraft.upsert({
          where: { single: true },
          create: data,
          update: data,
          select: { single: true },
        }),
      )
      await dropApproval(client, { kind: 'framework', subject: String(basedOn + 1) }, now())
      await appendAudit(client, {
        ...{ actor: actor.userId, event: 'framework.draft-changed', subject: String(basedOn + 1) },
        detail: { by: edit.do, part: edit.do === 'import' ? 'all' : edit.part, changes },
      })
      return { ok: true, revision: seen + 1 }
    },
  )
}

/** Gives the draft up: what is in force stays. */
export async function discardDraft(
  { pool, now }: ApprovalContext,
  actor: Actor,
  seen: number,
): Promise<{ readonly ok: true } | Refusal<'not-found' | 'framework-changed'>> {
  if (!(await holdsRight(pool, actor, 'register.change'))) return NOT_HELD
  return withTransaction(forActor(pool, actor), async (client) => {
    await run(client, 'framework/lock-framework', [])
    const standing = await readDraft(client)
    if (standing?.revision !== seen) return refuse('framework-changed')
    await removeDraft(client)
    const subject = String(standing.basedOn + 1)
    await dropApproval(client, { kind: 'framework', subject }, now())
    await appendAudit(client, {
      ...{ actor: actor.userId, event: 'framework.draft-given-up', subject },
      detail: {},
    })
    return { ok: true }
  })
}

/** Takes the draft away, in the transaction of `client`. */
export async function removeDraft(client: pg.ClientBase): Promise<void> {
  await inPrisma(client, ({ frameworkDraft }) => frameworkDraft.deleteMany({}))
}
