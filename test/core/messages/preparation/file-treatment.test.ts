import { expect, test } from 'vitest'
import type { Mapping } from '#core/mapping/mapping.ts'
import { describeTreatment } from '#core/messages/preparation/file-treatment.ts'
import { writeTreatment } from '#core/messages/preparation/treatment-document.ts'
import { rememberMapping } from '#core/remembered/remember-mapping.ts'
import { describeRemembered } from '#core/remembered/remembered-in-words.ts'
import { wordDigests } from '#core/remembered/word-digests.ts'

const MAPPING: Mapping = {
  ...{ shape: 'person', sheet: 'Data', headerRow: 3 },
  preparation: {
    leaveOutMarked: ['struck'],
    fillDown: { asAbove: ['Postcode'] },
    filling: {
      version: 1,
      rules: [
        { kind: 'take-from', column: 'NHS', from: 'Old NHS' },
        {
          ...{ kind: 'look-up', column: 'Postcode', from: 'Centre' },
          words: [{ word: '<b>Library</b>', becomes: 'SW9 8AA' }],
        },
      ],
    },
    declined: ['register'],
  },
  columns: { client_ref: 'Ref', nhs_number: 'NHS', gender: 'Sex' },
  constants: { role: 'child' },
  values: { gender: { Lad: 'M', '?': '' } },
  split: { Name: ['first_name', 'last_name'] },
  join: { date_of_birth: ['Day', 'Month', 'Year'] },
}
const HEADER = ['Ref', 'Name', 'Day', 'Month', 'Year', 'Sex', 'NHS', 'Old NHS', 'Notes']

test('says in order everything that is done to a file', () => {
  const parts = describeTreatment(MAPPING, HEADER)
  expect(parts.map(({ title }) => title)).toEqual([
    'The file is read',
    'Rows that are not people are left out',
    'The rows are made one for each person',
    'Gaps are filled',
    'Columns are matched',
    'Words are given a meaning',
    'Names and numbers are replaced',
  ])
  const said = parts.flatMap(({ lines }) =>
    lines.flatMap(({ text, details }) => [text, ...details]),
  )
  for (const line of [
    'The sheet “Data” is read.',
    'The headings are in row 3.',
    'Leave out the rows that are struck out.',
    'Postcode',
    'It is a register: a column for each session: do not count these columns.',
    '“Name” gives first name and last name',
    '“Month” gives a part of date of birth',
    '“NHS” gives NHS number',
    'Role is “Child” in every row.',
    'Notes',
    '“Lad” means “Male”',
    '“?” means nothing',
  ])
    expect(said).toContain(line)
  expect(parts[3]?.lines.map(({ text }) => text)).toEqual([
    'Take what “Old NHS” has for “NHS” where it is blank.',
    'Look up what “Centre” says, and put what it stands for in “Postcode” where it is blank.',
  ])
})

test('a document holds what was typed as text, never as markup', () => {
  const parts = describeTreatment(MAPPING, HEADER)
  const html = writeTreatment({ serviceName: 'A & B "<i>"', since: 'Today', parts })
  expect(html).toContain('&lt;b&gt;Library&lt;/b&gt;')
  expect(html).toContain(
    '<title>What is done to the file of A &amp; B &quot;&lt;i&gt;&quot;</title>',
  )
  expect(html).not.toMatch(/<(?:b|i|script)>/)
})

test('says of a file that is gone no name, digest or sealed value', () => {
  const digests = wordDigests(new Uint8Array(32).fill(5))
  const { preparation } = MAPPING
  const rules = [
    ...(preparation?.filling?.rules ?? []),
    { kind: 'default', column: 'Notes', value: 'none' } as const,
  ]
  const mapping: Mapping = {
    ...MAPPING,
    preparation: { ...preparation, sheets: ['May', 'June'], filling: { version: 1, rules } },
  }
  const kept = describeRemembered(rememberMapping({ mapping, header: HEADER }, digests))
  const said = describeTreatment(kept.mapping, kept.header)
    .flatMap(({ lines }) => lines.flatMap(({ text, details }) => [text, ...details]))
    .join('\n')
  expect(said).toContain('The sheet that was chosen last time is read.')
  expect(said).toContain('The 2 sheets that were chosen last time are read as one table.')
  for (const word of ['Data', 'May', 'Lad', 'Old NHS', 'Library', 'SW9', 'none', 'a sheet'])
    expect(said).not.toContain(word)
  expect(said).not.toMatch(/[0-9a-f]{16}|\uE000/)
})
