import { counted } from '#core/messages/reading/reading-words.ts'
import type { Change, OfferedReplacement } from '#core/grid/grid-rows.ts'

/** What was replaced in an earlier file, in words. */
export function offerWords({ heading, find, replace, cells }: OfferedReplacement): string {
  const what = find === '' ? 'empty cells were filled with' : `“${find}” was replaced by`
  const by = replace === '' ? 'an empty cell' : `“${replace}”`
  const again = counted(cells, 'cell says it again', 'cells say it again')
  return `In an earlier file, ${what} ${by} in ${heading}. ${again}.`
}

/** The same replacement once more. */
export function changeOf({ column, find, replace }: OfferedReplacement): Change {
  return { kind: 'replace', column, find, replace, isWhole: true, isExact: false }
}
