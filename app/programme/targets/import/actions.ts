'use server'

import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { importTargets } from '#server/programme/targets/targets.ts'
import { readChosenFile } from '../../../guards/chosen-file.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { runAction } from '../../../guards/run-action.ts'

const given = z.strictObject({
  targets: z.string().min(1, { error: 'Choose a file, or paste targets' }).max(500_000),
})

/** How many lines of what is wrong are told at once. */
const TOLD = 10

/** Takes a file of targets in. */
export async function bringIn(_state: FormState, form: FormData): Promise<FormState> {
  let problems: readonly string[] = []
  const outcome = await runAction({
    schema: given,
    form,
    right: 'register.change',
    fields: { 'targets-unreadable': 'targets' },
    prepare: (sent) => readChosenFile(sent, 'targets'),
    call: async ({ accounts }, actor, { targets }) => {
      const done = await importTargets(accounts, actor, targets)
      if (!done.ok && 'problems' in done) problems = done.problems
      return done
    },
  })
  if (outcome.ok) goTo(withQuery(addresses.targets, { changes: outcome.done.changes }))
  const [first] = outcome.state.errors
  if (problems.length === 0 || first === undefined) return outcome.state
  const more = problems.length > TOLD ? `; and ${problems.length - TOLD} more` : ''
  const hint = `${problems.slice(0, TOLD).join('; ')}${more}.`
  return { ...outcome.state, errors: [{ ...first, hint }] }
}
