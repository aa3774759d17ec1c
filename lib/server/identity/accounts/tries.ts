import type pg from 'pg'
import { digestSubject } from '#server/identity/sessions/secrets-at-rest.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import type { AccountContext } from './account-context.ts'
import { findDevice, type DeviceOwner } from '#server/identity/sessions/known-devices.ts'

/** Wrong tries within the window after which a right one is refused too. */
const MOST = 5
const WINDOW_MS = 15 * 60 * 1000
/**
 * Failures with no success between them after which tries of strangers are looked at no more.
 * Source: NIST SP 800-63B 5.2.2.
 */
export const MOST_IN_A_ROW = 100
/** Failures of an address that cost nothing: a whole office may stand behind it. */
const FREE_OF_ADDRESS = 20
/** How much later each further failure of an address makes its answers, and the most, in milliseconds. */
const STEP_MS = 250
const LONGEST_MS = 10_000
/** More failures than this change nothing, and are not counted. */
const MOST_OF_ADDRESS = FREE_OF_ADDRESS + LONGEST_MS / STEP_MS

/** What counting needs of the portal. */
export type TriesContext = Pick<AccountContext, 'pool' | 'portalKey' | 'now'>

/** Somebody at the sign-in page, who may be a stranger or the owner. */
export interface Visitor {
  /** As it was typed: whether or not anybody has it. */
  readonly email: string
  readonly user: DeviceOwner | undefined
  /** The cookie of known devices, if there is one; forged until it is checked. */
  readonly devices?: string | undefined
  /** The network address, as the portal's own server saw it. */
  readonly address: string
}

/** A try that was counted before it was looked at; taken back when it turns out right. */
export interface CountedTry {
  /** Whether it may be looked at; if not, it is refused even if right. */
  readonly isAllowed: boolean
  /** Milliseconds by which its answer comes later. */
  readonly wait: { readonly ifRight: number; readonly ifWrong: number }
  /** Whether it closes the account to strangers, unless it is right. */
  readonly isLast: boolean
  readonly of: Counted
  readonly at: Date
}

/** Whose tries are counted together, and where they come from if that is counted too. */
interface Counted {
  readonly kind: 'account' | 'device' | 'signed-in' | 'mails'
  readonly subject: Buffer<ArrayBuffer>
  /** Null where nobody has the account. */
  readonly userId: string | null
  readonly address: Buffer<ArrayBuffer> | null
}

/**
 * Counts a try of the sign-in page before it is looked at, so that many at once count too. A device
 * known to the account has tries of its own, which no stranger's reach. Everybody else shares five a
 * quarter of an hour with all who try this account. What is refused does not count for the account,
 * so that nobody keeps its owner out for ever. The address makes answers later and refuses nothing;
 * a known device is slowed when it is wrong alone, so that whoever stole its cookie and asks whose it
 * is waits like all others.
 */
export async function countTry(context: TriesContext, visitor: Visitor): Promise<CountedTry> {
  const { portalKey } = context
  const { user } = visitor
  const place = digestSubject(portalKey, 'address', visitor.address)
  const from = { userId: user?.id ?? null, address: place }
  const device = user && findDevice(portalKey, user, visitor.devices, context.now())
  if (device !== undefined) {
    const subject = digestSubject(portalKey, 'device', device)
    const counted = await count(context, { kind: 'device', subject, ...from })
    // A hundred failures in a row: whoever has this device is a stranger to the account.
    if (counted.inARow <= MOST_IN_A_ROW) return counted
  }
  const subject = digestSubject(portalKey, 'account', visitor.email)
  return count(context, { kind: 'account', subject, ...from })
}

/**
 * Counts a try of somebody who is signed in, or stands at the command line, and proves once more who
 * they are: no stranger's tries reach it.
 */
export function countProof(
  context: TriesContext,
  who: { readonly userId: string } | { readonly typed: string },
): Promise<CountedTry> {
  const [userId, name] = 'userId' in who ? [who.userId, who.userId] : [null, who.typed]
  const subject = digestSubject(context.portalKey, 'signed-in', name)
  return count(context, { kind: 'signed-in', subject, userId, address: null })
}

/** Whether one more mail may go to an address that was typed, whoever asks for it and from where. */
export async function countMail(context: TriesContext, email: string): Promise<boolean> {
  const subject = digestSubject(context.portalKey, 'mails', email)
  const counted = await count(context, { kind: 'mails', subject, userId: null, address: null })
  return counted.isAllowed
}

async function count(
  context: TriesContext,
  of: Counted,
): Promise<CountedTry & { readonly inARow: number }> {
  const at = context.now()
  const { isAllowed, inARow, ofAddress } = await withTransaction(context.pool, async (client) => {
    // One at a time, so that tries sent at once cannot all be the fifth. The count is a statement of
    // its own: it must see what the one before committed.
    await run(client, 'accounts/lock-tries', [of.subject])
    return runForRow(client, 'accounts/count-try', [
      ...([of.subject, of.address, at, new Date(at.getTime() - WINDOW_MS), MOST] as const),
      ...([of.userId, of.kind, MOST_IN_A_ROW, MOST_OF_ADDRESS] as const),
    ])
  })
  const isLast = isAllowed && of.kind === 'account' && inARow === MOST_IN_A_ROW
  const ifWrong = waitAfter(ofAddress)
  const wait = { ifWrong, ifRight: of.kind === 'device' ? 0 : ifWrong }
  return { isAllowed, inARow, wait, isLast, of, at }
}

function waitAfter(failuresOfAddress: number): number {
  return Math.min(LONGEST_MS, Math.max(0, failuresOfAddress - FREE_OF_ADDRESS) * STEP_MS)
}

/** Takes a counted try back: it was right. */
export async function forgiveTry(client: pg.ClientBase, { of, at }: CountedTry): Promise<void> {
  await run(client, 'accounts/forgive-try', [of.subject, of.address, at])
}

/**
 * Forgets the failures of somebody who has signed in whole. Strangers' tries of this quarter of an
 * hour stay counted where a known device signed in: it shares none with them.
 */
export async function endTries(
  client: pg.ClientBase,
  counted: CountedTry,
  userId: string,
): Promise<void> {
  await forgiveTry(client, counted)
  await inPrisma(client, async (prisma) => {
    await prisma.signInAttempt.deleteMany({ where: { subject: counted.of.subject } })
    await prisma.failureRun.deleteMany({ where: { userId } })
  })
}

/** Forgets strangers' tries of this quarter of an hour: the owner has read their mail. */
export async function forgetStrangers(
  { portalKey }: TriesContext,
  client: pg.ClientBase,
  email: string,
): Promise<void> {
  const subject = digestSubject(portalKey, 'account', email)
  await inPrisma(client, (prisma) => prisma.signInAttempt.deleteMany({ where: { subject } }))
}

/** What is kept of an account that is closed to strangers. */
const CLOSED = { kind: 'account', failures: { gte: MOST_IN_A_ROW } }

/** Whether an account is closed to strangers: its user is told in mails, and nobody on a page. */
export async function isClosed(client: pg.ClientBase, userId: string): Promise<boolean> {
  const closed = await inPrisma(client, (prisma) =>
    prisma.failureRun.count({ where: { userId, ...CLOSED } }),
  )
  return closed > 0
}

/** Opens an account to strangers, and answers whether it was closed. */
export async function openToStrangers(client: pg.ClientBase, userId: string): Promise<boolean> {
  const { count: closed } = await inPrisma(client, (prisma) =>
    prisma.failureRun.deleteMany({ where: { userId, ...CLOSED } }),
  )
  return closed > 0
}
