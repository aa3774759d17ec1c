import type { AnswerPerson, LookUpAnswer } from '#core/look-up/asking/answer.ts'
import { readPersonId } from '#core/look-up/contract/contract-answer.ts'
import { wordsOf, type Code } from '#core/messages/words-of.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'
import type { SignedIn } from '#server/identity/sessions/session.ts'
import { askAnswer, askSource } from '#server/look-up/asking/ask-look-up.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { openRequest } from './request-context.ts'
import { readSignedIn } from './require-actor.ts'
import { recordRefused } from './refused.ts'
import { HEADERS } from './sending-program.ts'

/**
 * Requests of the published contract of look-ups, in the name of the practitioner who is signed in: the session is what
 * the contract takes, and whoever asks is a named person with grants, limits and an idle time as on pages.
 */

/** Status of what stops such a request, by its code. */
const STATUS = {
  'signed-out': 401,
  'contract-role': 403,
  'contract-site': 403,
  'contract-person': 404,
  'contract-search': 501,
  'look-up-guidance': 403,
  'look-up-not-open': 403,
  'look-up-waits': 503,
} as const satisfies Partial<Record<Code, number>>

/** The practitioner of a request, or the answer that turns it away. */
export async function requirePractitioner(
  request: Request,
): Promise<
  | { readonly ok: true; readonly signedIn: SignedIn }
  | { readonly ok: false; readonly answer: Response }
> {
  // A browser says so of whatever another site has it send; programs say nothing.
  const site = request.headers.get('sec-fetch-site') ?? 'none'
  if (site !== 'none' && site !== 'same-origin') {
    await recordRefused('origin')
    return { ok: false, answer: answerContract('contract-site') }
  }
  const signedIn = await readSignedIn()
  if (signedIn === undefined) return { ok: false, answer: answerContract('signed-out') }
  if (may(signedIn.actor, 'look-up.ask')) return { ok: true, signedIn }
  await recordRefused('role')
  return { ok: false, answer: answerContract('contract-role') }
}

/** One person of a look-up of the practitioner’s own, or the answer that turns the request away. */
export async function requirePerson(
  request: Request,
  id: string,
  source?: string,
): Promise<
  | { readonly ok: true; readonly person: AnswerPerson }
  | { readonly ok: false; readonly answer: Response }
> {
  const allowed = await requirePractitioner(request)
  if (!allowed.ok) return allowed
  const wanted = readPersonId(id)
  if (wanted === undefined || (source !== undefined && !/^[a-z0-9-]{1,64}$/.test(source))) {
    return { ok: false, answer: answerContract('contract-person') }
  }
  const { actor } = allowed.signedIn
  const answer = await askPerson(actor, wanted, source)
  if (!answer.ok) return { ok: false, answer: answerStopped(answer.code) }
  const person = answer.people.find(({ number }) => number === wanted.person)
  return person === undefined
    ? { ok: false, answer: answerContract('contract-person') }
    : { ok: true, person }
}

async function askPerson(
  actor: Actor,
  { reference, person }: { readonly reference: string; readonly person: number },
  source?: string,
): Promise<LookUpAnswer | { readonly ok: false; readonly code: Code }> {
  const { portal } = await openRequest()
  const store = await openActorStore(portal, actor)
  return source === undefined
    ? askAnswer(store, reference)
    : askSource(store, { reference, person, source })
}

/** Whatever else stops it is a person who is not there. */
function answerStopped(code: Code): Response {
  const known = Object.keys(STATUS).find((each): each is keyof typeof STATUS => each === code)
  return answerContract(known ?? 'contract-person')
}

/** A problem as JSON, with its words and how to fix it. Source: RFC 9457. */
export function answerContract(code: keyof typeof STATUS): Response {
  const { title, fix } = wordsOf(code)
  const status = STATUS[code]
  return new Response(JSON.stringify({ title, status, detail: fix, code }), {
    status,
    headers: { ...HEADERS, 'content-type': 'application/problem+json' },
  })
}
