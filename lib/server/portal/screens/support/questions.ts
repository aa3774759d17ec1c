import { addresses } from '#core/addresses/portal-addresses.ts'
import { fitsQuestion } from '#core/messages/support/support-words.ts'
import { isQuestionCode, type QuestionCode } from '#core/messages/review/question-words.ts'
import { placeOf, placeWords } from '#core/preparation/row-places.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Role } from '#core/standard/roles.ts'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { A_WEEK, oweMails, type OwingContext } from '#server/identity/mails/kept-mails.ts'
import { PORTAL } from '#server/identity/actors/portal-actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { placingOf } from '#server/linkage/decisions/list-doubts.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { readNamesIn } from '#server/programme/register/register-names.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { sendersOf } from '#server/portal/screens/board/give-feedback.ts'

/**
 * What providers are asked about rows of their own files. A question names its row and what is
 * looked at, and tells nothing of whatever it came from.
 */

/** A question as its provider sees it, and as the programme does. */
export interface Question {
  readonly reference: string
  readonly serviceName: string
  readonly providerName: string
  readonly submission: string
  readonly quarter: Quarter
  /** Where the row stands in the file, as its spreadsheet counts: “7”, “7 of sheet May”. */
  readonly row: string
  readonly role: Role
  /** The other row of the same file; null where one row is asked about. */
  readonly otherRow: string | null
  readonly asks: QuestionCode
  readonly state: 'open' | 'answered' | 'withdrawn'
  readonly shownFrom: Date
  readonly answer: string | null
  readonly answeredAt: Date | null
}

const LISTED = 100

/** The questions that an actor reaches, those that wait first. */
export async function listQuestions(
  database: Database,
  actor: Actor,
): Promise<readonly Question[]> {
  if (!(await holdsRight(database, actor, 'question.see'))) return []
  const mine = forActor(database, actor)
  const rows = await inPrisma(mine, ({ providerQuestion }) =>
    providerQuestion.findMany({
      select: {
        ...{ reference: true, sourceRow: true, role: true, otherRow: true, asks: true },
        ...{ state: true, shownFrom: true, answer: true, answeredAt: true },
        service: { select: { code: true, provider: { select: { name: true } } } },
        submission: { select: { reference: true, quarter: true, receipt: true } },
      },
      where: { state: { not: 'withdrawn' } },
      // Open comes after answered in the alphabet.
      orderBy: [{ state: 'desc' }, { id: 'desc' }],
      take: LISTED,
    }),
  )
  const named = await readNamesIn(
    mine,
    rows.map(({ service, submission }) => ({ service: service.code, quarter: submission.quarter })),
  )
  return rows.flatMap(({ asks, service, submission, sourceRow, otherRow, ...row }) => {
    const placing = placingOf(submission.receipt)
    const wordsOf = (of: number): string => placeWords(placeOf(placing, of))
    return isQuestionCode(asks)
      ? [
          {
            ...row,
            row: wordsOf(sourceRow),
            otherRow: otherRow === null ? null : wordsOf(otherRow),
            // Of which the columns' checks allow no other.
            role: row.role as Role,
            state: row.state as Question['state'],
            quarter: submission.quarter as Quarter,
            ...{ asks, submission: submission.reference },
            serviceName: named({ service: service.code, quarter: submission.quarter }),
            providerName: service.provider.name,
          },
        ]
      : []
  })
}

/** How much waits for the answer of an organisation: questions about rows, and trial files. */
export async function countAsked(database: Database, actor: Actor): Promise<number> {
  if (!(await holdsRight(database, actor, 'submission.send'))) return 0
  return inPrisma(forActor(database, actor), async ({ providerQuestion, trialFeedback }) => {
    const rows = await providerQuestion.count({ where: { state: 'open' } })
    return rows + (await trialFeedback.count({ where: { answer: null } }))
  })
}

/** Answers a question about a row of one's own file, once. */
export async function answerQuestion(
  { pool, now }: Pick<AccountContext, 'pool' | 'now'>,
  actor: Actor,
  { reference, answer }: { readonly reference: string; readonly answer: string },
): Promise<{ readonly ok: true } | Refusal<'not-found' | 'answer-other' | 'answered-before'>> {
  if (!(await holdsRight(pool, actor, 'submission.send'))) return NOT_HELD
  return withTransaction(forActor(pool, actor), async (client) => {
    const question = await inPrisma(client, ({ providerQuestion }) =>
      providerQuestion.findUnique({
        where: { reference },
        select: { state: true, otherRow: true },
      }),
    )
    if (question === null || question.state === 'withdrawn') return refuse('not-found')
    if (!fitsQuestion(answer, question.otherRow !== null)) return refuse('answer-other')
    const { count } = await inPrisma(client, ({ providerQuestion }) =>
      providerQuestion.updateMany({
        where: { reference, state: 'open' },
        data: { state: 'answered', answer, answeredBy: actor.userId, answeredAt: now() },
      }),
    )
    if (count === 0) return refuse('answered-before')
    await appendAudit(client, {
      ...{ actor: actor.userId, event: 'question.answered', subject: reference },
      detail: { answer },
    })
    return { ok: true }
  })
}

/**
 * Tells organisations that they are asked something, and once more after two weeks without an
 * answer; answers of how many organisations.
 */
export async function tellOfQuestions(context: OwingContext): Promise<number> {
  const { pool, origin, now } = context
  return oweMails(forActor(pool, PORTAL), context, async (client) => {
    const [due] = await run(client, 'support/claim-questions', [dayInLondon(now()), now()])
    if (due === undefined) return undefined
    const many = due.questions === 1 ? 'a question' : `${String(due.questions)} questions`
    const senders = await sendersOf(client, due.provider)
    return senders.map((to) => ({
      ...{ to, minutes: A_WEEK },
      subject: `${due.isReminder ? 'Please answer' : 'You are asked'} ${many} about your files – Count Once`,
      text: [
        `The programme asks ${many} about rows of files that you sent. Each is about your own file alone.`,
        origin + addresses.inbox,
        'Count Once\n',
      ].join('\n\n'),
    }))
  })
}
