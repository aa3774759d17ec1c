import { createHmac } from 'node:crypto'
import type pg from 'pg'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { LEFT_OVER } from './left-over.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { codeAt, makeSeed, secondsLeft } from '#server/identity/accounts/one-time-codes.ts'
import type { Passwords } from '#server/identity/accounts/passwords.ts'
import { openSeed, purposeKey, sealSeed } from '#server/identity/sessions/secrets-at-rest.ts'
import {
  USER_COLUMNS,
  makeUserId,
  tidyEmail,
  type UserRole,
  type UserRow,
} from '#server/identity/actors/user.ts'
import { readRows } from '#server/platform/db/read-rows.ts'

/** What the demonstration's accounts are made with: a programme that is not live, and keys that are for demonstration. */
export interface DemonstrationContext {
  readonly pool: pg.Pool
  readonly portalKey: Uint8Array
  readonly passwords: Passwords
  readonly programme: { readonly live: boolean }
  readonly keys: { readonly demonstration: boolean }
}

/** An account to try the portal with. */
export interface DemonstrationAccount {
  readonly email: string
  readonly role: UserRole
  readonly name: string
  readonly providerName: string | null
  /** The same for all of them, and of this data folder's own. */
  readonly password: string
}

interface WantedAccount {
  readonly email: string
  readonly name: string
  readonly role: UserRole
  readonly providerCode: string | null
  readonly mayExact: boolean
}

/**
 * Makes an account for each role (two providers, an analyst with the exact right, two administrators), enrolled and ready
 * to sign in; those there already stay as they are. Refused where anything is live. A second call returns the same accounts.
 */
export async function makeDemonstrationAccounts(
  context: DemonstrationContext,
): Promise<
  | { readonly ok: true; readonly accounts: readonly DemonstrationAccount[] }
  | Refusal<'keys-demonstration'>
> {
  if (!isDemonstration(context)) return refuse('keys-demonstration')
  const password = demonstrationPassword(context.portalKey)
  const providers = await twoProviders(context.pool)
  const wanted: WantedAccount[] = [
    ...providers.map(({ code }, index) => ({
      email: `provider${index === 0 ? '' : index + 1}@demonstration.example`,
      name: index === 0 ? 'Priya Provider' : 'Peter Provider',
      role: 'provider' as const,
      providerCode: code,
      mayExact: false,
    })),
    account('analyst', 'Ana Analyst', 'analyst', true),
    account('administrator', 'Adam Administrator', 'administrator', true),
    account('administrator2', 'Ada Administrator', 'administrator', false),
  ]
  const hashed = await context.passwords.hash(password)
  await withTransaction(context.pool, async (client) => {
    let made = 0
    for (const user of wanted) made += await makeAccount(context, client, user, hashed)
    if (made > 0) {
      await appendAudit(client, {
        actor: 'portal',
        event: 'demonstration-accounts.made',
        subject: '',
        detail: { accounts: made },
      })
    }
  })
  return {
    ok: true,
    accounts: wanted.map(({ email, name, role, providerCode }) => ({
      email,
      name,
      role,
      providerName: providers.find(({ code }) => code === providerCode)?.name ?? null,
      password,
    })),
  }
}

/** The present one-time code of a demonstration account, by e-mail address or reference. */
export async function demonstrationCode(
  context: Omit<DemonstrationContext, 'passwords'>,
  user: string,
  now: Date,
): Promise<
  | { readonly ok: true; readonly code: string; readonly secondsLeft: number }
  | Refusal<'keys-demonstration' | 'not-found'>
> {
  if (!isDemonstration(context)) return refuse('keys-demonstration')
  const rows = await readRows<UserRow>(
    context.pool,
    `select ${USER_COLUMNS} from portal_user
      where demonstration and (email = $1 or id = $2 or split_part(email, '@', 1) = $1)`,
    [tidyEmail(user), user],
  )
  const [found] = rows
  if (found?.code_seed == null) return refuse('not-found')
  const seed = openSeed(context.portalKey, found.id, found.code_seed)
  return { ok: true, code: codeAt(seed, now), secondsLeft: secondsLeft(now) }
}

function isDemonstration({
  programme,
  keys,
}: Pick<DemonstrationContext, 'programme' | 'keys'>): boolean {
  return !programme.live && keys.demonstration
}

function account(local: string, name: string, role: UserRole, mayExact: boolean): WantedAccount {
  return { email: `${local}@demonstration.example`, name, role, providerCode: null, mayExact }
}

/** Of this folder's own, so that a portal left open to a network is not open to everybody who has read the source. */
function demonstrationPassword(portalKey: Uint8Array): string {
  const digest = createHmac('sha256', purposeKey(portalKey, 'demonstration'))
    .update('password')
    .digest()
  const letters = Array.from(
    digest.subarray(0, 12),
    (byte) => 'abcdefghjkmnpqrstvwxyz23456789xyz'[byte % 32] ?? '',
  )
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
}

/** The organisations for whom files are left to upload, then those with the most services: there is something to do. */
async function twoProviders(pool: pg.Pool): Promise<{ code: string; name: string }[]> {
  const rows = await readRows<{ code: string; name: string }>(
    pool,
    `select provider.code, provider.name
       from provider join service on service.provider_code = provider.code
      group by provider.code
      order by bool_or(service.code = any ($1::text[])) desc, count(*) desc, provider.code limit 2`,
    [LEFT_OVER],
  )
  return rows
}

async function makeAccount(
  context: DemonstrationContext,
  client: pg.ClientBase,
  wanted: WantedAccount,
  hashed: string,
): Promise<number> {
  const id = makeUserId()
  const { rowCount } = await client.query(
    `insert into portal_user
       (id, email, name, role, provider_code, may_see_exact, password_hash, code_seed, demonstration)
     values ($1, $2, $3, $4, $5, $6, $7, $8, true) on conflict (email) do nothing`,
    [
      id,
      wanted.email,
      wanted.name,
      wanted.role,
      wanted.providerCode,
      wanted.mayExact,
      hashed,
      sealSeed(context.portalKey, id, makeSeed()),
    ],
  )
  return rowCount ?? 0
}
