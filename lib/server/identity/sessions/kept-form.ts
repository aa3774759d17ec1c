import { hkdfSync } from 'node:crypto'
import { z } from 'zod'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { openBytes, sealBytes } from '#server/platform/secrets/sealed-bytes.ts'
import { digestTicket } from './secrets-at-rest.ts'

/** A form that was sent after its session was over. */
export interface KeptForm {
  /** The page it was on: a path of ours. */
  readonly path: string
  readonly values: Readonly<Record<string, string>>
}

/** How long somebody may take to sign in again, in milliseconds. */
export const KEPT_FOR = 60 * 60_000
/** More than any form has; a bound, in bytes. */
const LONGEST = 199_000

interface KeepingContext {
  readonly pool: Database
  readonly now: () => Date
}

/**
 * Keeps what was typed for whoever's session the ticket was, where it is over by time alone: whoever
 * signed out, or was signed out, left nothing behind.
 */
export async function keepForm(
  { pool, now }: KeepingContext,
  ticket: string,
  form: KeptForm,
): Promise<void> {
  const digest = digestTicket(ticket)
  await inPrisma(pool, async (prisma) => {
    const session = await prisma.session.findUnique({
      where: { digest, user: { disabledAt: null } },
      select: { userId: true },
    })
    const sealed = seal(ticket, form)
    if (session === null || sealed.length > LONGEST) return
    const expiresAt = new Date(now().getTime() + KEPT_FOR)
    await prisma.keptForm.deleteMany({ where: { digest } })
    await prisma.keptForm.createMany({ data: { digest, sealed, expiresAt, ...session } })
  })
}

/**
 * Hands what was kept on to the session that begins in the same browser, where it is the same
 * person's; removes it where it is somebody else's. Answers the page to go on with.
 */
export async function carryForm(
  { pool, now }: KeepingContext,
  from: string,
  to: string,
): Promise<string | undefined> {
  const kept = await take(pool, from)
  if (kept === undefined || kept.expiresAt <= now()) return undefined
  const digest = digestTicket(to)
  return inPrisma(pool, async (prisma) => {
    const session = await prisma.session.findUnique({ where: { digest } })
    if (session?.userId !== kept.userId) return undefined
    const { userId, expiresAt, form } = kept
    await prisma.keptForm.createMany({
      data: { digest, sealed: seal(to, form), expiresAt, userId },
    })
    return form.path
  })
}

/** What was kept for a page of this session; it is shown once. */
export async function takeForm(
  { pool, now }: KeepingContext,
  ticket: string,
  path: string,
): Promise<KeptForm['values'] | undefined> {
  const digest = digestTicket(ticket)
  const kept = await inPrisma(pool, (prisma) => prisma.keptForm.findUnique({ where: { digest } }))
  if (kept === null || open(ticket, kept.sealed).path !== path) return undefined
  const taken = await take(pool, ticket)
  return taken !== undefined && taken.expiresAt > now() ? taken.form.values : undefined
}

interface Taken {
  readonly userId: string
  readonly expiresAt: Date
  readonly form: KeptForm
}

async function take(pool: Database, ticket: string): Promise<Taken | undefined> {
  const digest = digestTicket(ticket)
  const kept = await inPrisma(pool, async (prisma) => {
    const found = await prisma.keptForm.findUnique({ where: { digest } })
    await prisma.keptForm.deleteMany({ where: { digest } })
    return found
  })
  if (kept === null) return undefined
  const { userId, expiresAt, sealed } = kept
  return { userId, expiresAt, form: open(ticket, sealed) }
}

const schema = z.object({ path: z.string(), values: z.record(z.string(), z.string()) })

function seal(ticket: string, form: KeptForm): Uint8Array<ArrayBuffer> {
  return sealBytes(keyOf(ticket), ABOUT, Buffer.from(JSON.stringify(form)))
}

function open(ticket: string, sealed: Uint8Array): KeptForm {
  return schema.parse(JSON.parse(Buffer.from(openBytes(keyOf(ticket), ABOUT, sealed)).toString()))
}

const ABOUT = 'kept form'

/** From what the cookie holds alone: neither database nor portal can open it later. */
function keyOf(ticket: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', ticket, '', 'countonce kept form 1', 32))
}
