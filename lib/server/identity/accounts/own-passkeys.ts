import type {
  PublicKeyCredentialCreationOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Actor } from '#server/identity/actors/actor.ts'
import { isFresh, type FreshProof } from '#server/identity/actors/fresh-proof.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import {
  CHALLENGE_GOOD_FOR,
  makeChallenge,
  takeChallenge,
} from '#server/identity/passkeys/challenges.ts'
import type { PasskeyKind } from '#server/identity/passkeys/passkey-kinds.ts'
import { answerBytes, readAnswer } from '#server/identity/passkeys/read-answer.ts'
import { relyingParty } from '#server/identity/passkeys/relying-party.ts'
import { webAuthn } from '#server/identity/passkeys/web-authn.ts'
import type { BrowserFamily } from '#server/identity/sessions/browser-family.ts'
import { purposeKey } from '#server/identity/sessions/secrets-at-rest.ts'
import { startSession } from '#server/identity/sessions/session.ts'
import { inPrisma, type PrismaTransaction } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { AccountContext } from './account-context.ts'
import { mailFrame } from './account-frame.ts'
import { changeMail, type AccountChange } from './account-mails.ts'

/** What the proof of somebody who adds or removes a passkey is for. */
export const PASSKEYS = 'make passkeys'

/** A passkey as its user sees it. */
export interface OwnPasskey {
  readonly id: string
  readonly kind: PasskeyKind
  readonly madeAt: Date
  readonly usedAt: Date | null
  /** Its count went back: it is taken no more. */
  readonly isCopied: boolean
}

/** The actor's passkeys, the oldest first. */
export async function listOwnPasskeys(
  { pool }: Pick<AccountContext, 'pool'>,
  { userId }: Actor,
): Promise<readonly OwnPasskey[]> {
  const rows = await inPrisma(pool, (prisma) =>
    prisma.passkey.findMany({ where: { userId }, orderBy: { id: 'asc' } }),
  )
  return rows.map(({ id, kind, madeAt, usedAt, copiedAt }) => ({
    // A check of the column allows no other.
    ...{ id: String(id), kind: kind as PasskeyKind, madeAt, usedAt, isCopied: copiedAt !== null },
  }))
}

/** More than anybody has; a bound, so that nobody fills the table. */
const MOST = 10

/** What a browser makes a passkey for the actor by, in this session; after a fresh second factor. */
export async function offerPasskey(
  context: AccountContext,
  actor: Actor,
  ticket: string,
  fresh: FreshProof,
): Promise<
  | { readonly ok: true; readonly options: PublicKeyCredentialCreationOptionsJSON }
  | Refusal<'code-needed' | 'passkeys-full' | 'sign-in-over'>
> {
  const { userId } = actor
  if (!isFresh(fresh, userId, PASSKEYS, context.now())) return refuse('code-needed')
  const [user, passkeys] = await inPrisma(context.pool, async (prisma) => [
    await prisma.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } }),
    await prisma.passkey.findMany({
      where: { userId },
      select: { credentialId: true, transports: true },
    }),
  ])
  if (passkeys.length >= MOST) return refuse('passkeys-full')
  const challenge = await makeChallenge(context, { ticket, userId, act: PASSKEYS })
  if (challenge === undefined) return refuse('sign-in-over')
  const { generateRegistrationOptions } = await webAuthn()
  const options = await generateRegistrationOptions({
    rpName: 'Count Once',
    rpID: relyingParty(context.origin).id,
    userName: user.email,
    userID: handleOf(context, userId),
    challenge,
    timeout: CHALLENGE_GOOD_FOR,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'required' },
    excludeCredentials: passkeys.map(({ credentialId, transports }) => ({
      id: Buffer.from(credentialId).toString('base64url'),
      transports,
    })),
  })
  return { ok: true, options }
}

/** What an authenticator knows the user by: nothing that says who they are. */
function handleOf({ portalKey }: AccountContext, userId: string): Uint8Array<ArrayBuffer> {
  const key = purposeKey(portalKey, 'passkey handles')
  return new Uint8Array(createHmac('sha256', key).update(userId).digest())
}

/** A new passkey as its browser sends it. */
export interface NewPasskey {
  readonly answer: string
  readonly kind: PasskeyKind
  readonly ticket: string
  readonly browser?: BrowserFamily
}

/**
 * Keeps a passkey that was just made for the actor. All sessions end, and one is started for this
 * browser.
 */
export async function addPasskey(
  context: AccountContext,
  actor: Actor,
  { answer, kind, ticket, browser }: NewPasskey,
  fresh: FreshProof,
): Promise<
  | { readonly ok: true; readonly ticket: string }
  | Refusal<'code-needed' | 'passkey-not-made' | 'passkeys-full'>
