import { createHmac } from 'node:crypto'
import type pg from 'pg'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { recordRefusal } from '#server/identity/audit/refusals.ts'
import { changeMail } from '#server/identity/accounts/account-mails.ts'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import { mailFrame } from '#server/identity/accounts/account-frame.ts'
import { awaitCode } from '#server/identity/accounts/sign-in.ts'
import { keepProof } from '#server/identity/accounts/step-up.ts'
import { isOfProvider } from '#server/identity/actors/actor.ts'
import {
  makeUserId,
  tidyName,
  USER_FIELDS,
  userRow,
  type UserRow,
} from '#server/identity/actors/user.ts'
import type { BrowserFamily } from '#server/identity/sessions/browser-family.ts'
import { nameAddress, purposeKey } from '#server/identity/sessions/secrets-at-rest.ts'
import { startSession } from '#server/identity/sessions/session.ts'
import { inPrisma, type PrismaTransaction } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { readSignOnPerson, type SignOnPerson } from './sign-on-person.ts'
import type { SignOnSettings } from './sign-on-settings.ts'
import type { KeptStart } from './sign-on-starts.ts'

/** Somebody whom their organisation sends back. */
export interface SignedOn {
  readonly settings: SignOnSettings
  /** What they left for. */
  readonly start: KeptStart
  /** The claims of a token whose signature, audience and nonce were checked. */
  readonly claims: unknown
  readonly browser: BrowserFamily
  readonly address: string
}

/** Why they do not come in. */
export type SignOnRefusal = Refusal<
  | 'sign-on-failed'
  | 'sign-on-stranger'
  | 'sign-on-left'
  | 'sign-on-groups'
  | 'sign-on-other'
  | 'sign-on-stale'
  | 'sign-on-taken'
>

/** How they come in: signed in, asked for a second factor of ours, or proved once more. */
export type Admitted =
  | {
      readonly ok: true
      readonly next: 'session' | 'code'
      readonly ticket: string
      readonly returnTo: string | null
      readonly isConnected: boolean
    }
  | { readonly ok: true; readonly next: 'proved'; readonly returnTo: string }

/**
 * Lets somebody in whom their organisation sends back, for what they left for. An account is found
 * by whom the issuer names and by nothing else; nobody's address or name connects them to one. A
 * stranger is made an account only where a group of the register says what they are here, and never
 * as an administrator. Every refusal is an entry of the audit trail.
 */
export async function admitPerson(
  context: AccountContext,
  signedOn: SignedOn,
): Promise<Admitted | SignOnRefusal> {
  const { settings, start, claims } = signedOn
  const read = readSignOnPerson(settings, claims)
  const { admitted, user } = read.ok
    ? await WAYS[start.purpose](context, { ...signedOn, person: read.person })
    : { admitted: read, user: undefined }
  if (!admitted.ok) await auditRefusal(context, signedOn, admitted.code, user)
  return admitted
}

/** The same for what never became a token: a forged, late or refused answer of the issuer. */
export async function refuseSignOn(
  context: AccountContext,
  signedOn: Pick<SignedOn, 'address'>,
): Promise<void> {
  await auditRefusal(context, signedOn, 'sign-on-failed', undefined)
}

interface Visit extends SignedOn {
  readonly person: SignOnPerson
}

interface Outcome {
  readonly admitted: Admitted | SignOnRefusal
  /** Whose account it was about, for the audit trail. */
  readonly user?: string | undefined
}

type Way = (context: AccountContext, visit: Visit) => Promise<Outcome>

const WAYS: Readonly<Record<KeptStart['purpose'], Way>> = {
  'sign-in': signIn,
  connect,
  link: followLink,
  again: proveAgain,
}

async function signIn(context: AccountContext, visit: Visit): Promise<Outcome> {
  const known = await findBySubject(context, visit.person)
  if (known === undefined) return joinByGroup(context, visit)
  const user = known.id
  // Why an account is closed is its administrators' to say.
  if (known.disabledAt !== null) return { admitted: refuse('sign-on-left'), user }
  const followed = await followGroup(context, visit.person, known)
  if (!followed.ok) return { admitted: followed, user }
  return { admitted: await comeIn(context, visit, followed.user, false), user }
}

async function findBySubject(
  context: AccountContext,
  person: SignOnPerson,
): Promise<UserRow | undefined> {
  const user = await inPrisma(context.pool, (prisma) =>
    prisma.user.findUnique({
      where: { signOnSubject: digestOf(context, person) },
      select: USER_FIELDS,
    }),
  )
  return user === null ? undefined : userRow(user)
}

/** What is kept of whom an issuer names. */
function digestOf(
  { portalKey }: Pick<AccountContext, 'portalKey'>,
  { issuer, subject }: SignOnPerson,
): Buffer<ArrayBuffer> {
  const key = purposeKey(portalKey, 'sign-on subjects')
  return Buffer.from(createHmac('sha256', key).update(`${issuer}\n${subject}`).digest())
}

interface GroupRole {
  readonly ok: true
  readonly role: UserRow['role']
  readonly maySeeExact: boolean
}

