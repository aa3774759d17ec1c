import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NumberList } from '#core/checks/number-list.ts'
import { ReferenceIndex } from '#core/checks/whole-file/reference-index.ts'
import { normaliseIdentifiers } from '#core/pseudonym/identifiers.ts'

const CONTEXT = {
  referenceDay: { year: 2024, month: 6, day: 30 },
  live: false,
  date1904: false,
  givenRole: '',
} as const
const BLANK = {
  clientRef: '',
  firstName: '',
  lastName: '',
  dateOfBirth: '',
  gender: '',
  nhsNumber: '',
  email: '',
  mobile: '',
  carerEmail: '',
  carerMobile: '',
  postcode: '',
}

function person(cells: Partial<typeof BLANK>) {
  return normaliseIdentifiers({ ...BLANK, ...cells }, CONTEXT)
}

test('numbers a hundred thousand references in the order they come, and finds each again', () => {
  const index = new ReferenceIndex()
  const reference = person({ clientRef: 'X' })
  const at = (n: number) => ({
    ...reference,
    components: {
      ...reference.components,
      clientRef: { value: `R${n}`, code: '', finding: '' } as const,
    },
  })
  for (let n = 0; n < 100_000; n++) expect(index.enter(at(n))).toBe(n)
  for (let n = 0; n < 100_000; n += 7) expect(index.enter(at(n))).toBe(n)
  expect(index.size).toBe(100_000)
  expect([index.isRepeated(7), index.isRepeated(8), index.disagrees(7)]).toEqual([
    true,
    false,
    false,
  ])
})

test('finds a disagreement in each thing that tells people apart, and none in what is blank', () => {
  const full = {
    clientRef: 'A',
    firstName: 'Amara',
    lastName: 'Okafor',
    dateOfBirth: '03/02/2021',
    gender: 'F',
    nhsNumber: '9434765919',
  }
  const differing: Partial<typeof BLANK>[] = [
    { firstName: 'Tom' },
    { lastName: 'Smith' },
    { dateOfBirth: '04/02/2021' },
    { gender: 'M' },
    { nhsNumber: '9990000018' },
  ]
  for (const change of differing) {
    const index = new ReferenceIndex()
    index.enter(person(full))
    index.enter(person({ ...full, ...change }))
    expect([change, index.disagrees(0)]).toEqual([change, true])
  }
  const agreeing: Partial<typeof BLANK>[] = [
    { firstName: '' },
    { lastName: '' },
    { dateOfBirth: '' },
    { gender: 'X' },
    { nhsNumber: '' },
    { email: 'a@b.org' },
    { firstName: 'AMARA' },
  ]
  for (const change of agreeing) {
    const index = new ReferenceIndex()
    index.enter(person(full))
    index.enter(person({ ...full, ...change }))
    expect([change, index.disagrees(0)]).toEqual([change, false])
  }
})

test('keeps numbers in order across the blocks of a list', () => {
  const list = new NumberList()
  for (let n = 0; n < 150_000; n++) list.push(n * 3)
  expect([list.length, list.at(0), list.at(65_536), list.at(149_999), list.at(150_000)]).toEqual([
    150_000, 0, 196_608, 449_997, 0,
  ])
  list.set(70_000, 1)
  list.set(150_000, 9)
  expect([list.at(70_000), list.at(150_000)]).toEqual([1, 0])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff_ffff })), (numbers) => {
      const filled = new NumberList()
      for (const number of numbers) filled.push(number)
      expect([...filled]).toEqual(numbers)
    }),
  )
})
