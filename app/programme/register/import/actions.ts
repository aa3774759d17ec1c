'use server'

import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { REGISTER_KINDS } from '#core/messages/register/register-words.ts'
import {
  importRegister,
  planImport,
  type ImportPlan,
  type PlannedChange,
} from '#server/programme/register/import-register.ts'
import { readChosenFile } from '../../../guards/chosen-file.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { runAction } from '../../../guards/run-action.ts'
import { differenceWords } from '../fact-words.ts'
import { openRegister } from '../read-choices.ts'

const given = z.strictObject({
  register: z.string().min(1, { error: 'Choose a file, or paste a register' }).max(500_000),
})

/** Shows what a register would change; nothing is changed yet. */
export async function look(_state: FormState, form: FormData): Promise<FormState> {
  let text = ''
  let problems: readonly string[] = []
  const outcome = await runAction({
    schema: given,
    form,
    right: 'register.change',
    prepare: (sent) => readChosenFile(sent, 'register'),
    fields: { 'register-order': 'register' },
    call: async (_request, actor, { register }) => {
      text = register
      const planned = await planImport(await openRegister(), actor, register)
      if (!planned.ok && 'problems' in planned) problems = planned.problems
      return planned
    },
  })
  if (!outcome.ok) return withProblems(outcome.state, problems)
  const plan: ImportPlan = outcome.done
  return {
    errors: [],
    values: {
      register: text,
      seen: plan.seen,
      plan: plan.changes.flatMap(linesOf).join('\n'),
      kept: plan.kept.flatMap(linesOf).join('\n'),
    },
  }
}

/** Imports a register as it was looked at. */
export async function bringIn(_state: FormState, form: FormData): Promise<FormState> {
  let problems: readonly string[] = []
  const outcome = await runAction({
    schema: given.extend({ seen: z.string().max(64), from: z.string().max(7) }),
    form,
    right: 'register.change',
    fields: { 'register-from': 'from' },
    call: async (_request, actor, { register, ...shown }) => {
      const done = await importRegister(await openRegister(), actor, { text: register, ...shown })
      if (!done.ok && 'problems' in done) problems = done.problems
      return done
    },
  })
  if (!outcome.ok) return withProblems(outcome.state, problems)
  goTo(withQuery(addresses.register, { imported: outcome.done.changes }))
}

function withProblems(state: FormState, problems: readonly string[]): FormState {
  if (problems.length === 0) return state
  const [first] = state.errors
  return {
    ...state,
    errors: [{ field: '', message: '', ...first, hint: problems.slice(0, 10).join('; ') }],
  }
}

function linesOf({ kind, name, code, isNew, differences }: PlannedChange): string[] {
  const what = `${REGISTER_KINDS[kind].one} ${name} (${code})`
  return isNew
    ? [`${what}: new`]
    : differences.map((difference) => `${what}: ${differenceWords(difference)}`)
}
