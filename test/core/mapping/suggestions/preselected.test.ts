import { expect, it } from 'vitest'
import { NOT_USED, preselected } from '#core/mapping/answers/column-choices.ts'
import type { Suggestion } from '#core/mapping/mapping.ts'

function suggestion(field: string, column: string, certainty: Suggestion['certainty']): Suggestion {
  return { field, column, certainty, reason: 'its name' }
}

it.each([
  ['what alone is likely', [suggestion('contacts', 'Total', 'likely')], 'field:contacts'],
  [
    'nothing beside a column that is certain to be the same',
    [suggestion('contacts', 'Sessions', 'certain'), suggestion('contacts', 'Total', 'likely')],
    '',
  ],
  [
    'not to be used where it is a mere guess at what another column surely gives',
    [suggestion('postcode', 'Postcode', 'certain'), suggestion('postcode', 'Total', 'guess')],
    NOT_USED,
  ],
  [
    'nothing where it is a guess at a second telephone',
    [suggestion('mobile', 'Mobile', 'certain'), suggestion('mobile', 'Total', 'guess')],
    '',
  ],
  [
    'nothing beside a column that is as likely the same',
    [suggestion('contacts', 'Visits', 'likely'), suggestion('contacts', 'Total', 'likely')],
    '',
  ],
  [
    'what is likely beside a mere guess',
    [suggestion('contacts', 'Visits', 'guess'), suggestion('contacts', 'Total', 'likely')],
    'field:contacts',
  ],
  ['no identifier that is only likely', [suggestion('email', 'Total', 'likely')], ''],
  ['not to be used where nothing is suggested', [], NOT_USED],
])('preselects %s', (_, suggestions, answer) => {
  expect(preselected('Total', NOT_USED, suggestions)).toBe(answer)
})

it('preselects what is certain in any case', () => {
  const rival = [suggestion('contacts', 'Visits', 'certain')]
  expect(preselected('Total', 'field:contacts', rival)).toBe('field:contacts')
})
