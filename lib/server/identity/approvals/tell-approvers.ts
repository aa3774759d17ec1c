import type pg from 'pg'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { APPROVAL_WORDS_OF } from '#core/messages/accounts/approval-words.ts'
import { oweMails, type OwingContext } from '#server/identity/mails/kept-mails.ts'
import { rolesWith } from '#server/identity/actors/actor.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { bindDatabase } from '#server/platform/db/database.ts'
import { run } from '#server/platform/db/run.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'
import { APPROVAL_KINDS, isApprovalKind, type ApprovalKind } from './approval-kinds.ts'

/** Tells those who may approve what waits, each request once; answers of how many. */
export async function tellApprovers(context: OwingContext): Promise<number> {
  const { pool, now, origin } = context
  const database = bindDatabase(pool, { 'countonce.reach': 'programme' })
  return oweMails(database, context, async (client) => {
    const [row] = await run(client, 'approvals/claim-untold', [now()])
    if (row === undefined) return undefined
    if (!isApprovalKind(row.kind)) return []
    const request = { ...row, kind: row.kind }
    const minutes = (row.expiresAt.getTime() - now().getTime()) / 60_000
    const able = await addressesOf(client, request)
    return able.map((to) => ({ ...requestMail(request, { to, origin }), minutes }))
  })
}

interface ToldRequest {
  readonly reference: string
  readonly kind: ApprovalKind
  readonly asker: string
  readonly askedBy: string
  readonly provider: string | null
  readonly expiresAt: Date
}

async function addressesOf(
  client: pg.PoolClient,
  { kind, askedBy, provider }: ToldRequest,
): Promise<readonly string[]> {
  const people = await inPrisma(client, (prisma) =>
    prisma.user.findMany({
      where: {
        role: { in: [...rolesWith(APPROVAL_KINDS[kind].right)] },
        id: { not: askedBy },
        disabledAt: null,
        codeSeed: { not: null },
        OR: [{ providerCode: null }, ...(provider === null ? [] : [{ providerCode: provider }])],
      },
      select: { email: true },
      orderBy: { id: 'asc' },
    }),
  )
  return people.map(({ email }) => email)
}

function requestMail(
  { reference, kind, asker, expiresAt }: ToldRequest,
  { to, origin }: { readonly to: string; readonly origin: string },
): Mail {
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Europe/London' })
  return {
    to,
    subject: 'Something waits for a second person – Count Once',
    text: [
      `${asker} ${APPROVAL_WORDS_OF[kind].asked}.`,
      `Look at it and approve or refuse it by ${day.format(expiresAt)}:`,
      origin + addresses.approval(reference),
      'Approve it only if you know why it is needed. If you do not, ask them first, by voice.',
      'Count Once\n',
    ].join('\n\n'),
  }
}
