import { shortQuarterWords, type Quarter } from '#core/standard/quarter.ts'

/** Which files are missing from figures, in words: a count, and each service with its quarters. */
export function missingWords({
  expected,
  services,
}: {
  readonly expected: number
  readonly services: readonly { readonly name: string; readonly quarters: readonly Quarter[] }[]
}): { readonly count: string; readonly which: string } {
  const missing = services.reduce((sum, { quarters }) => sum + quarters.length, 0)
  if (expected === 0) return { count: 'No file is expected for this period.', which: '' }
  if (missing === 0) return { count: `All ${expected} files for this period have come.`, which: '' }
  const each = services.map(
    ({ name, quarters }) => `${name} (${quarters.map(shortQuarterWords).join(', ')})`,
  )
  return {
    count: `${missing} of ${expected} files for this period have not come: who is in none of the others is not counted.`,
    which: `No file of: ${each.join('; ')}.`,
  }
}
