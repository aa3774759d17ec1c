import { HIDDEN, suppress, type Printed } from './printed.ts'
import type { DisclosureSettings } from './settings.ts'

/**
 * Prints a count that was published before. The published value stays unless more people came or
 * went than the threshold: otherwise every late file would tell, by two releases side by side, of
 * the few whom it added. What was hidden stays hidden. Since the count of then is not kept, a
 * change is measured from what was printed, so a kept value lies within threshold and rounding of
 * the truth.
 */
export function keepPublished(
  count: number,
  published: Printed | undefined,
  settings: DisclosureSettings,
): Printed {
  const printed = suppress(count, settings)
  if (published === undefined) return printed
  if (published === HIDDEN) return HIDDEN
  const rounding = published === 0 ? 0 : Math.floor(settings.base / 2)
  return Math.abs(count - published) <= settings.threshold + rounding ? published : printed
}
