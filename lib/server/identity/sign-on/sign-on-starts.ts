import type { ProvedAct } from '#server/identity/actors/fresh-proof.ts'
import { digestTicket } from '#server/identity/sessions/secrets-at-rest.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'

/** What somebody is sent to their organisation for. */
export type SignOnStart =
  | { readonly purpose: 'sign-in'; readonly returnTo?: string | undefined }
  /** They are signed in, and this becomes another way in. */
  | { readonly purpose: 'connect'; readonly session: string }
  /** They follow the link of an invitation. */
  | { readonly purpose: 'link'; readonly link: string }
  /** They are signed in, and prove themself once more for one act. */
  | {
      readonly purpose: 'again'
      readonly session: string
      readonly act: ProvedAct
      readonly returnTo: string
    }

/** A start that came back; tickets as their digests. */
export interface KeptStart {
  readonly purpose: SignOnStart['purpose']
  readonly startedAt: Date
  readonly sessionDigest: Uint8Array<ArrayBuffer> | null
  readonly linkDigest: Uint8Array<ArrayBuffer> | null
  readonly act: ProvedAct | null
  readonly returnTo: string | null
}

/** How long somebody may take at their organisation, in milliseconds. */
const GOOD_FOR = 15 * 60_000

interface StartsContext {
  readonly pool: Database
  readonly now: () => Date
}

/**
 * Keeps what somebody leaves for, under the state that goes with them; false where it begins in a
 * session or with a link that there is not.
 */
export async function keepStart(
  { pool, now }: StartsContext,
  state: string,
  start: SignOnStart,
): Promise<boolean> {
  const startedAt = now()
  const sessionDigest = 'session' in start ? digestTicket(start.session) : null
  const linkDigest = 'link' in start ? digestTicket(start.link) : null
  return inPrisma(pool, async (prisma) => {
    const begins =
      (sessionDigest === null ||
        (await prisma.session.count({ where: { digest: sessionDigest } })) === 1) &&
      (linkDigest === null ||
        (await prisma.passwordLink.count({ where: { digest: linkDigest } })) === 1)
    if (!begins) return false
    await prisma.signOnStart.create({
      data: {
        ...{ digest: digestTicket(state), purpose: start.purpose, startedAt },
        expiresAt: new Date(startedAt.getTime() + GOOD_FOR),
        ...{ sessionDigest, linkDigest },
        act: 'act' in start ? start.act : null,
        returnTo: 'returnTo' in start ? (start.returnTo ?? null) : null,
      },
    })
    return true
  })
}

/** Takes what a state was kept for: once. Undefined when it is over, was taken, or was never kept. */
export async function takeStart(
  { pool, now }: StartsContext,
  state: string,
): Promise<KeptStart | undefined> {
  const digest = digestTicket(state)
  return inPrisma(pool, async (prisma) => {
    const start = await prisma.signOnStart.findUnique({ where: { digest } })
    // Of two at once, the one that takes it away goes on.
    const { count } = await prisma.signOnStart.deleteMany({ where: { digest } })
    if (start === null || count !== 1 || start.expiresAt <= now()) return undefined
    const { startedAt, sessionDigest, linkDigest, returnTo } = start
    return {
      // A check of the columns allows no others.
      purpose: start.purpose as KeptStart['purpose'],
      act: start.act as ProvedAct | null,
      ...{ startedAt, sessionDigest, linkDigest, returnTo },
    }
  })
}
