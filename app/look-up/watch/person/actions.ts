'use server'

import { z } from 'zod'
import { askLookUpsOf } from '#server/look-up/watching/ask-look-ups-of.ts'
import { listLookUps } from '#server/look-up/watching/list-look-ups.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { allowDay } from '../../../guards/day-parts.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { runAction, showing } from '../../../guards/run-action.ts'
import {
  NOT_A_DAY,
  plainIn,
  readTyped,
  TYPED_PARTS,
  typedIn,
  typedPerson,
} from '../../read-typed.ts'
import { watchOf } from '../watch-context.ts'

const sought = z.strictObject(typedPerson).refine(...allowDay('birth', NOT_A_DAY))

/** Finds who looked up the person who is typed; what was typed goes sealed to a worker, and nowhere else. */
export async function findOfPerson(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: sought,
    form,
    right: 'look-up.watch',
    secret: TYPED_PARTS,
    fields: { 'look-up-too-little': 'nhsNumber' },
    call: async (request, actor, given) => {
      const { portal, accounts } = request
      const read = readTyped(given, { now: accounts.now(), live: portal.programme.live })
      if (!read.ok) return read
      const found = await askLookUpsOf(await openActorStore(portal, actor), read.person)
      if (!found.ok) return found
      const all = { by: '', purpose: '', caseReference: '', from: '', to: '', only: 'all', page: 1 }
      return listLookUps(watchOf(request), actor, { ...all, references: found.references })
    },
  })
  const typed = typedIn(form)
  if (!outcome.ok) return { ...outcome.state, values: { ...outcome.state.values, ...typed } }
  const { done } = outcome
  if (!done.ok) return { errors: done.problems, values: plainIn(form) }
  return showing(
    done.lookUps.map(({ reference, by, organisation, askedAt }) =>
      [reference, by, organisation, askedAt.toISOString()].join('\t'),
    ),
  )
}
