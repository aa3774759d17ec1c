import { expect, test } from 'vitest'
import { fitMapping } from '#core/mapping/fit-mapping.ts'

const HEADER = ['Client ID', 'Full name', 'Day', 'Month', 'Year', 'Sex']

test('fits a saved mapping to the headings of a file, by letters and digits where they differ', () => {
  const mapping = {
    shape: 'person' as const,
    columns: { client_ref: 'client id', gender: 'Sex' },
    split: { 'FULL NAME': ['first_name', 'last_name'] },
    join: { date_of_birth: ['Day', 'Month', 'Year'] },
    constants: { role: 'child' },
  }
  expect(fitMapping(mapping, HEADER)).toEqual({
    mapping: {
      ...mapping,
      columns: { client_ref: 'Client ID', gender: 'Sex' },
      split: { 'Full name': ['first_name', 'last_name'] },
    },
    missing: [],
  })
})

test('names the columns that the file has not, and does without them', () => {
  const mapping = {
    columns: { client_ref: 'Client ID', postcode: 'Post code' },
    join: { date_of_birth: ['Day', 'Month', 'Yr'] },
  }
  expect(fitMapping(mapping, HEADER)).toEqual({
    mapping: { columns: { client_ref: 'Client ID' } },
    missing: ['Post code', 'Yr'],
  })
})

test('does not choose between two headings that are nearly the same', () => {
  const fitted = fitMapping({ columns: { client_ref: 'clientid' } }, ['Client ID', 'Client-ID'])
  expect(fitted.missing).toEqual(['clientid'])
})
