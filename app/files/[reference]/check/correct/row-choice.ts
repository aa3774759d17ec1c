import type { RowChoice } from '#server/intake/correcting/found-rows.ts'
import { choiceIn, textIn, type Query } from '../../../../guards/query.ts'

/** Which rows an address asks for; those with findings when it says nothing. */
export function rowChoiceIn(query: Query): RowChoice {
  const show = choiceIn(query, 'show', ['findings', 'all', 'corrected', 'finding'])
  return show === 'finding'
    ? { show, code: textIn(query, 'code'), field: textIn(query, 'field') }
    : { show }
}
