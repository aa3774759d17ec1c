import { expect, test } from 'vitest'
import {
  holdsPersonal,
  NO_REPORT_WORDS,
  paragraphsOf,
  reportProblems,
} from '#core/reports/report-words.ts'

test.each([
  'Ask ada@mail.example about it.',
  'The family of SW9 9SL came twice.',
  'Her NHS number is 999 000 0018.',
  'We rang 07700 900123.',
  'A girl, 12/05/2021, came.',
  'A girl (2021-05-12) came.',
  'A girl, 12.05.21, came.',
  'He was born on 3 May and came.',
  'DOB known for all but one.',
  'The child of 12 May 2019 came.',
  'The child of May 12th, 2019 came.',
  'The child of the 1st of Sept. 1990 came.',
])('takes what reads as if it held something of a person: %s', (text) => {
  expect(holdsPersonal(text, 2024)).toBe(true)
})

test.each([
  'We reached 1,234 people, 85 more than in 2023-24 and 2023/24.',
  'From 2023–2024 to 2024-2025 the share rose from 12.5% to 14%.',
  'The centre opened on 12 May 2024, and another on 3 June.',
  'Of 20 services 18 sent a file; 2 are late.',
  'May 2019 was before the programme.',
])('leaves what reports say: %s', (text) => {
  expect(holdsPersonal(text, 2024)).toBe(false)
})

test('names the sections that are not kept, and joins lines into paragraphs', () => {
  const words = { ...NO_REPORT_WORDS, summary: 'a@b.example', next: 'x'.repeat(6_001) }
  expect(reportProblems(words, 2024)).toEqual([
    { section: 'summary', code: 'report-personal' },
    { section: 'next', code: 'report-long' },
  ])
  expect(paragraphsOf('One\r\nline.\r\n\r\n  \nTwo.\n\n')).toEqual(['One line.', 'Two.'])
})
