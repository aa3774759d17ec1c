import { typedPersonSchema } from '#core/rights/typed-person.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { FreshProof, ProvedAct } from '#server/identity/actors/fresh-proof.ts'
import { approvingAct, askingAct } from '#server/identity/approvals/approval.ts'
import { approveRights, askRights, readRightsApproval } from '#server/jobs/acts/rights-acts.ts'
import { runAct } from '#server/jobs/worker/run-act.ts'
import { findPerson } from '#server/linkage/rights/find-person.ts'
import { openRightsRequest, readRightsRequest } from '#server/linkage/rights/handle-requests.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { Fault, type Refusal } from '#server/platform/faults/fault.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { Unread } from '#server/store/unread.ts'
import { birthOf, written } from './feed-files.ts'
import { OBJECTOR } from './look-up-people.ts'

/**
 * Carries out the objection of the demonstration's person who asks to be left out: two officers of the demonstration
 * agree, and a worker takes the records out. Nothing is done where somebody asked before. Answers the reference.
 */
export async function carryObjection(
  store: OwnProgrammeStore,
  now: Date,
): Promise<string | undefined> {
  const [asking, approving] = await officersOf(store)
  if (asking === undefined || approving === undefined) return undefined
  if ((await inPrisma(store.pool, (prisma) => prisma.rightsRequest.count())) > 0) return undefined
  const context = { pool: store.pool, now: () => now }
  const today = dayInLondon(now)
  const { reference: request } = done(
    await openRightsRequest(context, asking, {
      ...{ kind: 'objection', receivedOn: today, askedBy: 'self' },
      ...{ identityCheck: 'document-seen', identityCheckedOn: today },
    }),
  )
  const sought = { request, service: '', typed: Unread.of(typedObjector(today)) }
  done(await findPerson(store, asking, sought, now))
  const act = { request, everybody: false }
  const asked = done(
    await askRights(context, asking, act, proofOf(asking, askingAct('rights-request'), now)),
  )
  const approval = (await readRightsApproval(context, approving, request)) ?? asked.approval
  const { picks } = done(await readRightsRequest(context, approving, request))
  const { id } = done(
    await approveRights(
      context,
      approving,
      { request, boundTo: approval.boundTo, picks },
      proofOf(approving, approvingAct(approval.reference), now),
    ),
  )
  const throwIt = (fault: Error): never => {
    throw fault
  }
  await runAct(store, { id, isLast: true, onFailure: throwIt })
  return request
}

/** The demonstration's officers, whose second factors are this folder's own. */
async function officersOf({ pool }: OwnProgrammeStore): Promise<readonly Actor[]> {
  const officers = await inPrisma(pool, ({ user }) =>
    user.findMany({
      where: { demonstration: true, role: 'officer', disabledAt: null },
      select: { id: true },
      orderBy: { email: 'asc' },
    }),
  )
  return officers.map(({ id }) => ({
    ...{ userId: id, role: 'officer', providerCode: null, mayExact: false },
    purpose: 'look-up',
  }))
}

function proofOf({ userId }: Actor, act: ProvedAct, at: Date): FreshProof {
  return { userId, act, at }
}

function typedObjector(today: string): ReturnType<typeof typedPersonSchema.parse> {
  const { first, last, gender, postcode, nhs = '' } = OBJECTOR
  return typedPersonSchema.parse({
    ...{ firstNames: first, lastNames: last, births: written(birthOf(OBJECTOR, today)) },
    ...{ genders: gender, postcodes: postcode, nhsNumbers: nhs },
  })
}

function done<Outcome extends { readonly ok: true } | Refusal<string>>(
  outcome: Outcome,
): Extract<Outcome, { readonly ok: true }> {
  if (!outcome.ok) throw new Fault('database-refused', { reason: outcome.code })
  return outcome as Extract<Outcome, { readonly ok: true }>
}
