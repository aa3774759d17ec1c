import { describe, expect, test } from 'vitest'
import { answerGroups, fieldsNotGiven } from '#core/mapping/answers/answer-choices.ts'
import { headingOf } from '#core/mapping/answers/column-choices.ts'
import { valuesOfField } from '#core/mapping/compile-mapping.ts'
import { matchColumns } from '#core/mapping/answers/matched-columns.ts'
import { listUnlistedWords } from '#core/mapping/words/unlisted-words.ts'
import { AS_BLANK, withMeanings } from '#core/mapping/words/word-meanings.ts'
import { describeColumnProblems } from '#core/messages/mapping/mapping-refusals.ts'

const HEADER = ['Client ID', 'Forename', 'Sex', 'Notes']
const ANSWERS = ['field:client_ref', 'field:first_name', 'field:gender', 'none']

describe('matching columns', () => {
  test('makes a mapping of one answer a column, with what everybody is', () => {
    expect(
      matchColumns(HEADER, null, { answers: ANSWERS, shape: 'person', role: 'adult' }),
    ).toEqual({
      ok: true,
      mapping: {
        shape: 'person',
        columns: { client_ref: 'Client ID', first_name: 'Forename', gender: 'Sex' },
        constants: { role: 'adult' },
      },
    })
  })

  test('keeps what words mean of the mapping before', () => {
    const before = { columns: {}, values: { gender: { Lad: 'M' } }, constants: { role: 'child' } }
    const matched = matchColumns(HEADER, before, { answers: ANSWERS, shape: 'person', role: '' })
    expect(matched.ok && matched.mapping.values).toEqual({ gender: { Lad: 'M' } })
    expect(matched.ok && matched.mapping.constants).toBeUndefined()
  })

  test('names every column without an answer, each with its heading', () => {
    const refused = matchColumns(HEADER, null, {
      answers: ['field:client_ref', '', 'field:gender'],
      shape: 'person',
      role: '',
    })
    expect(refused.ok ? [] : describeColumnProblems(refused.problems)).toEqual([
      {
        field: 'column-1',
        message: 'Say what “Forename” is, or that it is not to be used',
        hint: 'Columns that are not used are dropped before anything is stored.',
      },
      {
        field: 'column-3',
        message: 'Say what “Notes” is, or that it is not to be used',
      },
    ])
  })

  test('says what is missing, and what rows of this kind do not have, with what is not answered', () => {
    const refused = matchColumns(HEADER, null, {
      answers: ['none', 'field:carer_first_name', 'field:gender'],
      shape: 'person',
      role: 'child',
    })
    expect(
      refused.ok ? [] : describeColumnProblems(refused.problems).map(({ message }) => message),
    ).toEqual([
      'Say what “Notes” is, or that it is not to be used',
      '“Forename” is about a carer, and rows of this kind are of one person.',
      'No column gives client reference, which is needed.',
      'No column gives date of birth, which is needed.',
    ])
  })

  test('says once of a carer’s whole name that the rows are said to be of one person', () => {
    const refused = matchColumns(['Ref', 'DOB', 'Parent / carer'], null, {
      answers: [
        'field:client_ref',
        'field:date_of_birth',
        'split:carer_first_name,carer_last_name',
      ],
      ...{ shape: 'person', role: 'child' },
    })
    expect(refused.ok ? [] : describeColumnProblems(refused.problems)).toEqual([
      {
        field: 'column-2',
        message: '“Parent / carer” is about a carer, and rows of this kind are of one person.',
        hint: 'If each row is of a child and their carer, choose that as what each row of the file is. Otherwise do not use the column.',
      },
    ])
  })

  test('refuses one field from two columns, and a file without a client reference', () => {
    const doubled = matchColumns(HEADER, null, {
      answers: ['field:client_ref', 'field:first_name', 'field:first_name', 'none'],
      shape: 'person',
      role: '',
    })
    expect(doubled.ok ? [] : doubled.problems.map(({ columns }) => columns)).toEqual([[1, 2]])
    const missing = matchColumns(HEADER, null, {
      answers: ['none', 'field:first_name', 'field:gender', 'none'],
      shape: 'person',
      role: '',
    })
    expect(missing.ok ? [] : describeColumnProblems(missing.problems)[0]).toMatchObject({
      field: '',
      message: 'No column gives client reference, which is needed.',
    })
  })
})

describe('what a page of columns offers', () => {
  test('is every field once, and an answer in use that no list has', () => {
    const groups = answerGroups([...ANSWERS, 'field:last_name,carer_last_name'])
    const values = groups.flatMap(({ answers }) => answers.map(({ value }) => value))
    expect(new Set(values).size).toBe(values.length)
    expect(groups.at(-1)?.answers.at(-1)).toEqual({
      value: 'field:last_name,carer_last_name',
      text: 'Last name and Carer last name',
    })
  })

  test('names the fields that no column gives', () => {
    const names = fieldsNotGiven(ANSWERS).map(({ name }) => name)
    expect(names).toContain('nhs_number')
    expect(names).not.toContain('client_ref')
  })

  test('calls a field by the heading of its column, else by its label', () => {
    const mapping = { columns: { client_ref: 'Client ID' } }
    expect(headingOf(mapping, HEADER, 'client_ref')).toBe('Client ID')
    expect(headingOf(mapping, HEADER, 'postcode')).toBe('Postcode')
    expect(headingOf(mapping, HEADER, '')).toBe('')
  })
})

test('gives words a meaning, or reads them as blank, beside those known before', () => {
  const before = { columns: {}, values: { gender: { Lad: 'M' } } }
  const meanings = [
    { field: 'gender', word: 'Lass', answer: 'F' },
    { field: 'status', word: 'Eh', answer: AS_BLANK },
  ]
  expect(withMeanings(before, meanings).values).toEqual({
    gender: { Lad: 'M', Lass: 'F' },
    status: { Eh: '' },
  })
})

test('knows a carer’s gender by the child’s words as well, and asks for the rest', async () => {
  const header = ['ID', 'Boy/girl', 'Carer M/F']
  const rows = [
    ['C-1', 'Laddie', 'Laddie'],
    ['C-2', 'Laddie', 'Dame'],
  ]
  const table = {
    header,
    receipt: { format: 'csv' as const, date1904: false, headerRow: 1 },
    async *batches() {
      yield await Promise.resolve({ firstRow: 1, rows })
    },
  }
  const mapping = {
    columns: { client_ref: 'ID', gender: 'Boy/girl', carer_gender: 'Carer M/F' },
    values: { gender: { Laddie: 'M' } },
  }
  expect(await listUnlistedWords(table, mapping)).toEqual([
    { field: 'carer_gender', column: 'Carer M/F', words: [{ word: 'Dame', rows: 1 }], more: 0 },
  ])
  const told = withMeanings(mapping, [{ field: 'carer_gender', word: 'Dame', answer: 'F' }])
  expect(valuesOfField(told, 'carer_gender')).toEqual({ Laddie: 'M', Dame: 'F' })
})
