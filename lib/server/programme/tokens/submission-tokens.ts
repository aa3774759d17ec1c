import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { TOKEN_BYTES, writeToken } from '#core/submission-token/token-form.ts'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import { A_WEEK, oweMails, type OwingContext } from '#server/identity/mails/kept-mails.ts'
import { type Actor } from '#server/identity/actors/actor.ts'
import { PORTAL } from '#server/identity/actors/portal-actor.ts'
import { enterRefusal, holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { FreshProof } from '#server/identity/actors/fresh-proof.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { readUserNames } from '#server/identity/actors/user-names.ts'
import type { Approval } from '#server/identity/approvals/approval.ts'
import { askApproval, useApproval, type UseRefusal } from '#server/identity/approvals/approvals.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { newReference } from '#server/platform/machine/new-reference.ts'
import { readService } from '#server/programme/register/read-programme.ts'
import { tokenMail, type ToldToken, type TokenNews } from './token-mails.ts'

/** Days that a token may serve at most. */
export const MOST_DAYS = 400

const DAY = 86_400_000
/** How many tokens are listed. */
const LISTED = 200

/** What is asked for. */
export interface TokenWanted {
  readonly service: string
  /** Days that it serves, 1 to 400. */
  readonly days: number
  /** A code of the kind's reasons. */
  readonly reason: string
}

/** Asks for a token of a service; somebody else approves it before it is made. */
export async function askToken(
  { pool, now }: Pick<AccountContext, 'pool' | 'now'>,
  actor: Actor,
  { service: code, days, reason }: TokenWanted,
  fresh: FreshProof,
): Promise<
  | { readonly ok: true; readonly approval: Approval }
  | Refusal<'not-found' | 'token-days' | 'code-needed'>
> {
  if (!(await holdsRight(pool, actor, 'token.manage'))) return NOT_HELD
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) return refuse('token-days')
  return withTransaction(forActor(pool, actor), async (client) => {
    const service = await readService(client, code)
    if (service === undefined) return refuse('not-found')
    const { providerCode } = service
    return askApproval(
      client,
      actor,
      { kind: 'submission-token', subject: code, providerCode, particulars: { days }, reason },
      fresh,
      now(),
    )
  })
}

/**
 * Makes the token of an approved request, for the person who asked: answered this once, of which
 * only the digest is kept. Both people are told by mail.
 */
export async function makeToken(
  context: Pick<AccountContext, 'pool' | 'now' | 'later' | 'mailer' | 'origin'>,
  actor: Actor,
  reference: string,
  fresh: FreshProof,
): Promise<{ readonly ok: true; readonly token: string; readonly reference: string } | UseRefusal> {
  const now = context.now()
  const token = writeToken(new Uint8Array(randomBytes(TOKEN_BYTES)))
  const made = await withTransaction(forActor(context.pool, actor), async (client) => {
    const approved = { reference, kinds: ['submission-token'] } as const
    const used = await useApproval(client, actor, approved, fresh, now)
    if (!used.ok) return used
    const { approval } = used
    const row = await inPrisma(client, (prisma) =>
      prisma.submissionToken.create({
        data: {
          ...{ reference: newReference('token'), serviceCode: approval.subject },
          ...{ digest: digestToken(token), approvalReference: approval.reference },
          ...{ madeBy: actor.userId, approvedBy: approval.decidedBy ?? '', madeAt: now },
          expiresAt: new Date(now.getTime() + Number(approval.particulars['days']) * DAY),
        },
        include: { service: { select: { name: true } } },
      }),
    )
    await appendAudit(client, {
      actor: actor.userId,
      event: 'token.made',
      subject: row.reference,
      detail: { service: row.serviceCode, approval: approval.reference },
    })
    return { ok: true as const, row }
  })
  if (!made.ok) return enterRefusal(context.pool, actor, made, 'use')
  const { row } = made
  tellBoth(context, 'made', { ...row, serviceName: row.service.name })
  return { ok: true, token, reference: row.reference }
}

/** A token as its people see it. */
export interface TokenView {
  readonly reference: string
  readonly service: string
  readonly serviceName: string
  readonly madeBy: string
  readonly approvedBy: string
  readonly madeAt: Date
  readonly expiresAt: Date
  readonly lastUsedAt: Date | null
  readonly state: 'serves' | 'ended' | 'revoked'
}

