'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import {
  confirmHolders,
  confirmMail,
  confirmNotice,
  sendMailProof,
} from '#server/portal/checklist/confirm-check.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { runAction } from '../../../guards/run-action.ts'

const person = z.string().regex(/^U-[0-9A-Z]{8}$/, 'Choose somebody')

/** Writes down who holds the keys. */
export async function holdKeys(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({ first: person, second: person }),
    form,
    right: 'register.change',
    fields: { 'holders-two': 'second' },
    call: async ({ accounts, portal }, actor, { first, second }) =>
      confirmHolders(accounts, actor, await portal.secrets.card(), [first, second]),
  })
  if (!outcome.ok) return outcome.state
  redirect(withQuery(addresses.checklist, { done: '1' }))
}

/** Sends the actor a mail with a code. */
export async function sendMail(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({}),
    form,
    right: 'register.change',
    // Not one that keeps what does not leave: that is what is asked.
    call: ({ accounts, portal: { mailer } }, actor) =>
      sendMailProof({ ...accounts, mailer }, actor),
  })
  if (!outcome.ok) return outcome.state
  redirect(withQuery(addresses.confirmCheck('mail-proven'), { sent: '1' }))
}

/** Takes the code of the mail. */
export async function enterCode(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({
      typed: z
        .string()
        .trim()
        .regex(/^[0-9a-fA-F]{8}$/, 'Enter the code of the mail, eight letters and digits'),
    }),
    form,
    right: 'register.change',
    fields: { 'mail-code-wrong': 'typed' },
    call: ({ accounts }, actor, { typed }) => confirmMail(accounts, actor, typed),
  })
  if (!outcome.ok) return outcome.state
  redirect(withQuery(addresses.checklist, { done: '1' }))
}

/** Writes down where the privacy notice is published. */
export async function nameNotice(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({
      address: z
        .url({ protocol: /^https$/, error: 'Enter the whole address, beginning with https://' })
        .max(300, 'Enter an address of 300 characters at most'),
    }),
    form,
    right: 'register.change',
    call: ({ accounts }, actor, { address }) => confirmNotice(accounts, actor, address),
  })
  if (!outcome.ok) return outcome.state
  redirect(withQuery(addresses.checklist, { done: '1' }))
}
