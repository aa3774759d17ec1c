import type pg from 'pg'
import { withTransaction } from '#server/platform/db/pool.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import type { AccountContext } from './account-context.ts'
import { digestSubject } from '#server/identity/sessions/secrets-at-rest.ts'

/**
 * Wrong tries after which a right one is refused too. Source: NIST SP 800-63B 5.2.2, and far below
 * its hundred.
 */
const MOST_FOR_ACCOUNT = 5
/** Coarse: a whole office may stand behind one address. */
const MOST_FOR_ADDRESS = 100
const WINDOW_MS = 15 * 60 * 1000

/** A try that was counted before it was looked at; taken back when it turns out right. */
export interface CountedTry {
  readonly ids: readonly string[]
}

/**
 * Counts a try for an account (its email address, whether or not anybody has it) and a network
 * address, before it is looked at, so that many at once count too. Undefined: there were too many
 * within a quarter of an hour, and this one must be refused. Refused tries are not counted, so that
 * an attacker cannot keep the owner out for ever.
 */
export async function countTry(
  context: Pick<AccountContext, 'pool' | 'portalKey' | 'now'>,
  email: string,
  address: string,
): Promise<CountedTry | undefined> {
  const account = digestSubject(context.portalKey, 'account', email)
  const place = digestSubject(context.portalKey, 'address', address)
  const now = context.now()
  return withTransaction(context.pool, async (client) => {
    // One at a time for each account, so that tries sent at once cannot all be the fifth. The count
    // is a statement of its own: it must see what the one before committed.
    await run(client, 'accounts/lock-tries', [account])
    const rows = await run(client, 'accounts/count-try', [
      account,
      place,
      now,
      new Date(now.getTime() - WINDOW_MS),
      MOST_FOR_ACCOUNT,
      MOST_FOR_ADDRESS,
    ])
    return rows.length === 0 ? undefined : { ids: rows.map(({ id }) => id) }
  })
}

/** Takes a counted try back: it was right. */
export async function forgiveTry(client: pg.ClientBase, counted: CountedTry): Promise<void> {
  await inPrisma(client, (prisma) =>
    prisma.signInAttempt.deleteMany({ where: { id: { in: counted.ids.map(BigInt) } } }),
  )
}

/** Forgets the tries of an account: its owner has proved who they are. */
export async function forgetTries(
  context: AccountContext,
  client: pg.ClientBase,
  email: string,
): Promise<void> {
  const subject = digestSubject(context.portalKey, 'account', email)
  await inPrisma(client, (prisma) => prisma.signInAttempt.deleteMany({ where: { subject } }))
}
