'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { ADD_COLUMN } from '#core/mapping/answers/answer-choices.ts'
import type { ColumnProblem } from '#core/mapping/answers/matched-columns.ts'
import { describeColumnProblems } from '#core/messages/mapping/mapping-refusals.ts'
import { anyField } from '#core/standard/further-fields.ts'
import { saveMatching } from '#server/intake/journey/match-columns.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { runAction } from '../../../guards/run-action.ts'
import { stepFields } from '../../step-schema.ts'

/** A column has 500 fellows at most, each with its answer; fields may be ticked to get a column. */
const schema = z
  .object({
    ...stepFields,
    shape: z.enum(['person', 'child-and-carer', 'contacts']),
    role: z.enum(['', 'child', 'parent', 'adult']),
    'made-reference': z.enum(['', 'name-and-birth']).default(''),
  })
  .catchall(z.string().max(200))
  .refine((form) =>
    Object.keys(form).every((name) => isKnown(name) || isColumn(name) || isAdded(name)),
  )

function isKnown(name: string): boolean {
  return ['reference', 'version', 'shape', 'role', 'made-reference'].includes(name)
}

function isColumn(name: string): boolean {
  return /^column-[0-9]{1,3}$/.test(name)
}

function isAdded(name: string): boolean {
  return name.startsWith(ADD_COLUMN) && anyField(name.slice(ADD_COLUMN.length)) !== undefined
}

/** Keeps how the columns are matched, and goes on to the words of code columns or to the check. */
export async function match(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema,
    form,
    right: 'submission.send',
    call: async (
      { portal },
      actor,
      { reference, version, shape, role, 'made-reference': made, ...columns },
    ) => {
      const names = Object.keys(columns)
      const add = names.filter(isAdded).map((name) => name.slice(ADD_COLUMN.length))
      const answers = Array.from(
        { length: names.filter(isColumn).length },
        (_, index) => columns[`column-${String(index)}`] ?? '',
      )
      const store = await openActorStore(portal, actor)
      const saved = await saveMatching(
        store,
        actor,
        { reference, version },
        { answers, shape, role, reference: made, add },
      )
      if (saved.ok || saved.code !== 'columns-refused') return saved
      return { ok: true as const, problems: saved.problems }
    },
  })
  if (!outcome.ok) return outcome.state
  const { done } = outcome
  if ('problems' in done) return refused(done.problems, form)
  goTo(addresses.step(done.journey.reference, done.next))
}

function refused(problems: readonly ColumnProblem[], form: FormData): FormState {
  const values = Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
  return { errors: describeColumnProblems(problems, ADD_COLUMN), values }
}
