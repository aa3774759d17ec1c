'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { giveSources } from '#server/look-up/watching/grants.ts'
import type { FormState } from '../../guards/form-state.ts'
import { goTo } from '../../guards/go-to.ts'
import { runAction } from '../../guards/run-action.ts'
import { watchOf } from '../watch/watch-context.ts'

const given = z.object({ user: z.string().max(40) }).catchall(z.literal('yes'))

/** Gives a practitioner the sources that are ticked, and no other. */
export async function give(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: given,
    form,
    right: 'look-up.watch',
    call: (request, actor, { user, ...ticked }) => {
      const sources = Object.keys(ticked).map((name) => name.replace(/^source-/, ''))
      const context = { ...watchOf(request), programme: request.portal.programme }
      return giveSources(context, actor, user, sources)
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(`${addresses.lookUpGrants}?given=1`)
}
