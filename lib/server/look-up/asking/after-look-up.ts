import { GUIDANCE_VERSION } from '#core/look-up/asking/guidance.ts'
import type { FirstContact, LookUpReportKind } from '#core/messages/look-up/look-up-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { ProgrammeStore } from '#server/store/store.ts'

/** What a practitioner says beside looking up: that the guidance is read, what was wrong, what came of it. */

type Said = { readonly ok: true } | Refusal<'not-found'>

/** Writes down that the actor read the guidance as it is now; a second time changes nothing. */
export async function readGuidance(store: ProgrammeStore, actor: Actor, now: Date): Promise<Said> {
  if (!(await holdsRight(store.database, actor, 'look-up.ask'))) return NOT_HELD
  return withTransaction(store.database, async (client) => {
    const { count } = await inPrisma(client, ({ lookUpGuidance }) =>
      lookUpGuidance.createMany({
        data: [{ userId: actor.userId, version: GUIDANCE_VERSION, readAt: now }],
        skipDuplicates: true,
      }),
    )
    if (count > 0) {
      await appendAudit(client, {
        ...{ actor: actor.userId, event: 'look-up-guidance.read', subject: actor.userId },
        detail: { version: GUIDANCE_VERSION },
      })
    }
    return { ok: true }
  })
}

/** What is said of a look-up afterwards. */
export type SaidOfLookUp =
  | { readonly what: 'report'; readonly kind: LookUpReportKind; readonly source: string | null }
  | { readonly what: 'contact'; readonly contact: FirstContact }

/** Keeps what the actor says of a look-up of theirs: something wrong, or when somebody was reached. */
export async function sayOfLookUp(
  store: ProgrammeStore,
  actor: Actor,
  reference: string,
  said: SaidOfLookUp,
  now: Date,
): Promise<Said> {
  if (!(await holdsRight(store.database, actor, 'look-up.ask'))) return NOT_HELD
  return withTransaction(store.database, async (client): Promise<Said> => {
    const kept = await inPrisma(client, ({ lookUp }) =>
      lookUp.findFirst({
        where: { reference, askedBy: actor.userId },
        select: { id: true, seen: { select: { source: true } } },
      }),
    )
    if (kept === null) return refuse('not-found')
    const entry = { actor: actor.userId, subject: reference }
    if (said.what === 'contact') {
      await inPrisma(client, ({ lookUp }) =>
        lookUp.update({
          where: { id: kept.id },
          data: { contact: said.contact, contactAt: now },
          select: { id: true },
        }),
      )
      const detail = { contact: said.contact }
      await appendAudit(client, { ...entry, event: 'look-up.contact-told', detail })
      return { ok: true }
    }
    const isShown = kept.seen.some(({ source }) => source === said.source)
    const source = isShown ? said.source : null
    await inPrisma(client, ({ lookUpReport }) =>
      lookUpReport.create({
        data: { lookUpId: kept.id, kind: said.kind, source, reportedAt: now },
        select: { id: true },
      }),
    )
    await appendAudit(client, {
      ...entry,
      event: 'look-up.reported',
      detail: { kind: said.kind, source },
    })
    return { ok: true }
  })
}