/** What the groups of somebody make them here: the first line of the register that fits. */
async function roleOf(
  { pool }: AccountContext,
  { groups }: SignOnPerson,
): Promise<GroupRole | Refusal<'sign-on-stranger' | 'sign-on-groups'>> {
  if (groups === undefined) return refuse('sign-on-groups')
  const line = await inPrisma(pool, (prisma) =>
    prisma.signOnGroup.findFirst({
      where: { groupName: { in: [...groups] } },
      orderBy: { place: 'asc' },
    }),
  )
  if (line === null) return refuse('sign-on-stranger')
  // A check of the column allows roles of the programme alone, and no administrator.
  return { ok: true, role: line.role as UserRow['role'], maySeeExact: line.maySeeExact }
}

async function joinByGroup(context: AccountContext, visit: Visit): Promise<Outcome> {
  const { person } = visit
  const group = await roleOf(context, person)
  if (!group.ok) return { admitted: group }
  if (person.email === undefined) return { admitted: refuse('sign-on-stranger') }
  const id = makeUserId()
  const data = {
    ...{ id, email: person.email, name: tidyName(person.name ?? '') || person.email },
    ...{ role: group.role, maySeeExact: group.maySeeExact, byGroup: true },
    seenInGroupAt: context.now(),
    signOnSubject: digestOf(context, person),
  }
  await withTransaction(context.pool, async (client) => {
    const { count } = await inPrisma(client, (prisma) =>
      prisma.user.createMany({ data, skipDuplicates: true }),
    )
    if (count === 0) return
    await appendAudit(client, {
      ...{ actor: 'portal', event: 'user.joined', subject: id },
      detail: { by: 'group', role: group.role },
    })
  })
  // Another tab made it at this moment, or somebody has this address: it connects nobody to theirs.
  const user = await findBySubject(context, person)
  if (user === undefined) return { admitted: refuse('sign-on-taken') }
  return { admitted: await comeIn(context, visit, user, false), user: user.id }
}

/**
 * Gives somebody whom a group made what the group says now; a change ends their sessions. Whoever left
 * the group has left: their other browsers too. Others stay as they are.
 */
async function followGroup(
  context: AccountContext,
  person: SignOnPerson,
  known: UserRow,
): Promise<
  { readonly ok: true; readonly user: UserRow } | Refusal<'sign-on-left' | 'sign-on-groups'>
> {
  if (!known.byGroup) return { ok: true, user: known }
  const group = await roleOf(context, person)
  if (!group.ok) {
    if (group.code === 'sign-on-groups') return refuse('sign-on-groups')
    await endSessions(context, known.id)
    return refuse('sign-on-left')
  }
  const { role, maySeeExact } = group
  await withTransaction(context.pool, async (client) => {
    await inPrisma(client, (prisma) =>
      prisma.user.updateMany({
        where: { id: known.id, byGroup: true },
        data: { role, maySeeExact, seenInGroupAt: context.now() },
      }),
    )
    if (known.role === role && known.maySeeExact === maySeeExact) return
    await appendAudit(client, {
      ...{ actor: 'portal', event: 'user.followed-group', subject: known.id },
      detail: { role },
    })
  })
  return { ok: true, user: { ...known, role, maySeeExact } }
}

async function endSessions({ pool }: AccountContext, user: string): Promise<void> {
  await withTransaction(pool, async (client) => {
    const { count } = await inPrisma(client, (prisma) =>
      prisma.session.deleteMany({ where: { userId: user } }),
    )
    if (count === 0) return
    await appendAudit(client, {
      ...{ actor: 'portal', event: 'session.ended', subject: user },
      detail: { by: 'group-left', sessions: count },
    })
  })
}

/** A session; or, where the organisation shows no second factor, the page of ours. */
async function comeIn(
  context: AccountContext,
  { person, start, browser }: Visit,
  user: UserRow,
  isConnected: boolean,
): Promise<Admitted> {
  const { returnTo } = start
  const next = person.hasSecondFactor ? 'session' : 'code'
  const ticket = await withTransaction(context.pool, async (client) => {
    if (next === 'code') return awaitCode(context, client, user.id)
    const started = await startSession(client, user.id, context.now(), browser)
    await appendAudit(client, {
      ...{ actor: user.id, event: 'session.started', subject: user.id },
      detail: { by: 'sign-on' },
    })
    return started
  })
  return { ok: true, next, ticket, returnTo, isConnected }
}

/** Somebody who is signed in connects another way in; all their other sessions end. */
async function connect(context: AccountContext, visit: Visit): Promise<Outcome> {
  const { sessionDigest } = visit.start
  const session = await inPrisma(context.pool, (prisma) =>
    prisma.session.findUnique({
      where: { digest: sessionDigest ?? new Uint8Array() },
      select: { user: { select: USER_FIELDS } },
    }),
  )
  if (session === null) return { admitted: refuse('sign-on-failed') }
  const user = userRow(session.user)
  // One account of one organisation: another in its place would leave its group behind.
  if (isOfProvider(user) || user.disabledAt !== null || user.signOnSubject !== null) {
    return { admitted: refuse('sign-on-stranger'), user: user.id }
  }
  const bound = await withTransaction(context.pool, (client) => bind(context, client, visit, user))
  if (!bound) return { admitted: refuse('sign-on-taken'), user: user.id }
  tellConnected(context, user)
  return { admitted: await comeIn(context, visit, user, true), user: user.id }
}

