import { createHmac } from 'node:crypto'
import { type Actor } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import { purposeKey } from '#server/identity/sessions/secrets-at-rest.ts'
import type { WorkersCard } from '#server/keys/workers-card.ts'
import type { Prisma } from '#server/platform/db/generated/client.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { isOfProvider } from '#server/identity/actors/actor.ts'
import { userRow } from '#server/identity/actors/user.ts'
import type { ConfirmedKind } from './confirmed.ts'
import { keysOf } from './read-checklist.ts'

/** What an administrator confirms of the list, each with its entry in the audit trail. */

type Confirming<Code extends string = never> = Promise<
  { readonly ok: true } | Refusal<'not-found' | Code>
>

/** Somebody of the programme who may be named as a holder of the keys. */
export interface PossibleHolder {
  readonly id: string
  readonly name: string
}

/** The people of the programme, by name, who may be named as holders. */
export async function listPossibleHolders({
  pool,
}: AccountContext): Promise<readonly PossibleHolder[]> {
  const people = await inPrisma(pool, (prisma) =>
    prisma.user.findMany({
      where: { disabledAt: null },
      select: { id: true, name: true, role: true },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    }),
  )
  return people
    .map(userRow)
    .filter((person) => !isOfProvider(person))
    .map(({ id, name }) => ({ id, name }))
}

/** Writes down which two people hold a copy of the keys that there are now. */
export async function confirmHolders(
  context: AccountContext,
  actor: Actor,
  card: WorkersCard,
  holders: readonly [string, string],
): Confirming<'holders-two'> {
  if (!(await holdsRight(context.pool, actor, 'register.change'))) return NOT_HELD
  const known = new Set((await listPossibleHolders(context)).map(({ id }) => id))
  const areTwo = holders[0] !== holders[1] && holders.every((id) => known.has(id))
  if (!areTwo) return refuse('holders-two')
  return confirm(context, actor, 'keys-held', { holders: [...holders], keys: [...keysOf(card)] })
}

/** Writes down where the programme publishes its privacy notice. */
export function confirmNotice(context: AccountContext, actor: Actor, address: string): Confirming {
  return confirm(context, actor, 'privacy-notice', { address })
}

/** Mails the actor a code that shows, when it is typed, that mail arrives. */
export async function sendMailProof(
  context: AccountContext,
  actor: Actor,
): Confirming<'mail-unsent'> {
  if (!(await holdsRight(context.pool, actor, 'register.change'))) return NOT_HELD
  const { email } = await inPrisma(context.pool, (prisma) =>
    prisma.user.findUniqueOrThrow({ where: { id: actor.userId }, select: { email: true } }),
  )
  const code = codeOf(context, actor, context.now())
  const mail = {
    to: email,
    subject: 'Mail arrives – Count Once',
    text: [
      'You asked for a mail to see whether it arrives.',
      'Enter this code on the page that you sent it from:',
      code,
      'Count Once\n',
    ].join('\n\n'),
  }
  return context.mailer.send(mail).then(
    () => ({ ok: true }) as const,
    () => refuse('mail-unsent'),
  )
}

/** Takes the code of a mail that arrived, today's or yesterday's. */
export async function confirmMail(
  context: AccountContext,
  actor: Actor,
  typed: string,
): Confirming<'mail-code-wrong'> {
  if (!(await holdsRight(context.pool, actor, 'register.change'))) return NOT_HELD
  const now = context.now()
  const days = [now, new Date(now.getTime() - DAY)]
  const isRight = days.some((day) => codeOf(context, actor, day) === typed.toUpperCase())
  if (!isRight) return refuse('mail-code-wrong')
  return confirm(context, actor, 'mail-proven', {})
}

const DAY = 24 * 60 * 60 * 1000

/** What nobody knows who has not read the mail: it need not be kept to be known again. */
function codeOf({ portalKey }: AccountContext, { userId }: Actor, at: Date): string {
  return createHmac('sha256', purposeKey(portalKey, 'mail that arrives'))
    .update(`${userId} ${at.toISOString().slice(0, 10)}`)
    .digest('hex')
    .slice(0, 8)
    .toUpperCase()
}

async function confirm(
  { pool, now }: AccountContext,
  actor: Actor,
  kind: ConfirmedKind,
  detail: Prisma.InputJsonObject,
): Confirming {
  if (!(await holdsRight(pool, actor, 'register.change'))) return NOT_HELD
  return withTransaction(pool, async (client) => {
    await inPrisma(client, (prisma) =>
      prisma.confirmedCheck.create({
        data: { kind, detail, confirmedBy: actor.userId, confirmedAt: now() },
        select: { id: true },
      }),
    )
    await appendAudit(client, { actor: actor.userId, event: 'check.confirmed', subject: kind })
    return { ok: true }
  })
}