> {
  const { userId } = actor
  if (!isFresh(fresh, userId, PASSKEYS, context.now())) return refuse('code-needed')
  const challenge = await takeChallenge(context, { ticket, userId, act: PASSKEYS })
  const made = challenge && (await readMade(context, answer, challenge))
  if (made === undefined) return refuse('passkey-not-made')
  const started = await withTransaction(context.pool, async (client) => {
    const isKept = await inPrisma(client, async (prisma) => {
      if ((await prisma.passkey.count({ where: { userId } })) >= MOST) return false
      const { count } = await prisma.passkey.createMany({
        data: { userId, kind, madeAt: context.now(), ...made },
        skipDuplicates: true,
      })
      return count === 1
    })
    if (!isKept) return undefined
    const next = await startSession(client, userId, context.now(), browser)
    await appendAudit(client, {
      ...{ actor: userId, event: 'passkey.added', subject: userId, detail: { kind } },
    })
    return next
  })
  if (started === undefined) return refuse('passkeys-full')
  await tell(context, userId, 'passkey-added')
  return { ok: true, ticket: started }
}

interface MadePasskey {
  readonly credentialId: Uint8Array<ArrayBuffer>
  readonly publicKey: Uint8Array<ArrayBuffer>
  readonly counter: number
  readonly transports: string[]
}

const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']

async function readMade(
  { origin }: AccountContext,
  given: string,
  challenge: Uint8Array,
): Promise<MadePasskey | undefined> {
  const answer = readAnswer(given, attestation) as RegistrationResponseJSON | undefined
  if (answer === undefined) return undefined
  const party = relyingParty(origin)
  const { verifyRegistrationResponse } = await webAuthn()
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: answer,
      expectedChallenge: Buffer.from(challenge).toString('base64url'),
      expectedOrigin: [...party.origins],
      expectedRPID: party.id,
      requireUserVerification: true,
    })
    if (!verified) return undefined
    const { id, publicKey, counter } = registrationInfo.credential
    return {
      credentialId: new Uint8Array(Buffer.from(id, 'base64url')),
      publicKey: new Uint8Array(publicKey),
      counter,
      transports: (answer.response.transports ?? []).filter((name) => TRANSPORTS.includes(name)),
    }
  } catch {
    // The package throws for each thing that is wrong.
    return undefined
  }
}

const attestation = z.object({
  clientDataJSON: answerBytes,
  attestationObject: answerBytes,
  transports: z.array(z.string().max(20)).max(10).optional(),
})

/**
 * Removes one of the actor's passkeys; never the last second factor that they have here. All
 * sessions end, and one is started for this browser.
 */
export async function removePasskey(
  context: AccountContext,
  actor: Actor,
  { id, browser }: { readonly id: bigint; readonly browser?: BrowserFamily },
  fresh: FreshProof,
): Promise<
  | { readonly ok: true; readonly ticket: string }
  | Refusal<'code-needed' | 'last-factor' | 'not-found'>
> {
  const { userId } = actor
  if (!isFresh(fresh, userId, PASSKEYS, context.now())) return refuse('code-needed')
  const done = await withTransaction(context.pool, async (client) => {
    // Two at once would each leave the other's: one waits here.
    await run(client, 'accounts/lock-user', [userId])
    const removed = await inPrisma(client, (prisma) => remove(prisma, userId, id))
    if (removed !== undefined) return refuse(removed)
    const ticket = await startSession(client, userId, context.now(), browser)
    await appendAudit(client, { actor: userId, event: 'passkey.removed', subject: userId })
    return { ok: true as const, ticket }
  })
  if (done.ok) await tell(context, userId, 'passkey-removed')
  return done
}

async function remove(
  prisma: PrismaTransaction,
  userId: string,
  id: bigint,
): Promise<'last-factor' | 'not-found' | undefined> {
  const passkeys = await prisma.passkey.findMany({ where: { userId } })
  const wanted = passkeys.find((passkey) => passkey.id === id)
  if (wanted === undefined) return 'not-found'
  const taken = passkeys.filter(({ copiedAt }) => copiedAt === null)
  const { codeSeed } = await prisma.user.findUniqueOrThrow({
    where: { id: userId },
    select: { codeSeed: true },
  })
  if (codeSeed === null && taken.length === 1 && taken[0] === wanted) return 'last-factor'
  await prisma.passkey.deleteMany({ where: { id, userId } })
  return undefined
}

async function tell(context: AccountContext, id: string, change: AccountChange): Promise<void> {
  const { email } = await inPrisma(context.pool, (prisma) =>
    prisma.user.findUniqueOrThrow({ where: { id }, select: { email: true } }),
  )
  context.later(() => context.mailer.send(changeMail(mailFrame(context, email), change)))
}