/** The tokens that an actor reaches, the newest first; people by name. */
export async function listTokens(
  database: Database,
  actor: Actor,
  now: Date,
): Promise<{ readonly ok: true; readonly tokens: readonly TokenView[] } | Refusal<'not-found'>> {
  if (!(await holdsRight(database, actor, 'token.manage'))) return NOT_HELD
  const rows = await inPrisma(forActor(database, actor), (prisma) =>
    prisma.submissionToken.findMany({
      omit: { digest: true },
      include: { service: { select: { name: true } } },
      orderBy: { id: 'desc' },
      take: LISTED,
    }),
  )
  const names = await readUserNames(
    database,
    rows.flatMap(({ madeBy, approvedBy }) => [madeBy, approvedBy]),
  )
  return {
    ok: true,
    tokens: rows.map((row) => ({
      ...{ reference: row.reference, service: row.serviceCode, serviceName: row.service.name },
      madeBy: names.get(row.madeBy) ?? row.madeBy,
      approvedBy: names.get(row.approvedBy) ?? row.approvedBy,
      ...{ madeAt: row.madeAt, expiresAt: row.expiresAt, lastUsedAt: row.lastUsedAt },
      state: row.revokedAt !== null ? 'revoked' : row.expiresAt <= now ? 'ended' : 'serves',
    })),
  }
}

/** Revokes a token at once; whoever manages tokens of its service may, alone. Both are told. */
export async function revokeToken(
  context: Pick<AccountContext, 'pool' | 'now' | 'later' | 'mailer' | 'origin'>,
  actor: Actor,
  reference: string,
): Promise<{ readonly ok: true } | Refusal<'not-found'>> {
  if (!(await holdsRight(context.pool, actor, 'token.manage'))) return NOT_HELD
  const revoked = await withTransaction(forActor(context.pool, actor), async (client) => {
    await run(client, 'tokens/lock', [reference])
    const token = await inPrisma(client, (prisma) =>
      prisma.submissionToken.findUnique({
        where: { reference },
        include: { service: { select: { name: true } } },
      }),
    )
    if (token === null) return 'not-found'
    if (token.revokedAt !== null) return 'revoked-already'
    await inPrisma(client, (prisma) =>
      prisma.submissionToken.update({
        where: { reference },
        data: { revokedAt: context.now(), revokedBy: actor.userId },
        select: { id: true },
      }),
    )
    await appendAudit(client, {
      actor: actor.userId,
      event: 'token.revoked',
      subject: reference,
      detail: { service: token.serviceCode },
    })
    return token
  })
  if (revoked === 'not-found') return refuse('not-found')
  if (revoked !== 'revoked-already') {
    tellBoth(context, 'revoked', { ...revoked, serviceName: revoked.service.name })
  }
  return { ok: true }
}

/** Tells the people of tokens that end within 14 days, each once; answers of how many. */
export async function tellOfEnding(context: OwingContext): Promise<number> {
  const { pool, now, origin } = context
  return oweMails(forActor(pool, PORTAL), context, async (client) => {
    const [token] = await run(client, 'tokens/claim-ending', [now()])
    if (token === undefined) return undefined
    const people = await addressesOf(client, token)
    return people.map((to) => ({
      ...tokenMail('ending', token, { to, origin }),
      minutes: A_WEEK,
    }))
  })
}

/** What is kept of a token: it has too many bits to be guessed, so a plain digest serves. */
export function digestToken(token: string): Buffer<ArrayBuffer> {
  return Buffer.from(createHash('sha256').update(token).digest())
}

interface PeopleOfToken {
  readonly madeBy: string
  readonly approvedBy: string
}

function tellBoth(
  context: Pick<AccountContext, 'pool' | 'later' | 'mailer' | 'origin'>,
  news: TokenNews,
  token: ToldToken & PeopleOfToken,
): void {
  const { pool, mailer, origin } = context
  context.later(async () => {
    const told = await addressesOf(pool, token)
    for (const to of told) await mailer.send(tokenMail(news, token, { to, origin }))
  })
}

async function addressesOf(
  on: Database | pg.PoolClient,
  { madeBy, approvedBy }: PeopleOfToken,
): Promise<string[]> {
  const people = await inPrisma(on, (prisma) =>
    prisma.user.findMany({
      where: { id: { in: [madeBy, approvedBy] }, disabledAt: null },
      select: { email: true },
      orderBy: { id: 'asc' },
    }),
  )
  return people.map(({ email }) => email)
}
