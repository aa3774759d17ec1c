import type pg from 'pg'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { AccountContext } from './account-context.ts'
import { stepOfCode, tidyCode } from './one-time-codes.ts'
import { readRows } from '#server/platform/db/read-rows.ts'
import { openSeed } from '#server/identity/sessions/secrets-at-rest.ts'
import { countTry, forgiveTry } from './tries.ts'
import { USER_COLUMNS, tidyEmail, type UserRow } from '#server/identity/actors/user.ts'

/** Where tries of the command line are counted: it has no network address. */
const COMMAND_LINE = 'command-line'

/**
 * Who stands at the command line, for acts that need two people: a user named by e-mail address or reference, and the present
 * one-time code of their authenticator, accepted once and counted as at the sign-in page.
 */
export async function provePerson(
  context: Pick<AccountContext, 'pool' | 'portalKey' | 'now'>,
  given: { readonly user: string; readonly code: string },
): Promise<
  | { readonly ok: true; readonly actor: Actor }
  | Refusal<'code-refused' | 'code-used' | 'too-many-tries'>
> {
  const user = await findUser(context.pool, given.user)
  const counted = await countTry(context, user?.email ?? tidyEmail(given.user), COMMAND_LINE)
  if (counted === undefined) return refused(context.pool, user, 'too-many-tries')
  if (user?.code_seed == null) return refused(context.pool, user, 'code-refused')
  const seed = openSeed(context.portalKey, user.id, user.code_seed)
  const step = stepOfCode(seed, tidyCode(given.code), context.now())
  if (step === undefined) return refused(context.pool, user, 'code-refused')
  const accepted = await withTransaction(context.pool, async (client) => {
    const { rowCount } = await client.query(
      'update portal_user set code_step = $2 where id = $1 and code_step < $2 and disabled_at is null',
      [user.id, step],
    )
    if (rowCount === 1) await forgiveTry(client, counted)
    return rowCount === 1
  })
  if (!accepted) return refused(context.pool, user, 'code-used')
  const { id, role, provider_code: providerCode, may_see_exact: mayExact } = user
  return { ok: true, actor: { userId: id, role, providerCode, mayExact } }
}

async function findUser(pool: pg.Pool, user: string): Promise<UserRow | undefined> {
  const rows = await readRows<UserRow>(
    pool,
    `select ${USER_COLUMNS} from portal_user
      where disabled_at is null and (email = $1 or id = $2
        or demonstration and split_part(email, '@', 1) = $1)`,
    [tidyEmail(user), user.trim().toUpperCase()],
  )
  return rows[0]
}

async function refused<Code extends 'code-refused' | 'code-used' | 'too-many-tries'>(
  pool: pg.Pool,
  user: UserRow | undefined,
  code: Code,
): Promise<Refusal<Code>> {
  await withTransaction(pool, (client) =>
    appendAudit(client, {
      actor: user?.id ?? 'portal',
      event: 'sign-in.refused',
      subject: user?.id ?? '',
      detail: { reason: code, at: COMMAND_LINE },
    }),
  )
  return refuse(code)
}
