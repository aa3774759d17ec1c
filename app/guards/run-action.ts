import { headers } from 'next/headers'
import { forbidden, redirect } from 'next/navigation'
import type { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import type { ServerCode } from '#core/messages/refusals.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { isOwnOrigin } from '#server/portal/opening/portal-settings.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { readSession } from '#server/identity/sessions/session.ts'
import { FRESH, type FormState } from './form-state.ts'
import { openRequest, readTicket, type RequestContext } from './request-context.ts'
import { returnPathOf } from './return-path.ts'
import { recordRefused } from './refused.ts'

/** An action of somebody who need not be signed in. */
export interface OpenAction<Values, Done> {
  readonly schema: z.ZodType<Values>
  readonly form: FormData
  /** The field a refusal belongs to. */
  readonly fields?: Readonly<Partial<Record<ServerCode, string>>>
  /** Values never sent back to the browser. */
  readonly secret?: readonly string[]
  readonly call: (request: RequestContext, values: Values) => Promise<Done>
}

/**
 * Refusals of somebody who may not, rather than of something that was mistyped: each is an entry of
 * the audit trail. Those of signing in are entries by themselves.
 */
const RECORDED: ReadonlySet<ServerCode> = new Set<ServerCode>([
  'not-found',
  'not-uploader',
  'step-not-reached',
  'already-submitted',
  'own-request',
  'second-person',
  'second-person-new',
  'second-person-close',
  'approval-waits',
  'approval-over',
  'approval-other',
])

/** The outcome of an action: what the call gave, or what the form shows. */
export type Outcome<Done> =
  | { readonly ok: true; readonly done: Exclude<Done, Refusal>; readonly request: RequestContext }
  | { readonly ok: false; readonly state: FormState }

/** Guard, parse, one call: whoever sends it. The redirect is the action's own. */
export async function runOpenAction<Values, Done extends { readonly ok: boolean }>(
  action: OpenAction<Values, Done>,
): Promise<Outcome<Done>> {
  const request = await guardedRequest()
  return parseAndCall(action, request, (values) => action.call(request, values))
}

/** An action of somebody signed in. */
export interface ActorAction<Values, Done> extends Omit<OpenAction<Values, Done>, 'call'> {
  readonly call: (request: RequestContext, actor: Actor, values: Values) => Promise<Done>
}

/**
 * Guard, session, parse, one call. Somebody who is no longer signed in is sent to the sign-in page.
 */
export async function runAction<Values, Done extends { readonly ok: boolean }>(
  action: ActorAction<Values, Done>,
): Promise<Outcome<Done>> {
  const request = await guardedRequest()
  const ticket = await readTicket(request.cookiePlans.session)
  const signedIn = ticket === undefined ? undefined : await readSession(request.accounts, ticket)
  if (signedIn === undefined) {
    await recordRefused('session')
    const page = returnPathOf((await headers()).get('referer'))
    redirect(withQuery(addresses.signIn, { over: '1', to: page }))
  }
  return parseAndCall(action, request, (values) => action.call(request, signedIn.actor, values))
}

/** Next lets a missing Origin through; here nothing but our own passes. */
async function guardedRequest(): Promise<RequestContext> {
  const request = await openRequest()
  if (!isOwnOrigin(request.portal.settings, (await headers()).get('origin'))) {
    await recordRefused('origin')
    forbidden()
  }
  return request
}

async function parseAndCall<Values, Done extends { readonly ok: boolean }>(
  action: Omit<OpenAction<Values, Done>, 'call'>,
  request: RequestContext,
  call: (values: Values) => Promise<Done>,
): Promise<Outcome<Done>> {
  const { fields, values } = readForm(action.form, action.secret ?? [])
  const parsed = action.schema.safeParse(fields)
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({
      field: path.join('.'),
      message,
    }))
    return { ok: false, state: { errors: firstOfEach(errors), values } }
  }
  const done = await call(parsed.data)
  if (!isRefusal(done)) return { ok: true, done: done as Exclude<Done, Refusal>, request }
  if (RECORDED.has(done.code)) await recordRefused(done.code)
  const { title, fix } = wordsOf(done.code)
  const field = action.fields?.[done.code] ?? ''
  return { ok: false, state: { errors: [{ field, message: title, hint: fix }], values } }
}

/**
 * The fields of a form as text; files and what React adds are not among them. Anything but a form
 * is refused.
 */
function readForm(
  form: FormData,
  secret: readonly string[],
): { fields: Record<string, string>; values: FormState['values'] } {
  if (!(form instanceof FormData)) forbidden()
  const entries = [...form].filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && !entry[0].startsWith('$ACTION'),
  )
  return {
    fields: Object.fromEntries(entries),
    values: Object.fromEntries(entries.filter(([name]) => !secret.includes(name))),
  }
}

function isRefusal(done: { readonly ok: boolean }): done is Refusal {
  return !done.ok && 'code' in done
}

function firstOfEach(errors: FormState['errors']): FormState['errors'] {
  return errors.filter(
    (error, index) => errors.findIndex(({ field }) => field === error.field) === index,
  )
}

/**
 * What a form shows when it did not come to an error: a fresh state with something to be shown
 * once.
 */
export function showing(lines: readonly string[]): FormState {
  return { ...FRESH, shown: lines }
}
