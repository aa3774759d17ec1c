import type pg from 'pg'
import type { FeedbackAnswer } from '#core/messages/register/stage-words.ts'
import type { FindingCount } from '#core/standard/finding.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { addresses } from '#core/addresses/portal-addresses.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { readNamesIn } from '#server/programme/register/register-names.ts'

/** What a provider is told of a trial file, in words that are made from its findings. */

type FeedbackContext = Pick<AccountContext, 'pool' | 'now' | 'later' | 'mailer' | 'origin'>

/** Asks a provider to look at what was found in a trial file; once a file. People are told by mail. */
export async function giveFeedback(
  context: FeedbackContext,
  actor: Actor,
  reference: string,
): Promise<{ readonly ok: true; readonly service: string } | Refusal<'not-found'>> {
  const { pool, now, later, mailer, origin } = context
  if (!(await holdsRight(pool, actor, 'stage.change'))) return NOT_HELD
  const given = await withTransaction(forActor(pool, actor), async (client) => {
    const file = await inPrisma(client, ({ submission }) =>
      submission.findFirst({
        where: { reference, dataset: 'staging', rowsRead: { not: null } },
        select: { id: true, serviceCode: true, service: { select: { providerCode: true } } },
      }),
    )
    if (file === null) return refuse('not-found')
    const { count } = await inPrisma(client, ({ trialFeedback }) =>
      trialFeedback.createMany({
        data: {
          ...{ submissionId: file.id, serviceCode: file.serviceCode },
          ...{ sentBy: actor.userId, sentAt: now() },
        },
        skipDuplicates: true,
      }),
    )
    if (count > 0) {
      await appendAudit(client, {
        ...{ actor: actor.userId, event: 'feedback.given', subject: reference },
        detail: { service: file.serviceCode },
      })
    }
    return { ok: true as const, file, isNew: count > 0 }
  })
  if (!given.ok) return given
  const { serviceCode: service, service: of } = given.file
  if (given.isNew) {
    later(async () => {
      for (const to of await sendersOf(pool, of.providerCode)) {
        await mailer.send({
          to,
          subject: 'The programme has looked at your file – Count Once',
          text: [
            `The programme has looked at what was found in ${reference} and asks you for an answer.`,
            'See what was found and answer:',
            origin + addresses.inbox,
            'Count Once\n',
          ].join('\n\n'),
        })
      }
    })
  }
  return { ok: true, service }
}

/** The addresses of those who send files for an organisation. */
export async function sendersOf(
  on: Database | pg.PoolClient,
  providerCode: string,
): Promise<string[]> {
  const people = await inPrisma(on, ({ user }) =>
    user.findMany({
      where: { providerCode, disabledAt: null, role: { in: ['provider', 'uploader'] } },
      select: { email: true },
      orderBy: { id: 'asc' },
    }),
  )
  return people.map(({ email }) => email)
}

/** Feedback as its provider sees it. */
export interface Feedback {
  readonly reference: string
  readonly serviceName: string
  readonly quarter: Quarter
  readonly sentAt: Date
  readonly answer: string | null
  readonly findings: readonly FindingCount[]
}

/** The feedback on an organisation's files, the latest first. */
export async function listFeedback(database: Database, actor: Actor): Promise<readonly Feedback[]> {
  if (!(await holdsRight(database, actor, 'submission.send'))) return []
  const mine = forActor(database, actor)
  const rows = await inPrisma(mine, ({ trialFeedback }) =>
    trialFeedback.findMany({
      include: {
        submission: { select: { reference: true, quarter: true, findings: true } },
      },
      orderBy: { sentAt: 'desc' },
      take: 50,
    }),
  )
  const named = await readNamesIn(
    mine,
    rows.map(({ serviceCode: service, submission: { quarter } }) => ({ service, quarter })),
  )
  return rows.map(({ serviceCode: service, submission, sentAt, answer }) => ({
    ...{ reference: submission.reference, sentAt, answer },
    serviceName: named({ service, quarter: submission.quarter }),
    // What we wrote ourselves.
    quarter: submission.quarter as Quarter,
    findings: submission.findings as unknown as FindingCount[],
  }))
}

/** Answers feedback, for anybody who sends the files; the last answer stands. */
export async function answerFeedback(
  { pool, now }: Pick<AccountContext, 'pool' | 'now'>,
  actor: Actor,
  { reference, answer }: { readonly reference: string; readonly answer: FeedbackAnswer },
): Promise<{ readonly ok: true } | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'submission.send'))) return NOT_HELD
  return withTransaction(forActor(pool, actor), async (client) => {
    const { count } = await inPrisma(client, ({ trialFeedback }) =>
      trialFeedback.updateMany({
        where: { submission: { reference } },
        data: { answer, answeredBy: actor.userId, answeredAt: now() },
      }),
    )
    if (count === 0) return refuse('not-found')
    await appendAudit(client, {
      ...{ actor: actor.userId, event: 'feedback.answered', subject: reference },
      detail: { answer },
    })
    return { ok: true }
  })
}
