import { expect, test } from 'vitest'
import { allStops, whatStops, type FileAnswers } from '#core/checks/what-stops.ts'
import type { FileFinding } from '#core/standard/finding.ts'

const FILE: FileFinding = {
  code: 'birth-month-first',
  field: 'date_of_birth',
  severity: 'file',
}
const MUST_FIX: FileFinding = { code: 'ref-missing', field: 'client_ref', severity: 'must-fix' }
const CONFIRM: FileFinding = { code: 'contacts-not-mapped', field: 'contacts', severity: 'confirm' }
const NOTE: FileFinding = { code: 'nhs-missing', field: 'nhs_number', severity: 'note' }
const ALL = [NOTE, CONFIRM, MUST_FIX, FILE]
const ANSWERED: FileAnswers = { leaveOut: true, confirmed: true, place: 'to-be-replaced' }
const OPEN: FileAnswers = { leaveOut: false, confirmed: false, place: 'taken' }

test('stops a file at the lowest rung: the file, rows to fix, what is to be confirmed, what it replaces', () => {
  expect(whatStops(ALL, OPEN)).toEqual({
    rung: 'file',
    code: 'birth-month-first',
    field: 'date_of_birth',
  })
  expect(whatStops([NOTE, CONFIRM, MUST_FIX], OPEN)?.code).toBe('must-fix')
  expect(whatStops([NOTE, CONFIRM], OPEN)?.code).toBe('to-confirm')
  expect(whatStops([NOTE], OPEN)?.code).toBe('replace-needed')
})

test('lets a file go on once every rung is answered for; a note asks for no answer', () => {
  expect(whatStops([NOTE, CONFIRM, MUST_FIX], ANSWERED)).toBeUndefined()
  expect(whatStops([NOTE], { leaveOut: false, confirmed: false })).toBeUndefined()
  expect(whatStops([], { leaveOut: false, confirmed: false, place: 'free' })).toBeUndefined()
})

test('no answer helps a file that a finding stops as a whole', () => {
  expect(whatStops(ALL, ANSWERED)?.rung).toBe('file')
})

test('takes confirmations one by one: each finding by code and field', () => {
  const other: FileFinding = { ...CONFIRM, field: 'attended', code: 'attended-not-mapped' }
  const confirmed = ({ code }: FileFinding): boolean => code === CONFIRM.code
  expect(whatStops([CONFIRM], { leaveOut: false, confirmed })).toBeUndefined()
  expect(whatStops([CONFIRM, other], { leaveOut: false, confirmed })?.code).toBe('to-confirm')
})

test('lists every rung that is still open, for a page that says what there is to do', () => {
  expect(allStops(ALL, OPEN).map(({ rung }) => rung)).toEqual([
    'file',
    'must-fix',
    'confirm',
    'replace',
  ])
  expect(allStops(ALL, { ...OPEN, leaveOut: true }).map(({ rung }) => rung)).toEqual([
    'file',
    'confirm',
    'replace',
  ])
  expect(allStops([NOTE], ANSWERED)).toEqual([])
})
