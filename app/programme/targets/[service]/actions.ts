'use server'

import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { SCORECARD_INDICATORS, type IndicatorCode } from '#core/measures/scorecard.ts'
import { readTarget } from '#core/measures/targets.ts'
import { isQuarter, type Quarter } from '#core/standard/quarter.ts'
import { setServiceTargets } from '#server/programme/targets/targets.ts'
import type { FormState } from '../../../guards/form-state.ts'
import { goTo } from '../../../guards/go-to.ts'
import { runAction } from '../../../guards/run-action.ts'

const typed = Object.fromEntries(
  SCORECARD_INDICATORS.map(({ code }) => [code, z.string().max(20).default('')]),
) as Record<IndicatorCode, z.ZodDefault<z.ZodString>>

const schema = z
  .strictObject({
    service: z.string().max(64),
    quarter: z.custom<Quarter>((value) => typeof value === 'string' && isQuarter(value)),
    seen: z.string().regex(/^[-0-9.|]{0,200}$/),
    ...typed,
  })
  .transform(({ service, quarter, seen, ...texts }, context) => ({
    ...{ service, quarter, seen },
    values: SCORECARD_INDICATORS.map(({ code }) => {
      const value = readTarget(code, texts[code])
      if (value === undefined) {
        const message = 'Enter a number that this can be, or leave it empty'
        context.addIssue({ code: 'custom', path: [code], message })
      }
      return { indicator: code, value: value ?? null }
    }),
  }))

/** Sets the targets of a service and quarter. */
export async function change(_state: FormState, form: FormData): Promise<FormState> {
  let quarter = ''
  const outcome = await runAction({
    schema,
    form,
    right: 'register.change',
    call: ({ accounts }, actor, given) => {
      quarter = given.quarter
      return setServiceTargets(accounts, actor, given)
    },
  })
  if (!outcome.ok) return outcome.state
  goTo(withQuery(addresses.targets, { quarter, changes: outcome.done.changes }))
}
