import { expect, test } from 'vitest'
import { fieldsNotCovered, ShownFacts } from '#core/hashed-file/shown-fields.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { PEOPLE_FIELD_NAMES } from '#core/standard/fields.ts'
import { PSEUDONYM_COLUMNS } from '#core/pseudonym/kinds.ts'
import { RECORD_FACTS, type RecordFacts } from '#core/standard/record.ts'

/** What a hashed file shows, held against an agreement's list of fields. */

const BLANK: RecordFacts = {
  ...{ sourceRow: 1, role: 'child', birth: '', gender: 'unknown', ward: '', imdDecile: 0 },
  ...{ inArea: 'unknown', ethnicity: '', mainLanguage: '', sendOrDisability: 'unknown' },
  ...{ referralDate: '', startDate: '', endDate: '', referralSource: '', status: '' },
  ...{ contacts: null, lastContactDate: '', filled: null },
}

const made = (...names: string[]) =>
  Object.fromEntries(
    PSEUDONYM_COLUMNS.map(({ column }) => [column, { made: names.includes(column) ? 3 : 0 }]),
  )

test('facts show what any record says, and a blank, an unknown or a decile of 0 says nothing', () => {
  const shown = new ShownFacts()
  shown.add(BLANK)
  expect(shown.columns).toEqual([])
  shown.add({ ...BLANK, birth: '2020-04', contacts: 0 })
  shown.add({ ...BLANK, ethnicity: 'Z', contacts: 2 })
  expect([...shown.columns].sort()).toEqual(['birth', 'contacts', 'ethnicity'])
})

test('a fact or pseudonym is covered by each field that it can have come of', () => {
  const shown = { facts: ['birth', 'ward', 'contacts'], columns: made('nhs_number_pseudonym') }
  const usual = ['date_of_birth', 'postcode', 'contacts', 'nhs_number']
  expect(fieldsNotCovered(shown, usual)).toEqual([])
  expect(
    fieldsNotCovered(shown, ['carer_date_of_birth', 'postcode', 'attended', 'carer_nhs_number']),
  ).toEqual([])
  for (const field of usual) {
    expect(
      fieldsNotCovered(
        shown,
        usual.filter((other) => other !== field),
      ),
    ).toEqual([field])
  }
})

test('a pseudonym of several fields needs all of them, and one of a reference made of names those', () => {
  const birthPostcode = { facts: [], columns: made('birth_postcode_pseudonym') }
  expect(fieldsNotCovered(birthPostcode, ['last_name'])).toEqual(['date_of_birth', 'postcode'])
  const client = { facts: [], columns: made('client_pseudonym') }
  expect(fieldsNotCovered(client, ['first_name', 'last_name', 'date_of_birth'])).toEqual([])
  expect(fieldsNotCovered(client, ['first_name'])).toEqual(['client_ref'])
})

test('what every field covers is never refused, and everything is of some field but row and role', () => {
  const facts = RECORD_FACTS.map(({ column }) => column)
  const all = { facts, columns: made(...PSEUDONYM_COLUMNS.map(({ column }) => column)) }
  expect(fieldsNotCovered(all, PEOPLE_FIELD_NAMES)).toEqual([])
  for (const { column } of PSEUDONYM_COLUMNS) {
    expect(fieldsNotCovered({ facts: [], columns: made(column) }, [])).not.toEqual([])
  }
  const silent = facts.filter(
    (fact) => fieldsNotCovered({ facts: [fact], columns: {} }, []).length === 0,
  )
  expect(silent).toEqual(['source_row', 'role'])
})

test('says which in words of ours alone, whatever an address holds', () => {
  const { title } = wordsOf('hashed-not-covered', { fields: 'nhs_number your-bank postcode' })
  expect(title).toBe('The file holds what the agreement does not cover: NHS number, Postcode.')
})
