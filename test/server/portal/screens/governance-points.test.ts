import { expect, test } from 'vitest'
import type { Agreement, RegisteredService } from '#server/programme/register/agreements.ts'
import { agreementOn, pointsOf } from '#server/portal/screens/governance-points.ts'

/** What whoever leads on governance is told to look at. */

const NOW = new Date('2026-11-30T10:00:00Z')

const agreement = (facts: Partial<Agreement> = {}): Agreement => ({
  ...{ id: '1', from: '2026-04-01', to: null, endedOn: null, demonstration: false },
  ...{ controller: 'The council', reference: 'DSA-1', assessment: 'DPIA-1', documentDigest: '' },
  ...{ lawfulBasis: 'Public task', gateway: null, privacyNotice: 'https://council.example/notice' },
  ...{ purposes: [], fields: [] },
  ...facts,
})

const service = (name: string, ...agreements: readonly Agreement[]): RegisteredService => ({
  ...{ code: name.toLowerCase(), name, strandName: 'Play', providerName: 'A charity' },
  ...{ reachedBy: 'contacts', acceptsClear: false, agreements },
})

const officer = { code: 'officer', name: 'Officer', people: 1, withExact: 0, rights: [] } as const

function pointsFor(
  services: readonly RegisteredService[],
  rest: Partial<Parameters<typeof pointsOf>[0]> = {},
): (string | readonly string[])[][] {
  const scanner = { state: 'answers' } as Parameters<typeof pointsOf>[0]['scanner']
  return pointsOf({ services, roles: [officer], scanner, ...rest }, NOW).map((point) => [
    point.text,
    point.services,
  ])
}

test('nothing, where every agreement is whole and runs on', () => {
  expect(pointsFor([service('One', agreement())])).toEqual([])
})

test('services without an agreement in force, and those whose agreement ends soon or lacks something', () => {
  const points = pointsFor([
    service('Over', agreement({ to: '2026-11-29' })),
    service('Ended', agreement({ to: '2027-11-29', endedOn: '2026-11-01' })),
    service('Last', agreement({ to: '2026-11-30' })),
    service('Bare', agreement({ controller: '', lawfulBasis: null, assessment: '' })),
    service('Later', agreement({ from: '2026-12-01' }), agreement({ to: '2026-11-30' })),
  ])
  expect(points).toEqual([
    ['No agreement is in force, so nothing of theirs is processed', ['Over', 'Ended']],
    ['The agreement ends within 90 days', ['Last', 'Later']],
    ['The agreement names no controller', ['Bare']],
    ['The agreement names no lawful basis', ['Bare']],
    ['The agreement names no impact assessment', ['Bare']],
  ])
})

test('nobody who answers people, and files that no scanner reads', () => {
  const scanner = { state: 'none' } as Parameters<typeof pointsOf>[0]['scanner']
  expect(pointsFor([], { roles: [{ ...officer, people: 0 }], scanner })).toEqual([
    ['Nobody here answers people who ask about their own data', []],
    ['Files are read without a virus scan: no scanner is set up', []],
  ])
})

test('the agreement of a day is the newest that is in force on it, not one that begins later', () => {
  const later = agreement({ id: '2', from: '2027-01-01' })
  const now = agreement({ id: '1' })
  expect(agreementOn({ agreements: [later, now] }, '2026-12-31')?.id).toBe('1')
  expect(agreementOn({ agreements: [later, now] }, '2027-01-01')?.id).toBe('2')
  expect(agreementOn({ agreements: [later] }, '2026-12-31')).toBeUndefined()
})
