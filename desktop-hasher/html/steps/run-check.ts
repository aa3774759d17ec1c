import type { Problem } from '#core/forms/error-summary.ts'
import { taskOf } from '../page/journey.ts'
import { button } from '../page/parts.ts'
import { progressLine } from '../page/progress.ts'
import { refusalOf, type StepContext } from '../page/step.ts'

/**
 * Checks every row and goes on to what was found; a problem when the file cannot be read to its
 * end.
 */
export async function runCheck(context: StepContext): Promise<readonly Problem[]> {
  const { journey, hasher } = context
  const progress = progressLine('Checking every row', journey.reading?.overview.rows)
  const stop = button('Stop', 'secondary', () => {
    hasher.cancel()
  })
  const place = document.getElementById('progress')
  place?.replaceChildren(progress.line, stop)
  const told = await hasher.call('check', taskOf(journey), { progress: progress.tell })
  place?.replaceChildren()
  if (!told.ok) return told.code === 'hasher-cancelled' ? [] : [refusalOf(told)]
  journey.check = told
  context.go('check')
  return []
}
