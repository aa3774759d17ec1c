'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { declareNobody, takeBackNobody } from '#server/intake/journey/nil-return.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import type { FormState } from '../../../../guards/form-state.ts'
import { goTo } from '../../../../guards/go-to.ts'
import { runAction } from '../../../../guards/run-action.ts'

const schema = z.strictObject({ service: z.string().max(64), quarter: z.string().max(7) })

/** Says that a service reached nobody. */
export async function sayNobody(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema,
    form,
    right: 'submission.send',
    call: async ({ portal, accounts }, actor, place) => {
      const store = await openActorStore(portal, actor)
      const said = await declareNobody(store, actor, place, accounts.now())
      return said.ok ? { ...said, place } : said
    },
  })
  if (!outcome.ok) return outcome.state
  const { service, quarter } = outcome.done.place
  goTo(addresses.history(service, quarter))
}

/** Takes back that nobody was reached. */
export async function takeBack(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema,
    form,
    right: 'submission.send',
    call: async ({ portal, accounts }, actor, place) => {
      const store = await openActorStore(portal, actor)
      const taken = await takeBackNobody(store, actor, place, accounts.now())
      return taken.ok ? { ...taken, place } : taken
    },
  })
  if (!outcome.ok) return outcome.state
  const { service, quarter } = outcome.done.place
  goTo(addresses.history(service, quarter))
}
