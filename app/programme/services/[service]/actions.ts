'use server'

import { redirect } from 'next/navigation'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { addAgreement, endAgreement } from '#server/programme/register/agreements.ts'
import { allowDay, dayParts, demandDay, readDay } from '../../../guards/day-parts.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { runAction } from '../../../guards/run-action.ts'

const text = z.string().trim().max(200, { error: 'Write no more than 200 characters' }).default('')
const NO_ADDRESS = 'Enter an address that begins with https://, or leave it empty'
const service = z.string().regex(/^[a-z0-9-]{1,64}$/)

/** Boxes that were ticked: a value of the list of purposes each, or a field of the standard. */
const TICKED = /^(purpose|field)-([a-z0-9_-]{1,64})$/

const shape = {
  service,
  ...dayParts('from'),
  ...dayParts('to'),
  ...{ controller: text, reference: text, assessment: text, lawfulBasis: text, gateway: text },
  privacyNotice: z
    .union([
      z.literal(''),
      z.url({ protocol: /^https$/, error: NO_ADDRESS }).max(300, { error: NO_ADDRESS }),
    ])
    .default(''),
  digest: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^([0-9a-f]{64})?$/, { error: 'Enter 64 hexadecimal digits, or choose the file' })
    .default(''),
}

const schema = z
  .looseObject(shape)
  // Boxes have names of their own; nothing else that the form has not is taken.
  .refine(
    (given) => Object.keys(given).every((name) => Object.hasOwn(shape, name) || TICKED.test(name)),
    {
      error: 'This form was not sent from its own page',
    },
  )
  .refine(...demandDay('from', () => true, 'Enter the first day, for example 1 4 2025'))
  .refine(...allowDay('to', 'Enter a real date as the last day, or leave it empty'))
  .transform((given) => {
    const { service, ...others } = given
    const ticked = Object.keys(others).flatMap((name) => TICKED.exec(name)?.slice(1, 3) ?? [])
    const of = (wanted: string): string[] =>
      ticked.flatMap((word, index) =>
        word === wanted && index % 2 === 0 ? [ticked[index + 1] ?? ''] : [],
      )
    const days = Object.fromEntries(
      Object.entries(given).filter((line): line is [string, string] => typeof line[1] === 'string'),
    )
    return {
      ...{ service, from: readDay(days, 'from') ?? '', to: readDay(days, 'to') ?? null },
      facts: {
        ...{ controller: given.controller, reference: given.reference },
        ...{ assessment: given.assessment, privacyNotice: given.privacyNotice },
        lawfulBasis: given.lawfulBasis === '' ? null : given.lawfulBasis,
        gateway: given.gateway === '' ? null : given.gateway,
        ...{ purposes: of('purpose'), fields: of('field'), documentDigest: given.digest },
      },
    }
  })

/** Adds an agreement to a service. */
export async function add(_state: FormState, sent: FormData): Promise<FormState> {
  const form = await withDigest(sent)
  let service = ''
  const outcome = await runAction({
    schema,
    form,
    right: 'register.change',
    fields: { 'agreement-dates': 'to' },
    call: ({ accounts }, actor, agreement) => {
      service = agreement.service
      return addAgreement(accounts.pool, actor, agreement)
    },
  })
  if (!outcome.ok) return outcome.state
  redirect(withQuery(addresses.service(service), { added: '1' }))
}

/** Of a chosen document its digest alone is kept. */
async function withDigest(sent: FormData): Promise<FormData> {
  const form = new FormData()
  for (const [name, value] of sent) if (typeof value === 'string') form.append(name, value)
  const file = sent.get('document')
  if (file instanceof File && file.size > 0) {
    const bytes = new Uint8Array(await file.arrayBuffer())
    form.set('digest', createHash('sha256').update(bytes).digest('hex'))
  }
  return form
}

const ending = z
  .strictObject({
    service,
    agreement: z.string().regex(/^[0-9]{1,15}$/),
    ...dayParts('on'),
  })
  .refine(...demandDay('on', () => true, 'Enter its last day as a real date'))
  .transform(({ service, agreement, ...parts }) => ({
    ...{ service, id: agreement },
    on: readDay(parts, 'on') ?? '',
  }))

/** Ends an agreement before its last day. */
export async function end(_state: FormState, form: FormData): Promise<FormState> {
  let service = ''
  const outcome = await runAction({
    schema: ending,
    form,
    right: 'register.change',
    fields: { 'agreement-dates': 'on' },
    call: ({ accounts }, actor, given) => {
      service = given.service
      return endAgreement(accounts.pool, actor, given)
    },
  })
  if (!outcome.ok) return outcome.state
  redirect(withQuery(addresses.service(service), { ended: '1' }))
}