/**
 * Somebody follows a link that an administrator sent, to an account that has no second factor yet:
 * who has one connects from within.
 */
async function followLink(context: AccountContext, visit: Visit): Promise<Outcome> {
  const digest = visit.start.linkDigest ?? new Uint8Array()
  const user = await withTransaction(context.pool, async (client) => {
    const link = await inPrisma(client, (prisma) =>
      prisma.passwordLink.findUnique({
        where: {
          ...{ digest, usedAt: null, byAdministrator: true, expiresAt: { gt: context.now() } },
          user: { disabledAt: null, codeSeed: null, signOnSubject: null, providerCode: null },
        },
        select: { user: { select: USER_FIELDS } },
      }),
    )
    if (link === null) return undefined
    const found = userRow(link.user)
    if (!(await inPrisma(client, (prisma) => useLink(prisma, digest, context.now(), found.id))))
      return undefined
    return (await bind(context, client, visit, found)) ? found : 'taken'
  })
  if (user === undefined) return { admitted: refuse('sign-on-failed') }
  if (user === 'taken') return { admitted: refuse('sign-on-taken') }
  tellConnected(context, user)
  return { admitted: await comeIn(context, visit, user, true), user: user.id }
}

/** Uses a link once; the others that were sent end with it. */
async function useLink(
  prisma: PrismaTransaction,
  digest: Uint8Array<ArrayBuffer>,
  usedAt: Date,
  userId: string,
): Promise<boolean> {
  const { count } = await prisma.passwordLink.updateMany({
    where: { digest, usedAt: null },
    data: { usedAt },
  })
  if (count === 1) await prisma.passwordLink.deleteMany({ where: { userId } })
  return count === 1
}

/** Connects whom the issuer names to an account; false where they have another. */
async function bind(
  context: AccountContext,
  client: pg.ClientBase,
  { person }: Visit,
  user: UserRow,
): Promise<boolean> {
  const signOnSubject = digestOf(context, person)
  const isBound = await inPrisma(client, async (prisma) => {
    if ((await prisma.user.count({ where: { signOnSubject } })) > 0) return false
    await prisma.user.update({
      where: { id: user.id },
      data: { signOnSubject, byGroup: false },
      select: { id: true },
    })
    return true
  })
  if (!isBound) return false
  await appendAudit(client, { actor: user.id, event: 'sign-on.connected', subject: user.id })
  return true
}

function tellConnected(context: AccountContext, user: UserRow): void {
  const mail = changeMail(mailFrame(context, user.email), 'connected')
  context.later(() => context.mailer.send(mail))
}

/** How far the clocks of portal and issuer may be apart, in milliseconds. */
const CLOCKS_APART = 10_000

/**
 * Somebody who is signed in proves themself once more: the same person, with a second factor, after
 * they were sent there.
 */
async function proveAgain(context: AccountContext, { person, start }: Visit): Promise<Outcome> {
  const { sessionDigest, act, returnTo, startedAt } = start
  if (sessionDigest === null || act === null) return { admitted: refuse('sign-on-failed') }
  const user = await findBySubject(context, person)
  const at = (person.provedAt ?? 0) * 1000
  if (at < startedAt.getTime() - CLOCKS_APART || !person.hasSecondFactor) {
    return { admitted: refuse('sign-on-stale'), user: user?.id }
  }
  if (user === undefined || user.disabledAt !== null) return { admitted: refuse('sign-on-other') }
  const followed = await followGroup(context, person, user)
  if (!followed.ok) return { admitted: followed, user: user.id }
  const isTheirs = await withTransaction(context.pool, async (client) => {
    const proof = { digest: sessionDigest, userId: user.id, act, at: context.now() }
    if (!(await keepProof(client, proof))) return false
    await appendAudit(client, {
      ...{ actor: user.id, event: 'second-factor.given', subject: user.id },
      detail: { for: act, by: 'sign-on' },
    })
    return true
  })
  // Somebody else signed on, or the session ended meanwhile.
  if (!isTheirs) return { admitted: refuse('sign-on-other'), user: user.id }
  return { admitted: { ok: true, next: 'proved', returnTo: returnTo ?? '/' }, user: user.id }
}

/** By the person where the account is one, else by the address. */
async function auditRefusal(
  { pool, portalKey }: AccountContext,
  { address }: Pick<SignedOn, 'address'>,
  reason: string,
  user: string | undefined,
): Promise<void> {
  await recordRefusal(pool, {
    ...{ event: 'sign-in.refused', reason, actor: user ?? null },
    from: nameAddress(portalKey, address),
  })
}
