import { headers } from 'next/headers'
import { forbidden, redirect } from 'next/navigation'
import type { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { wordsOf, type Code } from '#core/messages/words-of.ts'
import { isOwnOrigin } from '#server/portal/opening/portal-settings.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { may, type Actor, type Right } from '#server/identity/actors/actor.ts'
import type { FreshProof, ProvedAct } from '#server/identity/actors/fresh-proof.ts'
import { returnProof, spendProof, stepUp } from '#server/identity/accounts/step-up.ts'
import { LONGEST_ANSWER } from '#server/identity/passkeys/read-answer.ts'
import { isEntry } from '#server/identity/audit/holds-right.ts'
import { keepForm } from '#server/identity/sessions/kept-form.ts'
import { readSession } from '#server/identity/sessions/session.ts'
import { FRESH, type FormState } from './form-state.ts'
import { openRequest, readTicket, type RequestContext } from './request-context.ts'
import { pagePathOf, returnPathOf } from './return-path.ts'
import { recordRefused } from './refused.ts'

/** The field that each refusal belongs to. */
type FieldsOf = Readonly<Partial<Record<Code, string>>>

/** An action of somebody who need not be signed in. */
export interface OpenAction<Values, Done> {
  readonly schema: z.ZodType<Values>
  readonly form: FormData
  /** The field a refusal belongs to; where the form says it, read once somebody may send it. */
  readonly fields?: FieldsOf | ((form: FormData) => FieldsOf)
  /** Values never sent back to the browser. */
  readonly secret?: readonly string[]
  readonly call: (request: RequestContext, values: Values) => Promise<Done>
}

/**
 * Refusals of somebody who may not, rather than of something that was mistyped: each is an entry of
 * the audit trail. Those of signing in are entries by themselves.
 */
const RECORDED: ReadonlySet<Code> = new Set<Code>([
  'not-found',
  'not-uploader',
  'step-not-reached',
  'no-longer-open',
  'own-request',
  'second-person',
  'second-person-new',
  'second-person-close',
  'approval-waits',
  'approval-over',
  'approval-other',
  'approval-people',
  'consent-waits',
  'not-administrator',
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

/** What it takes to send a form: a right, or no more than a session where it is about oneself. */
type Needed = Right | 'a session'

/** An action of somebody signed in. */
export interface ActorAction<Values, Done> extends Omit<OpenAction<Values, Done>, 'call'> {
  /** Whoever has not got it is told that there is nothing, before anything that was typed is read. */
  readonly right: Needed
  /** Makes the form that is read of the one that was sent: a chosen file becomes text. */
  readonly prepare?: (sent: FormData) => Promise<FormData>
  readonly call: (request: RequestContext, actor: Actor, values: Values) => Promise<Done>
}

/**
 * Guard, session, right, parse, one call. For somebody who is no longer signed in nothing is done.
 */
export async function runAction<Values, Done extends { readonly ok: boolean }>(
  action: ActorAction<Values, Done>,
): Promise<Outcome<Done>> {
  const request = await guardedRequest()
  const ticket = await readTicket(request.cookiePlans.session)
  const signedIn = ticket === undefined ? undefined : await readSession(request.accounts, ticket)
  if (signedIn === undefined) return answerSignedOut(request, ticket, action)
  const { right, form, prepare } = action
  if (right !== 'a session' && !may(signedIn.actor, right)) {
    return refused({ form }, refuse('not-found'), {})
  }
  if (!(form instanceof FormData)) return refuseForm()
  const read = prepare === undefined ? action : { ...action, form: await prepare(form) }
  return parseAndCall(read, request, (values) => action.call(request, signedIn.actor, values))
}

/**
 * An action that takes a fresh second factor, given in the form's field `code` or `passkey`, or in the last
 * minutes for the same act.
 */
export interface ProvedAction<Values, Done> extends Omit<
  OpenAction<Values, Done>,
  'call' | 'fields'
> {
  readonly fields?: FieldsOf
  /** Whoever has not got it is told that there is nothing, before anything that was typed is read. */
  readonly right: Needed
  /** What it is, and to what. */
  readonly act: (values: Values) => ProvedAct
  /** The proof is for what comes next in the same session. */
  readonly keepsProof?: true
  /** Whether it can come about: looked at before the code, which is used up by being right. */
  readonly look?: (
    request: RequestContext,
    actor: Actor,
    values: Values,
  ) => Promise<{ readonly ok: boolean }>
  readonly call: (
    request: RequestContext,
    actor: Actor,
    values: Values,
    fresh: FreshProof,
  ) => Promise<Done>
}

/** Guard, session, right, parse, look, second factor, one call. */
export async function runProvedAction<Values, Done extends { readonly ok: boolean }>({
  form,
  fields,
  secret = [],
  right,
  act,
  keepsProof,
  look,
  ...action
}: ProvedAction<Values, Done>): Promise<Outcome<Done>> {
  const { code, passkey, rest } = takeProof(form)
  return runAction<Values, Done>({
    schema: action.schema,
    form: rest,
    fields: { ...CODE_FIELDS, ...fields },
    secret,
    right,
    call: async (request, actor, values) => {
      const able = await look?.(request, actor, values)
      if (able?.ok === false) return able as never
      const ticket = (await readTicket(request.cookiePlans.session)) ?? ''
      const stepping = { actor, ticket, act: act(values) }
      const { accounts, address } = request
      const proved = await stepUp(accounts, stepping, { code, passkey, address })
      if (!proved.ok) return proved as never
      const { fresh } = proved
      if (keepsProof === true) return action.call(request, actor, values, fresh)
      if (!(await spendProof(accounts, stepping, fresh))) return refuse('code-needed') as never
      const done = await action.call(request, actor, values, fresh)
      if (!done.ok) await returnProof(accounts, stepping, fresh)
      return done
    },
  })
}

const CODE_FIELDS = {
  'code-needed': 'code',
  'code-refused': 'code',
  'code-used': 'code',
  'too-many-tries': 'code',
  'passkey-refused': 'code',
  'passkey-copied': 'code',
} as const

/** What proves the person apart from the rest of a form, so that no schema has to name it. */
function takeProof(form: FormData): {
  readonly code: string
  readonly passkey: string
  readonly rest: FormData
} {
  // What is no form is refused where everything is, once it is known who sends it.
  if (!(form instanceof FormData)) return { code: '', passkey: '', rest: form }
  const rest = new FormData()
  for (const [name, value] of form) if (!PROOFS.includes(name)) rest.append(name, value)
  const [code, passkey] = PROOFS.map((name) => {
    const value = form.get(name)
    return typeof value === 'string' ? value.trim() : ''
  })
  return { code: code?.slice(0, 20) ?? '', passkey: passkey?.slice(0, LONGEST_ANSWER) ?? '', rest }
}

const PROOFS = ['code', 'passkey']

/**
 * The session is over. A script's page stays, with what was typed in it; without script the browser
 * is led to the sign-in page, and what was typed is kept for the same person in the same browser.
 */
async function answerSignedOut(
  { accounts }: RequestContext,
  ticket: string | undefined,
  { form, secret = [] }: Pick<OpenAction<never, never>, 'form' | 'secret'>,
): Promise<{ readonly ok: false; readonly state: FormState }> {
  await recordRefused('session')
  const sent = await headers()
  if (sent.has('next-action')) {
    const { title, fix } = wordsOf('signed-out')
    const errors = [{ field: '', message: title, hint: fix }]
    return { ok: false, state: { ...FRESH, errors, isSignedOut: true } }
  }
  const path = pagePathOf(sent.get('referer'))
  if (ticket !== undefined && path !== undefined) {
    const { values } = await readForm(form, secret)
    // Cells of a file are people's: they lie with the file and nowhere else.
    const typed = Object.entries(values).filter(([name]) => !/^cell-/.test(name))
    await keepForm(accounts, ticket, { path, values: Object.fromEntries(typed) })
  }
  redirect(withQuery(addresses.signIn, { over: '1', to: returnPathOf(sent.get('referer')) }))
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
  const { fields, values } = await readForm(action.form, action.secret)
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
  return refused(action, done, values)
}

/** What a form shows of a refusal, which is an entry where it is of somebody who may not. */
async function refused(
  { fields, form }: Pick<OpenAction<never, never>, 'fields' | 'form'>,
  refusal: Refusal,
  values: FormState['values'],
): Promise<{ readonly ok: false; readonly state: FormState }> {
  const { code } = refusal
  if (RECORDED.has(code) && !isEntry(refusal)) await recordRefused(code)
  const { title, fix } = wordsOf(code)
  const ofForm = typeof fields === 'function' ? fields(form) : fields
  const errors = [{ field: ofForm?.[code] ?? '', message: title, hint: fix }]
  return { ok: false, state: { errors, values } }
}

/**
 * The fields of a form as text; files and what React adds are not among them. Anything but a form
 * is refused.
 */
async function readForm(
  form: FormData,
  secret: readonly string[] = [],
): Promise<{ fields: Record<string, string>; values: FormState['values'] }> {
  if (!(form instanceof FormData)) return refuseForm()
  const entries = [...form].filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && !entry[0].startsWith('$ACTION'),
  )
  // No page sends NUL, and the database takes it in no text.
  if (entries.some((entry) => entry.join('').includes('\0'))) return refuseForm()
  return {
    fields: Object.fromEntries(entries),
    values: Object.fromEntries(entries.filter(([name]) => !secret.includes(name))),
  }
}

/** What no page of ours sends. */
async function refuseForm(): Promise<never> {
  await recordRefused('form')
  forbidden()
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
