import fc from 'fast-check'
import type { Decision, LinkRecord } from '#core/linkage/part.ts'
import { ALTERNATES, ofEachPseudonym, type Kind } from '#core/pseudonym/kinds.ts'
import type { Role } from '#core/standard/roles.ts'

/**
 * Small populations for properties: realistic ones, people with records that say more or less of
 * them, and hostile ones, where every value is drawn from a few so that everything meets
 * everything.
 */

const few = (kind: string, count = 3): fc.Arbitrary<string | null> =>
  fc.option(
    fc.integer({ min: 1, max: count }).map((value) => `${kind}${value}`),
    { freq: 2 },
  )

/** Of how many values a kind is drawn, where it is not three. */
const VALUES: Partial<Record<Kind, number>> = {
  child: 2,
  'child-mobile': 2,
  'name-birth': 4,
  'birth-postcode': 2,
  'name-postcode': 2,
  'given-birth-postcode': 2,
  'sound-birth': 3,
}

const roles = fc.constantFrom<Role[]>('child', 'child', 'parent', 'adult')
const births = fc.constantFrom('', '2015-03', '2015-03', '2015-04', '2015', '2014-03', '2003-03')
const genders = fc.constantFrom<('M' | 'F' | 'X' | 'unknown')[]>('M', 'F', 'F', 'X', 'unknown')
const quarters = fc.constantFrom('2024-Q1', '2024-Q2', '2024-Q3')
const services = fc.constantFrom('s1', 's2', 's3')

/** A record that may say anything; `id` and the row follow from its place. */
const hostileRecord = fc.record({
  service: services,
  quarter: quarters,
  submission: fc.integer({ min: 1, max: 2 }),
  sourceRow: fc.integer({ min: 1, max: 6 }),
  role: roles,
  birth: births,
  gender: genders,
  ward: fc.constantFrom('', 'w1', 'w2'),
  epoch: fc.constantFrom(1, 1, 1, 1, 1, 1, 2),
  ...ofEachPseudonym(({ kind }) => few(kind, VALUES[kind] ?? 3)),
  client: fc.integer({ min: 1, max: 6 }).map((value) => `client${value}`),
})

/** What a record keeps of its person, and what it gets wrong; most say nearly all. */
const slips = fc.record({
  service: services,
  quarter: quarters,
  withoutNhs: fc.boolean(),
  withoutContacts: fc.boolean(),
  withoutPostcode: fc.boolean(),
  moved: fc.boolean(),
  surname: fc.constantFrom(0, 0, 0, 1),
  wrongDay: fc.constantFrom(false, false, false, true),
  written: fc.constantFrom(
    ...([
      'plain',
      'plain',
      'plain',
      'plain',
      'reversed',
      'swapped',
      'double',
      'otherwise',
    ] as const),
  ),
  blank: fc.constantFrom(false, false, false, false, true),
})

const person = fc.record({
  family: fc.integer({ min: 0, max: 2 }),
  twinOf: fc.boolean(),
  given: fc.integer({ min: 0, max: 2 }),
  birth: fc.constantFrom('2015-03', '2015-04', '1990', '2008'),
  gender: fc.constantFrom<('M' | 'F')[]>('M', 'F'),
  rows: fc.array(slips, { minLength: 1, maxLength: 4 }),
})

