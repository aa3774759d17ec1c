import type pg from 'pg'
import type { Actor } from '#server/identity/actors/actor.ts'
import { isFresh, type FreshProof, type ProvedAct } from '#server/identity/actors/fresh-proof.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { digestTicket } from '#server/identity/sessions/secrets-at-rest.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { AccountContext } from './account-context.ts'
import { provePasskey } from './prove-passkey.ts'
import { provePerson } from './prove-person.ts'

/** Who steps up: an actor in the session of a ticket. */
export interface Stepping {
  readonly actor: Actor
  readonly ticket: string
  readonly act: ProvedAct
}

/** Why a second factor was not taken. */
export type StepUpRefusal = Refusal<
  | 'code-needed'
  | 'code-refused'
  | 'code-used'
  | 'too-many-tries'
  | 'sign-in-over'
  | 'passkey-refused'
  | 'passkey-copied'
>

/**
 * The one fresh second factor before everything that takes one: a code or passkey given now, or in the last
 * minutes for the same act in the same session, where the act did not come about yet. A code is
 * accepted once, wrong ones count as tries, and the proof ends with its session.
 */
export async function stepUp(
  context: AccountContext,
  stepping: Stepping,
  given: {
    readonly code: string
    /** What a passkey answered for this act in this session; empty for none. */
    readonly passkey: string
    readonly address: string
  },
): Promise<{ readonly ok: true; readonly fresh: FreshProof } | StepUpRefusal> {
  const standing = await readProof(context, stepping)
  if (standing !== undefined) return { ok: true, fresh: standing }
  if (given.code === '' && given.passkey === '') return refuse('code-needed')
  const { actor, ticket, act } = stepping
  const proved =
    given.passkey === ''
      ? await provePerson(context, { user: actor.userId, ...given })
      : await provePasskey(context, { ...stepping, answer: given.passkey })
  if (!proved.ok) return proved
  const at = context.now()
  const kept = await withTransaction(context.pool, async (client) => {
    const proof = { digest: digestTicket(ticket), userId: actor.userId, act, at }
    if (!(await keepProof(client, proof))) return false
    await appendAudit(client, {
      actor: actor.userId,
      event: 'second-factor.given',
      subject: actor.userId,
      detail: { for: act, by: given.passkey === '' ? 'code' : 'passkey' },
    })
    return true
  })
  // The session ended while the code was looked at.
  if (!kept) return refuse('sign-in-over')
  return { ok: true, fresh: { userId: actor.userId, act, at } }
}

/**
 * Keeps in the session of a digest that its person has just proved themself for an act; false where
 * that person has no such session.
 */
export async function keepProof(
  client: pg.ClientBase,
  { digest, userId, act, at }: FreshProof & { readonly digest: Uint8Array<ArrayBuffer> },
): Promise<boolean> {
  const { count } = await inPrisma(client, (prisma) =>
    prisma.session.updateMany({
      where: { digest, userId },
      data: { provedFor: act, provedAt: at },
    }),
  )
  return count === 1
}

/** The proof that stands in a session for an act; undefined when a code has to be given. */
export async function readProof(
  { pool, now }: { readonly pool: Database; readonly now: () => Date },
  { actor, ticket, act }: Stepping,
): Promise<FreshProof | undefined> {
  const session = await inPrisma(pool, (prisma) =>
    prisma.session.findUnique({
      where: { digest: digestTicket(ticket), userId: actor.userId, provedFor: act },
      select: { provedAt: true },
    }),
  )
  if (session?.provedAt == null) return undefined
  const proof: FreshProof = { userId: actor.userId, act, at: session.provedAt }
  return isFresh(proof, actor.userId, act, now()) ? proof : undefined
}

/**
 * Takes the proof of a session for the act that is done now; of two at once one has it, and the other
 * is asked for a code of its own.
 */
export async function spendProof(
  { pool }: { readonly pool: Database },
  { ticket }: Pick<Stepping, 'ticket'>,
  { userId, act, at }: FreshProof,
): Promise<boolean> {
  const { count } = await inPrisma(pool, (prisma) =>
    prisma.session.updateMany({
      where: { digest: digestTicket(ticket), userId, provedFor: act, provedAt: at },
      data: { provedFor: null, provedAt: null },
    }),
  )
  return count === 1
}

/** Gives a proof back that was taken for an act which did not come about. */
export async function returnProof(
  { pool }: { readonly pool: Database },
  { ticket }: Pick<Stepping, 'ticket'>,
  fresh: FreshProof,
): Promise<void> {
  await withTransaction(pool, (client) =>
    keepProof(client, { ...fresh, digest: digestTicket(ticket) }),
  )
}

/** Somebody proved at the command line, for the acts of the command that runs. */
export interface ProvedOperator {
  readonly ok: true
  readonly actor: Actor
  readonly freshFor: (act: ProvedAct) => FreshProof
}

/** Proves a person at the command line, which has no session: each command takes a code. */
export async function proveOperator(
  context: Pick<AccountContext, 'pool' | 'portalKey' | 'now'>,
  given: { readonly user: string; readonly code: string },
): Promise<ProvedOperator | Refusal<'code-refused' | 'code-used' | 'too-many-tries'>> {
  const proved = await provePerson(context, given)
  if (!proved.ok) return proved
  const { actor } = proved
  const at = context.now()
  return { ok: true, actor, freshFor: (act) => ({ userId: actor.userId, act, at }) }
}
