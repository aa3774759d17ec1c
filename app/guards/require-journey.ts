import { redirect } from 'next/navigation'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { findJourney, type Journey } from '#server/intake/journey/read-journey.ts'
import { isBeyond, mayTakeStep, type Step } from '#server/intake/journey/steps.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { openRequest } from './request-context.ts'
import { readSignedIn } from './require-actor.ts'
import { readReturnPath } from './return-path.ts'
import { recordRefused, turnAway } from './refused.ts'

/** Who sends files, and the store as they reach it. */
export interface Sender {
  readonly actor: Actor
  readonly store: PortalStore
  readonly now: Date
  readonly limit: number
}

/**
 * The sender of this request. Somebody who is not signed in is sent to the sign-in page and comes
 * back to `path`; others find no page.
 */
export async function requireSender(path: string): Promise<Sender> {
  const signedIn = await readSignedIn()
  if (signedIn === undefined) redirect(withQuery(addresses.signIn, { to: readReturnPath(path) }))
  const { actor } = signedIn
  if (!may(actor, 'submission.send')) return turnAway('role')
  const { portal, accounts } = await openRequest()
  return {
    actor,
    store: await openActorStore(portal, actor),
    now: accounts.now(),
    limit: portal.settings.uploadLimit,
  }
}

/** What a page of a step works with. */
export interface JourneyPage extends Sender {
  readonly journey: Journey
}

/**
 * The submission of a page. A step that is not reached, or cannot be taken any more, leads to the
 * one that can.
 */
export async function requireStepOf(
  params: Promise<{ reference: string }>,
  step: Exclude<Step, 'upload'>,
  isSentBefore = false,
): Promise<JourneyPage> {
  const { reference } = await params
  const sender = await requireSender(addresses.step(reference, step))
  const journey = await findJourney(sender.store, sender.actor, reference)
  if (journey === undefined) return turnAway()
  if (!mayTakeStep(journey.step, step, journey.isHashed)) {
    if (isBeyond(journey.step, step)) await recordRefused('step-not-reached')
    redirect(pathOfStep(journey, isSentBefore))
  }
  return { ...sender, journey }
}

/**
 * The page where a submission continues; that page says so when its file was uploaded a second
 * time.
 */
export function pathOfStep(
  journey: Pick<Journey, 'step' | 'reference' | 'service' | 'quarter' | 'kind'>,
  isSentBefore = false,
): string {
  if (journey.step === 'upload') return addresses.upload(journey, 'file-erased')
  return withQuery(addresses.step(journey.reference, journey.step), {
    before: isSentBefore ? '1' : '',
  })
}
