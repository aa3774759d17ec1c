import type { Actor } from '#server/identity/actors/actor.ts'
import { beginJourney } from '#server/intake/journey/begin-journey.ts'
import { readSubmission } from '#server/intake/submissions/read-submission.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { PortalStore, ReceivingStore } from '#server/store/receiving-store.ts'
import type { Asker } from '#server/store/asker.ts'
import { walkRemembered } from './walk-remembered.ts'

/**
 * Goes on with the clear files that programs sent while no scanner answered: nobody comes back to them.
 * Who reads files is asked in the name of whoever asked for the token.
 */
export async function walkWaiting(
  store: ReceivingStore,
  askerOf: (actor: Actor) => Asker,
): Promise<void> {
  const sent = await inPrisma(store.database, ({ sentByToken }) =>
    sentByToken.findMany({
      where: {
        settledAt: null,
        submission: { state: 'received', form: 'clear', fileId: { not: null }, journey: null },
      },
      select: {
        submission: { select: { id: true, reference: true } },
        token: { select: { madeBy: true, service: { select: { providerCode: true } } } },
      },
      orderBy: { submissionId: 'asc' },
    }),
  )
  for (const { submission, token } of sent) {
    const { madeBy: userId, service } = token
    const { providerCode } = service
    const actor: Actor = { userId, role: 'provider', providerCode, mayExact: false }
    const own: PortalStore = { ...store, asker: askerOf(actor) }
    const received = await readSubmission(store.database, submission.id.toString())
    const begun = received !== undefined && (await beginJourney(own, actor, received))
    if (begun === 'waits') return
    if (begun) await walkRemembered(own, actor, submission.reference)
  }
}
