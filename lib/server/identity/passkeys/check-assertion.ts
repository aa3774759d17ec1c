import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import { z } from 'zod'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma, type PrismaTransaction } from '#server/platform/db/in-prisma.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import {
  CHALLENGE_GOOD_FOR,
  makeChallenge,
  takeChallenge,
  type ChallengePlace,
} from './challenges.ts'
import { answerBytes, readAnswer } from './read-answer.ts'
import { relyingParty } from './relying-party.ts'
import { webAuthn } from './web-authn.ts'

/** What checking passkeys needs of the portal. */
export interface PasskeyContext {
  readonly pool: Database
  readonly now: () => Date
  /** From configuration. */
  readonly origin: string
}

/** An answer of a passkey that is right, and how its use is written down. */
export interface RightAssertion {
  readonly ok: true
  /** Notes the use; of no row when the same count was used before. */
  use(prisma: PrismaTransaction): Promise<{ readonly count: number }>
}

export type AssertionRefusal = Refusal<'passkey-refused' | 'passkey-copied'>

const assertion = z.object({
  clientDataJSON: answerBytes,
  authenticatorData: answerBytes,
  signature: answerBytes,
  userHandle: answerBytes.nullish(),
})

/**
 * What a browser asks the user's passkeys to sign, in this session for this act or in this first
 * step; undefined where the user has none, or the session or step is over.
 */
export async function askForPasskey(
  context: PasskeyContext,
  place: ChallengePlace,
): Promise<PublicKeyCredentialRequestOptionsJSON | undefined> {
  const passkeys = await inPrisma(context.pool, (prisma) =>
    prisma.passkey.findMany({
      where: { userId: place.userId, copiedAt: null },
      select: { credentialId: true, transports: true },
      orderBy: { id: 'asc' },
    }),
  )
  if (passkeys.length === 0) return undefined
  const challenge = await makeChallenge(context, place)
  if (challenge === undefined) return undefined
  const { generateAuthenticationOptions } = await webAuthn()
  return generateAuthenticationOptions({
    rpID: relyingParty(context.origin).id,
    challenge,
    timeout: CHALLENGE_GOOD_FOR,
    userVerification: 'required',
    allowCredentials: passkeys.map(({ credentialId, transports }) => ({
      id: Buffer.from(credentialId).toString('base64url'),
      transports,
    })),
  })
}

/** Whether somebody has a passkey that is taken. */
export async function haveTakenPasskeys(
  { pool }: Pick<PasskeyContext, 'pool'>,
  userId: string,
): Promise<boolean> {
  const taken = await inPrisma(pool, (prisma) =>
    prisma.passkey.count({ where: { userId, copiedAt: null } }),
  )
  return taken > 0
}

/**
 * Checks what a passkey signed: the challenge of this place, once; one of the user's own passkeys;
 * made at this portal's address, for it, and by somebody whom the authenticator verified. A passkey
 * whose count went back may have been copied: it is taken no more.
 */
export async function checkAssertion(
  context: PasskeyContext,
  place: ChallengePlace,
  given: string,
): Promise<RightAssertion | AssertionRefusal> {
  const challenge = await takeChallenge(context, place)
  const answer = readAnswer(given, assertion) as AuthenticationResponseJSON | undefined
  if (challenge === undefined || answer === undefined) return refuse('passkey-refused')
  const passkey = await inPrisma(context.pool, (prisma) =>
    prisma.passkey.findFirst({
      where: {
        ...{ userId: place.userId, copiedAt: null },
        credentialId: Buffer.from(answer.id, 'base64url'),
      },
    }),
  )
  if (passkey === null) return refuse('passkey-refused')
  const told = await verify(context, answer, challenge, {
    id: answer.id,
    publicKey: passkey.publicKey,
  })
  if (told === undefined) return refuse('passkey-refused')
  const counts = told > 0 || passkey.counter > 0n
  if (counts && BigInt(told) <= passkey.counter) {
    await inPrisma(context.pool, (prisma) =>
      prisma.passkey.updateMany({
        where: { id: passkey.id },
        data: { copiedAt: context.now() },
      }),
    )
    return refuse('passkey-copied')
  }
  return {
    ok: true,
    use: (prisma) =>
      prisma.passkey.updateMany({
        where: {
          ...{ id: passkey.id, copiedAt: null },
          ...(counts ? { counter: { lt: told } } : {}),
        },
        data: { counter: told, usedAt: context.now() },
      }),
  }
}

/** The count that an answer tells, where everything about it is right. */
async function verify(
  { origin }: PasskeyContext,
  response: AuthenticationResponseJSON,
  challenge: Uint8Array,
  { id, publicKey }: { readonly id: string; readonly publicKey: Uint8Array<ArrayBuffer> },
): Promise<number | undefined> {
  const party = relyingParty(origin)
  const { verifyAuthenticationResponse } = await webAuthn()
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: Buffer.from(challenge).toString('base64url'),
      expectedOrigin: [...party.origins],
      expectedRPID: party.id,
      requireUserVerification: true,
      // Its count is compared here, so that one that went back is told from one that is wrong.
      credential: { id, publicKey, counter: 0 },
    })
    return verified ? authenticationInfo.newCounter : undefined
  } catch {
    // The package throws for each thing that is wrong.
    return undefined
  }
}
