import type { Actor } from '#server/identity/actors/actor.ts'
import type { ProvedAct } from '#server/identity/actors/fresh-proof.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { recordRefusal } from '#server/identity/audit/refusals.ts'
import { checkAssertion } from '#server/identity/passkeys/check-assertion.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { AccountContext } from './account-context.ts'
import { mailFrame } from './account-frame.ts'
import { changeMail } from './account-mails.ts'
import { countProof, forgiveTry } from './tries.ts'

/** What somebody who is signed in proves themself with: a passkey asked for this act in this session. */
interface PasskeyProof {
  readonly actor: Actor
  readonly ticket: string
  readonly act: ProvedAct
  readonly answer: string
}

type PasskeyRefusal = Refusal<'passkey-refused' | 'passkey-copied' | 'too-many-tries'>

/** Whether one of the actor's own passkeys answered; counted as a try, as a code is. */
export async function provePasskey(
  context: AccountContext,
  { actor: { userId }, ticket, act, answer }: PasskeyProof,
): Promise<{ readonly ok: true } | PasskeyRefusal> {
  const counted = await countProof(context, { userId })
  const checked = counted.isAllowed
    ? await checkAssertion(context, { ticket, userId, act }, answer)
    : refuse('too-many-tries')
  if (!checked.ok) {
    if (checked.code === 'passkey-copied') await tellOfCopy(context, userId)
    await recordRefusal(context.pool, {
      ...{ event: 'sign-in.refused', reason: checked.code, actor: userId, from: null, at: 'page' },
    })
    return checked
  }
  const accepted = await withTransaction(context.pool, async (client) => {
    const { count } = await inPrisma(client, (prisma) => checked.use(prisma))
    if (count === 1) await forgiveTry(client, counted)
    return count === 1
  })
  return accepted ? { ok: true } : refuse('passkey-refused')
}

/** Writes down and tells a user that one of their passkeys may have been copied. */
export async function tellOfCopy(context: AccountContext, id: string): Promise<void> {
  const { email } = await withTransaction(context.pool, async (client) => {
    const user = await inPrisma(client, (prisma) =>
      prisma.user.findUniqueOrThrow({ where: { id }, select: { email: true } }),
    )
    await appendAudit(client, { actor: 'portal', event: 'passkey.copied', subject: id })
    return user
  })
  context.later(() => context.mailer.send(changeMail(mailFrame(context, email), 'passkey-copied')))
}
