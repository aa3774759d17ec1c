import { addresses } from '#core/addresses/portal-addresses.ts'
import { APPROVAL_WORDS_OF } from '#core/messages/accounts/approval-words.ts'
import { rolesWith } from '#server/identity/actors/actor.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { bindDatabase, type Database } from '#server/platform/db/database.ts'
import { run } from '#server/platform/db/run.ts'
import type { Mail, Mailer } from '#server/platform/mail/mailer.ts'
import { APPROVAL_KINDS, isApprovalKind, type ApprovalKind } from './approval-kinds.ts'

/** How mails about requests leave, and when. */
export interface TellingContext {
  readonly pool: Database
  readonly now: () => Date
  readonly mailer: Mailer
  readonly origin: string
}

/** Tells those who may approve what waits, each request once; answers of how many. */
export async function tellApprovers(context: TellingContext): Promise<number> {
  const { pool, now, mailer, origin } = context
  const database = bindDatabase(pool, { 'countonce.reach': 'programme' })
  for (let told = 0; ; told += 1) {
    const [row] = await run(database, 'approvals/claim-untold', [now()])
    if (row === undefined) return told
    if (!isApprovalKind(row.kind)) continue
    const request = { ...row, kind: row.kind }
    let sent = 0
    const able = await addressesOf(database, request)
    for (const to of able) {
      sent += await mailer.send(requestMail(request, { to, origin })).then(
        () => 1,
        () => 0,
      )
    }
    if (sent > 0 || able.length === 0) continue
    // Nobody heard of it: the next round tries again.
    await inPrisma(database, (prisma) =>
      prisma.approval.update({
        where: { reference: request.reference },
        data: { toldAt: null },
        select: { id: true },
      }),
    )
    return told
  }
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
  database: Database,
  { kind, askedBy, provider }: ToldRequest,
): Promise<readonly string[]> {
  const people = await inPrisma(database, (prisma) =>
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
