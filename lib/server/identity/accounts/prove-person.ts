import type { Database } from '#server/platform/db/database.ts'
import { recordRefusal } from '#server/identity/audit/refusals.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { AccountContext } from './account-context.ts'
import { stepOfCode, tidyCode } from './one-time-codes.ts'
import { openSeed } from '#server/identity/sessions/secrets-at-rest.ts'
import { countProof, forgiveTry } from './tries.ts'
import {
  DEMONSTRATION_HOST,
  USER_FIELDS,
  tidyEmail,
  userRow,
  type UserRow,
} from '#server/identity/actors/user.ts'

/** Where tries of the command line are counted: it has no network address. */
const COMMAND_LINE = 'command-line'

/**
 * Who acts at this moment, for acts that need two people: a user named by email address or
 * reference, and the present one-time code of their authenticator, accepted once and counted as at
 * the sign-in page. Without a network address they stand at the command line.
 */
export async function provePerson(
  context: Pick<AccountContext, 'pool' | 'portalKey' | 'now'>,
  given: { readonly user: string; readonly code: string; readonly address?: string },
): Promise<
  | { readonly ok: true; readonly actor: Actor }
  | Refusal<'code-refused' | 'code-used' | 'too-many-tries'>
> {
  const user = await findUser(context.pool, given.user)
  const at = given.address === undefined ? COMMAND_LINE : 'page'
  // Whoever comes here is signed in or runs commands: strangers' tries are counted elsewhere.
  const counted = await countProof(
    context,
    user === undefined ? { typed: tidyEmail(given.user) } : { userId: user.id },
  )
  if (!counted.isAllowed) return refused(context.pool, user, at, 'too-many-tries')
  if (user?.codeSeed == null) return refused(context.pool, user, at, 'code-refused')
  const seed = openSeed(context.portalKey, user.id, user.codeSeed)
  const step = stepOfCode(seed, tidyCode(given.code), context.now())
  if (step === undefined) return refused(context.pool, user, at, 'code-refused')
  const accepted = await withTransaction(context.pool, async (client) => {
    const { count } = await inPrisma(client, (prisma) =>
      prisma.user.updateMany({
        where: { id: user.id, codeStep: { lt: step }, disabledAt: null },
        data: { codeStep: step },
      }),
    )
    if (count === 1) await forgiveTry(client, counted)
    return count === 1
  })
  if (!accepted) return refused(context.pool, user, at, 'code-used')
  const { id, role, providerCode, maySeeExact: mayExact } = user
  return { ok: true, actor: { userId: id, role, providerCode, mayExact } }
}

async function findUser(database: Database, given: string): Promise<UserRow | undefined> {
  const email = tidyEmail(given)
  const user = await inPrisma(database, (prisma) =>
    prisma.user.findFirst({
      where: {
        disabledAt: null,
        OR: [
          { email },
          { id: given.trim().toUpperCase() },
          { demonstration: true, email: `${email}@${DEMONSTRATION_HOST}` },
        ],
      },
      select: USER_FIELDS,
    }),
  )
  return user === null ? undefined : userRow(user)
}

async function refused<Code extends 'code-refused' | 'code-used' | 'too-many-tries'>(
  database: Database,
  user: UserRow | undefined,
  at: string,
  code: Code,
): Promise<Refusal<Code>> {
  const actor = user?.id ?? null
  await recordRefusal(database, { event: 'sign-in.refused', reason: code, actor, from: null, at })
  return refuse(code)
}
