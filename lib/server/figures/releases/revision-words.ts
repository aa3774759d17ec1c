import { quarterWords } from '#core/standard/quarter.ts'
import type { QuarterChange, Revision } from './release-revision.ts'

/** Which release this one takes the place of, and what changed: a sentence each. */
export function revisionLines(revision: Revision | undefined): string[] {
  if (revision === undefined) return ['This release takes the place of no other.']
  const { supersedes, newQuarters, newFiles, changes } = revision
  const quarters = newQuarters.map((quarter) => quarterWords(quarter)).join(', ')
  return [
    `This release takes the place of ${supersedes.reference}.`,
    ...(newQuarters.length === 0 ? [] : [`New in it: ${quarters}.`]),
    ...newFiles.map(
      ({ quarter, services }) =>
        `Files for ${quarterWords(quarter)} that had come since: ${services.join(', ')}.`,
    ),
    ...changes.map(quarterChangeWords),
    ...(changes.length === 0 ? ['No figure of the quarters that both hold is different.'] : []),
    'A published figure changes only where more people came or went than the number that is hidden. Corrections come from late and replaced files, withdrawn files, and people found to be one person or two.',
  ]
}

function quarterChangeWords({ quarter, changed, hidden, shown }: QuarterChange): string {
  const told = [
    [changed, 'changed'],
    [hidden, 'is now hidden', 'are now hidden'],
    [shown, 'is now shown', 'are now shown'],
  ] as const
  const words = told
    .filter(([count]) => count > 0)
    .map(
      ([count, one, many = one]) => `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`,
    )
  return `Figures of ${quarterWords(quarter)}: ${words.join(', ')}.`
}
