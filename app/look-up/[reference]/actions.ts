'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import {
  FIRST_CONTACTS,
  LOOK_UP_REPORTS,
  type FirstContact,
  type LookUpReportKind,
} from '#core/messages/look-up/look-up-words.ts'
import { askSaid } from '#server/look-up/asking/ask-look-up.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import type { FormState } from '../../guards/form-state.ts'
import { goTo } from '../../guards/go-to.ts'
import { runAction } from '../../guards/run-action.ts'

const reference = z.string().max(40)

const wrong = z.strictObject({
  reference,
  kind: z.enum(Object.keys(LOOK_UP_REPORTS) as LookUpReportKind[], {
    error: 'Choose what is wrong',
  }),
  source: z.string().max(64),
})

/** Says that something is wrong with an answer, or that a source is missing. */
export async function report(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: wrong,
    form,
    right: 'look-up.ask',
    call: async ({ portal }, actor, { reference: lookUp, kind, source }) => {
      const said = { what: 'report', kind, source: source === '' ? null : source } as const
      const done = await askSaid(await openActorStore(portal, actor), lookUp, said)
      return done.ok ? { ok: true as const, lookUp } : done
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(`${addresses.lookUpAnswer(outcome.done.lookUp)}?said=1`)
}

const reached = z.strictObject({
  reference,
  contact: z.enum(Object.keys(FIRST_CONTACTS) as FirstContact[], {
    error: 'Choose when you first reached somebody',
  }),
})

/** Tells when somebody was first reached after a look-up. */
export async function tellContact(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: reached,
    form,
    right: 'look-up.ask',
    call: async ({ portal }, actor, { reference: lookUp, contact }) => {
      const said = { what: 'contact', contact } as const
      const done = await askSaid(await openActorStore(portal, actor), lookUp, said)
      return done.ok ? { ok: true as const, lookUp } : done
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(`${addresses.lookUpAnswer(outcome.done.lookUp)}?said=1`)
}
