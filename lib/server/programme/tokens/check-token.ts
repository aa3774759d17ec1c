import { timingSafeEqual } from 'node:crypto'
import { isTokenForm } from '#core/submission-token/token-form.ts'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { recordRefusal } from '#server/identity/audit/refusals.ts'
import { digestSubject } from '#server/identity/sessions/secrets-at-rest.ts'
import { bindDatabase, type BoundDatabase, type Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { PORTAL } from '#server/identity/actors/portal-actor.ts'
import { digestToken } from './submission-tokens.ts'

/** A token that serves, and who its program sends as. */
export interface ServingToken {
  readonly id: bigint
  readonly reference: string
  readonly service: string
  /** Whether files may come as they are. */
  readonly acceptsClear: boolean
  /** Whoever asked for the token: its program's files are finished by them. */
  readonly actor: Actor
}

/** Refused within an hour from one address, before nothing of its strangers is counted one by one. */
const MOST_REFUSED = 300

/**
 * How long after an agreement's last day its token still serves: a quarter's file is sent after the
 * quarter.
 */
const AFTER_AGREEMENT_DAYS = 92
const DAY = 86_400_000

export type TokenRefusal = Refusal<
  | 'token-missing'
  | 'token-unknown'
  | 'token-revoked'
  | 'token-ended'
  | 'token-other-service'
  | 'token-agreement'
  | 'too-many-refused'
>

/**
 * Whose the token of a request is: looked up by its digest, and good for one service. Each refusal
 * is counted, by token or address, and is an entry of the audit trail.
 */
export async function checkToken(
  context: Pick<AccountContext, 'pool' | 'portalKey' | 'now'>,
  request: {
    /** The header that holds the token. */
    readonly authorization: string | null
    readonly service: string
    /** The network address, as the portal's own server saw it. */
    readonly address: string
  },
): Promise<{ readonly ok: true; readonly token: ServingToken } | TokenRefusal> {
  const { authorization: header } = request
  const database = forActor(context.pool, PORTAL)
  const place = digestSubject(context.portalKey, 'address', request.address).toString('hex')
  const presented = /^Bearer +([!-~]{1,200})$/i.exec(header ?? '')?.[1]
  if (presented === undefined) return strangerRefused(context, place, 'token-missing')
  const digest = digestToken(presented)
  const row = isTokenForm(presented) ? await findToken(database, digest) : null
  if (row?.digest == null || !timingSafeEqual(row.digest, digest)) {
    return strangerRefused(context, place, 'token-unknown')
  }
  const code = whyNot(row, request.service, context.now())
  if (code !== undefined) return refused(context, row.reference, code)
  await inPrisma(database, (prisma) =>
    prisma.submissionToken.update({
      where: { id: row.id },
      data: { lastUsedAt: context.now() },
      select: { id: true },
    }),
  )
  const { code: service, acceptsClear, providerCode } = row.service
  return {
    ok: true,
    token: {
      ...{ id: row.id, reference: row.reference, service, acceptsClear },
      actor: { userId: row.madeBy, role: 'provider', providerCode, mayExact: false },
    },
  }
}

/** The database as a token reaches it: the rows of its service and no other. */
export function forToken(database: Database, { actor, service }: ServingToken): BoundDatabase {
  return bindDatabase(forActor(database, actor), { 'countonce.service': service })
}

function findToken(database: Database, digest: Buffer<ArrayBuffer>) {
  return inPrisma(database, (prisma) =>
    prisma.submissionToken.findUnique({
      where: { digest },
      include: {
        service: { include: { agreements: true } },
        maker: { select: { disabledAt: true } },
      },
    }),
  )
}

type FoundToken = NonNullable<Awaited<ReturnType<typeof findToken>>>

function whyNot(
  { revokedAt, expiresAt, service, maker }: FoundToken,
  wanted: string,
  now: Date,
):
  | Exclude<TokenRefusal['code'], 'token-missing' | 'token-unknown' | 'too-many-refused'>
  | undefined {
  // Its program sends in the name of whoever asked for it, and has no more than they have.
  if (revokedAt !== null || maker.disabledAt !== null) return 'token-revoked'
  if (expiresAt <= now) return 'token-ended'
  if (service.code !== wanted) return 'token-other-service'
  const earliest = new Date(now.getTime() - AFTER_AGREEMENT_DAYS * DAY)
  const isCovered = service.agreements.some(
    ({ validFrom, validTo, endedOn, demonstration }) =>
      demonstration ||
      (validFrom <= now && [validTo, endedOn].every((last) => last === null || last >= earliest)),
  )
  return isCovered ? undefined : 'token-agreement'
}

async function isFlooding(database: Database, subject: string, now: Date): Promise<boolean> {
  const hour = new Date(Math.floor(now.getTime() / 3_600_000) * 3_600_000)
  const counted = await inPrisma(database, (prisma) =>
    prisma.tokenRefusal.findUnique({ where: { subject_hour: { subject, hour } } }),
  )
  return counted !== null && counted.refused >= MOST_REFUSED
}

/**
 * Refuses whoever shows no token of ours: after a flood from their address, with that alone. A program
 * there whose token serves goes on, since an address may be a proxy's that strangers share.
 */
async function strangerRefused<Code extends 'token-missing' | 'token-unknown'>(
  context: Pick<AccountContext, 'pool' | 'now'>,
  place: string,
  code: Code,
): Promise<Refusal<Code | 'too-many-refused'>> {
  const database = forActor(context.pool, PORTAL)
  if (!(await isFlooding(database, place, context.now()))) return refused(context, place, code)
  await record(database, place, 'too-many-refused')
  return refuse('too-many-refused')
}

async function refused<Code extends TokenRefusal['code']>(
  { pool, now }: Pick<AccountContext, 'pool' | 'now'>,
  subject: string,
  code: Code,
): Promise<Refusal<Code>> {
  const database = forActor(pool, PORTAL)
  await run(database, 'tokens/count-refusal', [subject, now()])
  await record(database, subject, code)
  return refuse(code)
}

/** By token, or by address: its name in the audit trail is the beginning of its digest. */
async function record(database: Database, subject: string, reason: string): Promise<void> {
  const who = subject.startsWith('TK-')
    ? { actor: subject, from: null }
    : { actor: null, from: subject.slice(0, 16) }
  await recordRefusal(database, { event: 'token.refused', reason, ...who })
}
