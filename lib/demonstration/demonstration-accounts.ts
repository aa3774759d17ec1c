import { createHmac } from 'node:crypto'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma, type PrismaTransaction } from '#server/platform/db/in-prisma.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { LEFT_OVER } from './left-over.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { codeAt, makeSeed, secondsLeft } from '#server/identity/accounts/one-time-codes.ts'
import type { Passwords } from '#server/identity/accounts/passwords.ts'
import { openSeed, purposeKey, sealSeed } from '#server/identity/sessions/secrets-at-rest.ts'
import {
  DEMONSTRATION_HOST,
  makeUserId,
  tidyEmail,
  type UserRole,
} from '#server/identity/actors/user.ts'
import { run } from '#server/platform/db/run.ts'
import type { Programme } from '#server/programme/register/read-programme.ts'

/**
 * What the demonstration's accounts are made with: a programme that is not live, and keys that are
 * for demonstration.
 */
export interface DemonstrationContext {
  readonly pool: Database
  readonly portalKey: Uint8Array
  readonly passwords: Passwords
  readonly programme: Pick<Programme, 'live' | 'purpose'>
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
 * Makes an account for each role that a visitor tries (two providers, an analyst with the exact right,
 * two administrators, two data protection officers; of a look-up practitioners and a manager), enrolled and ready to sign in;
 * those there already stay as they are. Refused
 * where anything is live. A second call returns the same accounts.
 */
export async function makeDemonstrationAccounts(
  context: DemonstrationContext,
): Promise<
  | { readonly ok: true; readonly accounts: readonly DemonstrationAccount[] }
  | Refusal<'keys-demonstration'>
> {
  if (!isDemonstration(context)) return refuse('keys-demonstration')
  const password = demonstrationPassword(context.portalKey)
  // The organisations for whom files are left to upload first: there is something to do.
  const providers = await run(context.pool, 'programme/list-busiest-providers', [LEFT_OVER, 2])
  const wanted: WantedAccount[] = [
    ...providers.map(({ code }, index) => ({
      email: `provider${index === 0 ? '' : index + 1}@${DEMONSTRATION_HOST}`,
      name: index === 0 ? 'Priya Provider' : 'Peter Provider',
      role: 'provider' as const,
      providerCode: code,
      mayExact: false,
    })),
    ...(context.programme.purpose === 'look-up'
      ? ofLookUp(providers[0]?.code ?? null)
      : [account('analyst', 'Ana Analyst', 'analyst', true)]),
    account('administrator', 'Adam Administrator', 'administrator', true),
    account('administrator2', 'Ada Administrator', 'administrator', false),
    account('officer', 'Olu Officer', 'officer', false),
    account('officer2', 'Orla Officer', 'officer', false),
  ]
  const hashed = await context.passwords.hash(password)
  await withTransaction(context.pool, async (client) => {
    const made = await inPrisma(client, (prisma) => makeAccounts(context, prisma, wanted, hashed))
    if (context.programme.purpose === 'look-up') await run(client, 'look-up/give-demonstration', [])
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

/** The present one-time code of a demonstration account, by email address or reference. */
export async function demonstrationCode(
  context: Omit<DemonstrationContext, 'passwords' | 'programme'> & {
    readonly programme: Pick<Programme, 'live'>
  },
  user: string,
  now: Date,
): Promise<
  | { readonly ok: true; readonly code: string; readonly secondsLeft: number }
  | Refusal<'keys-demonstration' | 'not-found'>
> {
  if (!isDemonstration(context)) return refuse('keys-demonstration')
  const email = tidyEmail(user)
  const found = await inPrisma(context.pool, (prisma) =>
    prisma.user.findFirst({
      where: {
        demonstration: true,
        OR: [{ email }, { id: user }, { email: `${email}@${DEMONSTRATION_HOST}` }],
      },
      select: { id: true, codeSeed: true },
    }),
  )
  if (found?.codeSeed == null) return refuse('not-found')
  const seed = openSeed(context.portalKey, found.id, found.codeSeed)
  return { ok: true, code: codeAt(seed, now), secondsLeft: secondsLeft(now) }
}

function isDemonstration({
  programme,
  keys,
}: {
  readonly programme: Pick<Programme, 'live'>
  readonly keys: DemonstrationContext['keys']
}): boolean {
  return !programme.live && keys.demonstration
}

/** Two practitioners of the busiest organisation, and who watches over them. */
function ofLookUp(providerCode: string | null): readonly WantedAccount[] {
  return [
    { ...account('practitioner', 'Petra Practitioner', 'practitioner', false), providerCode },
    { ...account('practitioner2', 'Piers Practitioner', 'practitioner', false), providerCode },
    account('manager', 'Mina Manager', 'manager', false),
  ]
}

function account(local: string, name: string, role: UserRole, mayExact: boolean): WantedAccount {
  return { email: `${local}@${DEMONSTRATION_HOST}`, name, role, providerCode: null, mayExact }
}

/**
 * Of this folder's own, so that a portal left open to a network is not open to everybody who has
 * read the source.
 */
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

/** Makes those that are not there yet, and answers how many. */
async function makeAccounts(
  { portalKey }: DemonstrationContext,
  prisma: PrismaTransaction,
  wanted: readonly WantedAccount[],
  passwordHash: string,
): Promise<number> {
  const { count } = await prisma.user.createMany({
    data: wanted.map(({ email, name, role, providerCode, mayExact }) => {
      const id = makeUserId()
      const codeSeed = sealSeed(portalKey, id, makeSeed())
      const who = { id, email, name, role, providerCode, maySeeExact: mayExact }
      return { ...who, passwordHash, codeSeed, demonstration: true }
    }),
    skipDuplicates: true,
  })
  return count
}
