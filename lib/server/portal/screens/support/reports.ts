import { pageNameOf } from '#core/addresses/portal-addresses.ts'
import { isReferenceOf } from '#core/linkage/references.ts'
import type { ProblemAnswer, ProblemKind } from '#core/messages/support/support-words.ts'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { runForRow } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { newReference } from '#server/platform/machine/new-reference.ts'

/** That something is wrong, said from a page, and what the programme answers. */

type Context = Pick<AccountContext, 'pool' | 'now'>

/** The kinds of references that have a character which checks the others: of submissions, requests and tokens. */
const CHECKED = ['SU', 'AP', 'TK'] as const
/** Of a failure and of a release, which have none. */
const UNCHECKED =
  /^(?:F-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}|REL-[0-9]{4}-Q[1-4]-[0-9]{1,4})$/

/** Whether a text is a reference of ours: a name or a number that looks like one is none. */
function isOurs(text: string): boolean {
  return UNCHECKED.test(text) || CHECKED.some((kind) => isReferenceOf(kind, text))
}

/**
 * A page by its name, and the reference that its address holds: of the address nothing else is
 * kept, since a search or an email address may stand in it.
 */
export function pageOf(path: string): { readonly page: string; readonly about: string } {
  return { page: pageNameOf(path), about: path.split(/[/?#=&]/).find(isOurs) ?? '' }
}

/** How much one person reports in an hour: who reads the queue must not drown in it. */
const MOST_IN_AN_HOUR = 20

/** What somebody says is wrong. */
export interface Problem {
  readonly kind: ProblemKind
  readonly from: string
  /** The reference that a failure gave; empty for none. */
  readonly reference: string
}

/** Takes it into the programme's queue: the page, a reference and a kind, and no word of anybody. */
export async function reportProblem(
  { pool, now }: Context,
  actor: Actor,
  { kind, from, reference: given }: Problem,
): Promise<
  { readonly ok: true; readonly reference: string } | Refusal<'report-reference' | 'reports-many'>
> {
  const { page, about } = pageOf(from)
  if (given !== '' && !isOurs(given)) return refuse('report-reference')
  const reference = newReference('report')
  const anHourAgo = new Date(now().getTime() - 3_600_000)
  return withTransaction(forActor(pool, actor), async (client) => {
    const made = await inPrisma(client, ({ problemReport }) =>
      problemReport.count({ where: { madeBy: actor.userId, madeAt: { gt: anHourAgo } } }),
    )
    if (made >= MOST_IN_AN_HOUR) return refuse('reports-many')
    await inPrisma(client, ({ problemReport }) =>
      problemReport.create({
        data: {
          ...{ reference, kind, page, about: given === '' ? about : given },
          ...{ providerCode: actor.providerCode, madeBy: actor.userId, madeAt: now() },
        },
        select: { id: true },
      }),
    )
    await appendAudit(client, {
      ...{ actor: actor.userId, event: 'problem.reported', subject: reference },
      detail: { kind, page },
    })
    return { ok: true, reference }
  })
}

/** What was reported. */
export interface Report {
  readonly reference: string
  readonly kind: string
  readonly page: string
  readonly about: string
  readonly madeAt: Date
  readonly answer: string | null
  readonly answeredAt: Date | null
}

/** What an actor, or anybody of their organisation, reported; of the programme's people all. */
export async function listReports(database: Database, actor: Actor): Promise<readonly Report[]> {
  return inPrisma(forActor(database, actor), ({ problemReport }) =>
    problemReport.findMany({
      select: {
        ...{ reference: true, kind: true, page: true, about: true, madeAt: true },
        ...{ answer: true, answeredAt: true },
      },
      // Those of the queue all; everybody else their own organisation's, or their own.
      where:
        actor.role === 'administrator' || actor.providerCode !== null
          ? {}
          : { madeBy: actor.userId },
      orderBy: [{ answeredAt: { sort: 'desc', nulls: 'first' } }, { madeAt: 'asc' }],
      take: 100,
    }),
  )
}

/** Answers a report, for administrators; the first answer stands. */
export async function answerReport(
  { pool, now }: Context,
  actor: Actor,
  { reference, answer }: { readonly reference: string; readonly answer: ProblemAnswer },
): Promise<{ readonly ok: true } | Refusal<'not-found' | 'answered-before'>> {
  if (!(await holdsRight(pool, actor, 'support.answer'))) return NOT_HELD
  return withTransaction(forActor(pool, actor), async (client) => {
    const known = await inPrisma(client, ({ problemReport }) =>
      problemReport.count({ where: { reference } }),
    )
    if (known === 0) return refuse('not-found')
    const { count } = await inPrisma(client, ({ problemReport }) =>
      problemReport.updateMany({
        where: { reference, answer: null },
        data: { answer, answeredBy: actor.userId, answeredAt: now() },
      }),
    )
    if (count === 0) return refuse('answered-before')
    await appendAudit(client, {
      ...{ actor: actor.userId, event: 'problem.answered', subject: reference },
      detail: { answer },
    })
    return { ok: true }
  })
}

/** What everybody sees on the support page. */
export interface SupportView {
  readonly problems: readonly {
    readonly id: string
    readonly words: string
    readonly since: Date
  }[]
  readonly level: {
    readonly asked: number
    readonly answered: number
    readonly medianHours: number | null
    readonly inTwoDays: number
  }
}

/** Reads the problems that are known, and how fast the programme answers. */
export async function readSupport(database: Database): Promise<SupportView> {
  const problems = await inPrisma(database, ({ knownProblem }) =>
    knownProblem.findMany({ where: { overAt: null }, orderBy: { id: 'desc' }, take: 20 }),
  )
  return {
    problems: problems.map(({ id, words, toldAt }) => ({ id: String(id), words, since: toldAt })),
    level: await runForRow(database, 'support/service-level', []),
  }
}

/** Tells everybody of a problem, or that one is over; for administrators. */
export async function tellProblem(
  { pool, now }: Context,
  actor: Actor,
  given: { readonly words: string } | { readonly over: string },
): Promise<{ readonly ok: true } | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'support.answer'))) return NOT_HELD
  return withTransaction(pool, async (client) => {
    const id = await inPrisma(client, async ({ knownProblem }) => {
      if ('words' in given) {
        const data = { words: given.words, toldBy: actor.userId, toldAt: now() }
        return String((await knownProblem.create({ data })).id)
      }
      const { count } = await knownProblem.updateMany({
        where: { id: BigInt(given.over), overAt: null },
        data: { overAt: now() },
      })
      return count === 0 ? undefined : given.over
    })
    if (id === undefined) return refuse('not-found')
    await appendAudit(client, {
      actor: actor.userId,
      event: 'words' in given ? 'known-problem.told' : 'known-problem.over',
      subject: id,
    })
    return { ok: true }
  })
}
