'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { TYPED_FIELDS, typedPersonSchema } from '#core/rights/typed-person.ts'
import { askPerson } from '#server/linkage/rights/ask-person.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { runAction } from '../../../guards/run-action.ts'

const sought = typedPersonSchema.extend({ request: z.string().max(20) })

/** Has a worker look for a person: what was typed goes to it sealed, and nowhere else. */
export async function findTyped(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: sought,
    form,
    right: 'rights.handle',
    secret: Object.keys(TYPED_FIELDS),
    call: async ({ portal }, actor, { request, ...typed }) => {
      const found = await askPerson(await openActorStore(portal, actor), request, typed)
      return found.ok ? { ...found, request } : found
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.rightsRequest(outcome.done.request))
}