/** Families of up to a few people, with what services make of them. */
const realistic = fc.array(person, { minLength: 1, maxLength: 6 }).map((people) =>
  people.flatMap((own, index) =>
    own.rows.map((row) => {
      const adult = own.birth.length === 4
      const given = `${own.given}`
      const day = row.written === 'swapped' ? '04' : '05'
      const isSwapped = row.written === 'swapped'
      const month = isSwapped ? own.birth.replace(/-03$/, '-05') : own.birth
      const birth = `${own.birth} ${day}${row.wrongDay ? ' wrong' : ''}`
      const surname = `${own.family}${row.surname === 1 ? ' married' : ''}`
      const plain = `${given}, ${surname}`
      const name = {
        ...{ plain, swapped: plain, reversed: `${surname}, ${given}` },
        ...{ double: `${plain}-Jones`, otherwise: `${given}, ${surname} spelt` },
      }[row.written]
      const otherDay = `${own.birth} ${isSwapped ? '05' : '04'}${row.wrongDay ? ' wrong' : ''}`
      const home = `${own.family}${row.moved ? ' new' : ''}`
      const contact = row.withoutContacts ? null : `${own.family}`
      const named = !row.blank
      const place = named && !row.withoutPostcode
      return {
        service: row.service,
        quarter: row.quarter,
        submission: 1,
        sourceRow: index + 1,
        role: adult ? ('parent' as const) : ('child' as const),
        birth: month,
        gender: own.gender,
        ward: row.withoutPostcode ? '' : `w${home}`,
        epoch: 1,
        ...ofEachPseudonym((): string | null => null),
        nhsNumber: row.withoutNhs ? null : `nhs${index}`,
        child:
          !adult && contact !== null && named ? `child ${contact} ${birth} ${own.gender}` : null,
        childMobile:
          !adult && contact !== null && named ? `cm ${contact} ${birth} ${own.gender}` : null,
        email: adult && contact !== null ? `${contact} mail` : null,
        carerEmail: !adult && contact !== null ? `${contact} mail` : null,
        mobile: adult && contact !== null ? `${contact} tel` : null,
        carerMobile: !adult && contact !== null ? `${contact} tel` : null,
        nameBirth: named ? `${name} ${birth}` : null,
        nameBirthSwapped: named ? `${name} ${otherDay}` : null,
        nameBirthReversed: named
          ? `${row.written === 'reversed' ? plain : `${surname}, ${given}`} ${birth}`
          : null,
        nameBirthSurnameFirst: named && row.written === 'double' ? `${plain} ${birth}` : null,
        soundBirth: named ? `sound ${given} ${surname} ${birth}` : null,
        birthPostcode: place ? `bp ${own.family} ${birth} ${home}` : null,
        namePostcode: place ? `np ${name} ${home}` : null,
        givenBirthPostcode: place ? `gbp ${given} ${birth} ${home}` : null,
        client: `${row.service} ${index}`,
      }
    }),
  ),
)

const hostile = fc.array(hostileRecord, { minLength: 1, maxLength: 14 })

/** Records whose ids are their places from 1, as a hostile or a real programme might send them. */
export const populations: fc.Arbitrary<LinkRecord[]> = fc
  .oneof(hostile, realistic)
  .map((drawn) => drawn.map((record, index) => ({ id: index + 1, ...record })).map(inEpoch))
  .map((drawn) => drawn.map(withoutOwn))

/** No alternate is what the record carries as its own, and there is none without that. */
function withoutOwn(record: LinkRecord): LinkRecord {
  const none = ALTERNATES.filter(
    ({ field, alternateOf }) =>
      record[alternateOf] === null || record[field] === record[alternateOf],
  )
  return { ...record, ...Object.fromEntries(none.map(({ field }) => [field, null])) }
}

/** No value of one epoch equals a value of another: they are made with different keys. */
function inEpoch(record: LinkRecord): LinkRecord {
  return record.epoch === 1 ? record : rekey(record, (value) => `${value} of epoch ${record.epoch}`)
}

/** The record with every pseudonym, ward and service name as another string; equal stays equal. */
export function rekey(record: LinkRecord, change: (value: string) => string): LinkRecord {
  const changed = (value: string | null): string | null => (value === null ? null : change(value))
  return { ...record, ...ofEachPseudonym(({ field }) => changed(record[field])) }
}

interface Drawn {
  readonly kind: 'same' | 'different' | 'nhs-wrong'
  readonly left: number
  readonly right: number
}

/** What a reviewer may say about the records of a population. */
export const reviews: fc.Arbitrary<readonly Drawn[]> = fc.array(
  fc.record({
    kind: fc.constantFrom<Drawn['kind'][]>('same', 'different', 'nhs-wrong'),
    left: fc.nat(20),
    right: fc.nat(20),
  }),
  { maxLength: 3 },
)

/** Decisions about records of the population, as a reviewer would have made them. */
export function decisionsAbout(of: readonly LinkRecord[], drawn: readonly Drawn[]): Decision[] {
  return drawn.flatMap(({ kind, left, right }, order): Decision[] => {
    const [a, b] = [of[left % of.length], of[right % of.length]]
    if (a === undefined || b === undefined) return []
    const sides = [a, b].map(({ client, birth, gender, nameBirth }) => ({
      client: client ?? '',
      birth,
      gender,
      nameBirth,
    }))
    const [one, other] = sides
    if (one === undefined || other === undefined) return []
    if (kind !== 'nhs-wrong') return [{ kind, left: one, right: other, order }]
    return a.nhsNumber === null ? [] : [{ kind, left: one, nhsNumber: a.nhsNumber, order }]
  })
}
