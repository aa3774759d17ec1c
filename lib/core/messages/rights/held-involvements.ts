/** What a source of a look-up holds of somebody, in the words of a letter to them. */
import { involvementLines, staffLines } from '#core/look-up/asking/detail-lines.ts'
import type { Involvement } from '#core/look-up/rules/decide-shown.ts'
import type { FeedKind } from '#core/standard/feeds/feed-kinds.ts'
import { dateWords, type HeldLine } from './held-words.ts'

/** Each involvement of a source of that kind with who works there with the person; blanks are left out. */
export function heldInvolvements(
  kind: FeedKind,
  involvements: readonly Involvement[],
): readonly HeldLine[] {
  return involvements.flatMap((involvement) => [
    ...involvementLines(kind, involvement).map(({ name, value }) => ({
      name,
      value: /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value) ? dateWords(value) : value,
    })),
    ...staffLines(involvement.staff).map(({ name, value }) => ({
      name: `Who works with you: ${name.toLowerCase()}`,
      value,
    })),
  ])
}
