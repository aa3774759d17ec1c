import { expect, test } from 'vitest'
import { NOT_USED } from '#core/mapping/answers/column-choices.ts'
import { withAdded, type Added } from '#server/intake/journey/add-columns.ts'

/** Columns that somebody adds to a file again and again. */

const OWN = ['Ref', 'Name']

function add(before: Pick<Added, 'reading' | 'header'>, answers: readonly string[], add: string[]) {
  const journey = { ...before, kind: 'people' as const }
  const given = { answers, add, shape: 'person' as const, role: '' as const }
  return withAdded(journey, {}, given) ?? expect.fail('too many')
}

test('one that was added for a field and is not used any more is taken when the field is wanted again', () => {
  const none = [NOT_USED, NOT_USED]
  let file = add({ reading: {}, header: OWN }, none, ['date_of_birth'])
  for (const wanted of [['gender'], ['date_of_birth'], ['gender', 'date_of_birth']]) {
    file = add(
      file,
      Array.from(file.header, () => NOT_USED),
      wanted,
    )
  }
  expect(file).toEqual({
    reading: { preparation: { addedColumns: ['Date of birth', 'Gender'] } },
    header: [...OWN, 'Date of birth', 'Gender'],
    answers: [...none, 'field:date_of_birth', 'field:gender'],
  })
  // In use it stays what it is, and what is wrong with another is told of both.
  const twice = add(file, file.answers, ['gender'])
  expect(twice.header.slice(2)).toEqual(['Date of birth', 'Gender', 'Gender (2)'])
  expect(twice.answers.slice(2)).toEqual(['field:date_of_birth', 'field:gender', 'field:gender'])
})

test('none is added to a file that has 500', () => {
  const header = Array.from({ length: 500 }, (_, at) => `Column ${String(at)}`)
  const given = { answers: [], add: ['gender'], shape: 'person' as const, role: '' as const }
  expect(withAdded({ reading: {}, header, kind: 'people' }, {}, given)).toBeUndefined()
})
