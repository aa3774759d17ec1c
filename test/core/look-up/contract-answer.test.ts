import { expect, test } from 'vitest'
import { z } from 'zod'
import type { AnswerRow } from '#core/look-up/asking/answer.ts'
import type { Involvement } from '#core/look-up/rules/decide-shown.ts'
import { CONTRACT } from '#core/look-up/contract/contract.ts'
import {
  detailService,
  readPersonId,
  summariseService,
} from '#core/look-up/contract/contract-answer.ts'
import { FEED_KINDS, type FeedKind } from '#core/standard/feeds/feed-kinds.ts'

const INVOLVED: Involvement = {
  ...{ state: 'current', startDate: '2023-01-09', lastDate: '2024-06-01', endDate: '' },
  staff: { name: 'Sam Carter', role: 'teacher', phone: '020 7946 0123', email: '', team: '' },
  details: {},
}

function row(
  kind: FeedKind,
  opened: readonly Involvement[] | null,
  asOf = '2024-06-19',
): AnswerRow {
  return {
    source: {
      ...{ code: kind, name: 'A source', provider: 'An organisation', kind, area: 'Northbank' },
      ...{ coverage: { from: '2020-01-01', to: null }, noRecord: 'Elsewhere.', asOf },
    },
    ...{ shown: opened === null ? 'none' : 'records', isStale: false, opened },
  }
}

const { schema } =
  CONTRACT.paths['/api/person/detail/{personId}/service/{serviceType}'].get.responses[200].content[
    'application/json'
  ]
const DETAIL = z.fromJSONSchema(
  JSON.parse(JSON.stringify(schema)) as Parameters<typeof z.fromJSONSchema>[0],
)

test('summarises a source with its days, and no end where there is none', () => {
  expect(summariseService(row('school', [INVOLVED]))).toEqual({
    ...{ id: 'school', title: 'A source', dataSource: 'An organisation' },
    ...{ lastSynchronised: '2024-06-19T00:00:00Z', coverageStartDate: '2020-01-01' },
    recordsAvailable: true,
  })
  const none = row('school', null)
  const ended = { ...none.source, asOf: null, coverage: { from: '2020-01-01', to: '2024-01-31' } }
  expect(summariseService({ ...none, source: ended })).toEqual({
    ...{ id: 'school', title: 'A source', dataSource: 'An organisation' },
    ...{ coverageStartDate: '2020-01-01', coverageEndDate: '2024-01-31', recordsAvailable: false },
  })
})

test('leaves blanks out, and titles what it says', () => {
  const school = { school_name: 'Hilltop', admission_type: 'off_site' }
  expect(detailService(row('school', [{ ...INVOLVED, details: school }]))).toMatchObject({
    schema: { properties: { schoolName: { title: 'School name', type: 'string' } } },
    data: {
      ...{ serviceInvolvement: 'current', schoolName: 'Hilltop', admissionType: 'Off site' },
      contact: { name: 'Sam Carter', phone: '020 7946 0123', role: 'Teacher' },
    },
  })
  const plain = detailService(row('school', [INVOLVED]))
  expect(Object.keys(plain?.data ?? {})).toEqual([
    ...['serviceInvolvement', 'contact', 'startDateOfLastInvolvement'],
    'dateOfMostRecentInteraction',
  ])
})

test('says of housing open or closed, and nothing of what never was', () => {
  const details = { eviction: 'no', rent_arrears: 'open', anti_social_behaviour: 'closed' }
  const { data = {} } = detailService(row('housing', [{ ...INVOLVED, details }])) ?? {}
  expect(data).toMatchObject({ rentArrears: 'open', antiSocialBehaviour: 'closed' })
  expect(data).not.toHaveProperty('eviction')
})

test('lists offences of police in the contract’s words', () => {
  const details = {
    ...{ police_area: 'Central South', safeguarding_offences: 'yes', other_offences: 'no' },
    ...{ offence_1_date: '2023-02-14', offence_1_type: 'domestic_abuse' },
    ...{ offence_1_standing: 'suspect', offence_2_type: 'drugs' },
  }
  const police = detailService(row('police', [{ ...INVOLVED, details }]))
  expect(police).toMatchObject({
    schema: { properties: { offences: { type: 'array' }, contact: { type: 'object' } } },
    data: {
      ...{ serviceInvolvement: 'yes', policeStation: 'Central South' },
      offences: [
        {
          ...{ dateOfOffence: '2023-02-14', typeOfOffence: 'Domestic abuse' },
          natureOfInvolvement: 'Suspected',
        },
        { typeOfOffence: 'Drugs' },
      ],
    },
  })
  expect(police?.data).not.toHaveProperty('offence1Date')
})

test('has the first involvement for what is asked, and further ones beside it', () => {
  const ended: Involvement = { ...INVOLVED, state: 'historic', endDate: '2022-01-01' }
  const { data } = detailService(row('school', [INVOLVED, ended])) ?? {}
  expect(data).toMatchObject({
    serviceInvolvement: 'current',
    furtherInvolvements: [{ serviceInvolvement: 'historic', endDate: '2022-01-01' }],
  })
})

test.each(FEED_KINDS)(
  'of %s is what the contract says, and nothing where nothing was opened',
  (kind) => {
    expect(DETAIL.parse(detailService(row(kind, [INVOLVED])))).toMatchObject({
      summary: { id: kind },
    })
    expect(detailService(row(kind, null))).toBeUndefined()
    expect(detailService(row(kind, []))).toBeUndefined()
  },
)

test.each([
  ['LU-2222-2222-2.1', { reference: 'LU-2222-2222-2', person: 1 }],
  ['LU-2222-2222-2.10', { reference: 'LU-2222-2222-2', person: 10 }],
  ['LU-2222-2222-2.100', { reference: 'LU-2222-2222-2', person: 100 }],
  ['LU-2222-2222-2.101', undefined],
  ['LU-2222-2222-2', undefined],
  ['LU-2222-2222-2.0', undefined],
  ['lu-2222.1', undefined],
  ['4711', undefined],
  [`${'A'.repeat(21)}.1`, undefined],
])('reads %s as a person', (text, person) => {
  expect(readPersonId(text)).toEqual(person)
})
