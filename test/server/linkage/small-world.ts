import fc from 'fast-check'
import type { Gender, Role } from '#core/standard/roles.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import {
  ofEachPseudonym,
  PSEUDONYM_COLUMNS,
  type Kind,
  type PseudonymField,
  type Pseudonyms,
} from '#core/pseudonym/kinds.ts'
import type { ReachCounting, ServiceUse } from '#core/reach/reached.ts'

/**
 * Files of a small and hostile programme: every value is drawn from a few, so that everything meets
 * everything. What a pseudonym is called here becomes a uuid in the store.
 */

export const SERVICES = ['s1', 's2', 's3'] as const
export const QUARTERS = ['2024-Q1', '2024-Q2', '2024-Q4'] as const satisfies readonly Quarter[]
/** Strand of each service. */
export const STRANDS: Readonly<Record<string, string>> = { s1: 'a', s2: 'b', s3: 'b' }
/** In a small population two carriers are many already. */
export const LIMITS = { own: 2, carer: 3 } as const

/** What one record of a file says; pseudonyms by name, null for blanks. */
export interface SaidRecord extends ServiceUse, Pseudonyms {
  readonly role: Role
  readonly birth: string
  readonly gender: Gender
  readonly ward: string
  readonly referralDate?: string
  readonly referralSource?: string
}

/** A file for one service and quarter: rows of one record, or of a child and its carer. */
export interface SaidFile {
  readonly service: string
  readonly quarter: Quarter
  readonly epoch: number
  readonly counting: ReachCounting
  readonly rows: readonly (readonly SaidRecord[])[]
}

const few = (kind: string, count = 3): fc.Arbitrary<string | null> =>
  fc.option(
    fc.integer({ min: 1, max: count }).map((value) => `${kind} ${value}`),
    { freq: 2 },
  )

const FIELDS = PSEUDONYM_COLUMNS.map(({ field }) => field)

const use = {
  status: fc.constantFrom('', 'active', 'active', 'completed', 'waiting', 'declined'),
  contacts: fc.constantFrom(null, 0, 1, 1, 3),
  startDate: fc.constantFrom('', '2024-02-01', '2024-06-30', '2024-10-01'),
  endDate: fc.constantFrom('', '', '2024-03-31', '2024-04-01', '2025-03-31'),
}

/** Of how many values a kind is drawn, where it is not five. */
const VALUES: Partial<Record<Kind, number>> = { child: 4, 'child-mobile': 4, 'name-birth': 7 }

const hostileRecord: fc.Arbitrary<SaidRecord> = fc.record({
  role: fc.constantFrom<Role[]>('child', 'child', 'parent', 'adult'),
  birth: fc.constantFrom('', '2015-03', '2015-03', '2015-04', '2015', '2014-03'),
  gender: fc.constantFrom<Gender[]>('M', 'F', 'F', 'X', 'unknown'),
  ward: fc.constantFrom('', 'w1', 'w2'),
  ...ofEachPseudonym(({ kind }) => few(kind, VALUES[kind] ?? 5)),
  client: fc.integer({ min: 1, max: 5 }).map((value) => `client ${value}`),
  ...use,
})

/** Says little, so that parts stay small and bridges between them come and go. */
const sparseRecord: fc.Arbitrary<SaidRecord> = fc
  .tuple(
    hostileRecord,
    fc.subarray(FIELDS, { minLength: FIELDS.length - 3, maxLength: FIELDS.length - 1 }),
    fc.nat(30),
  )
  .map(([record, blank, client]) => {
    const said: { -readonly [Field in keyof SaidRecord]: SaidRecord[Field] } = { ...record }
    for (const field of blank) said[field] = null
    return { ...said, client: `client ${client}` }
  })

const BLANK = {
  role: 'child',
  status: 'active',
  contacts: 1,
  startDate: '',
  endDate: '',
  birth: '',
  gender: 'unknown',
  ward: '',
  ...ofEachPseudonym(() => null),
} as const

/** A record that says this and nothing else; reached, unless it says otherwise. */
function said(own: Partial<SaidRecord>): SaidRecord {
  return { ...BLANK, ...own }
}

/** A file of rows of one record each. */
export function fileOf(
  service: string,
  quarter: Quarter,
  records: readonly Partial<SaidRecord>[],
): SaidFile {
  const rows = records.map((own) => [said(own)])
  return { service, quarter, epoch: 1, counting: 'contacts', rows }
}

/**
 * Says of itself hardly more than how it is reached: nothing but a contact brings it together with
 * others, until that is shared.
 */
const reachedByContact: fc.Arbitrary<SaidRecord> = fc
  .record({
    contact: fc.integer({ min: 1, max: 4 }),
    as: fc.constantFrom('own email', 'own email', 'own mobile', 'carer email', 'carer mobile'),
    name: fc.option(fc.integer({ min: 1, max: 20 })),
    client: fc.nat(30),
    ...use,
  })
  .map(({ contact, as, name, client, ...own }) => {
    const child = as.startsWith('carer')
    const given = name === null ? null : `name alone ${name}`
    return {
      ...BLANK,
      role: child ? ('child' as const) : ('adult' as const),
      ward: 'w1',
      nameBirth: given,
      email: as === 'own email' ? `email ${contact}` : null,
      mobile: as === 'own mobile' ? `mobile ${contact}` : null,
      carerEmail: as === 'carer email' ? `email ${contact}` : null,
      carerMobile: as === 'carer mobile' ? `mobile ${contact}` : null,
      child: as === 'carer email' ? `child of email ${contact}` : null,
      childMobile: as === 'carer mobile' ? `child of mobile ${contact}` : null,
      client: `client ${client}`,
      ...own,
    }
  })

/** How a service writes a name and a birth that it has right. */
type Written = 'plain' | 'reversed' | 'swapped' | 'double' | 'spelt'

/** Name with birth, what others could have it as, and the sound of it. */
function namesOf(of: { given: string; last: string; birth: string; written: Written }): {
  readonly [Field in PseudonymField]?: string | null
} {
  const { given, last, birth, written } = of
  const surname = {
    ...{ plain: last, reversed: last, swapped: last },
    ...{ double: `${last}-Jones`, spelt: `${last} spelt` },
  }[written]
  const [first, end] = written === 'reversed' ? [surname, given] : [given, surname]
  const [day, other] = written === 'swapped' ? ['5/3', '3/5'] : ['3/5', '5/3']
  const name = (one: string, two: string, on: string): string =>
    `name ${one}, ${two} ${birth} ${on}`
  return {
    nameBirth: name(first, end, day),
    nameBirthSwapped: name(first, end, other),
    nameBirthReversed: name(end, first, day),
    nameBirthSurnameFirst: written === 'double' ? name(first, last, day) : null,
    nameBirthSurnameLast: written === 'double' ? name(first, 'Jones', day) : null,
    soundBirth: `sound ${given} ${last} ${birth} ${day}`,
  }
}

/**
 * Somebody of one of a few families as a service wrote them down: most say nearly all, and little
 * of it wrong.
 */
const realisticRecord: fc.Arbitrary<SaidRecord> = fc
  .record({
    family: fc.integer({ min: 1, max: 4 }),
    given: fc.integer({ min: 1, max: 3 }),
    birth: fc.constantFrom('2015-03', '2015-03', '2016-09', '1990', '2008'),
    gender: fc.constantFrom<('M' | 'F')[]>('M', 'F'),
    withNhs: fc.boolean(),
    withContacts: fc.boolean(),
    moved: fc.constantFrom(false, false, false, true),
    surname: fc.constantFrom('', '', '', ' married'),
    written: fc.constantFrom<Written[]>('plain', 'plain', 'reversed', 'swapped', 'double', 'spelt'),
    client: fc.integer({ min: 1, max: 12 }),
    ...use,
  })
  .map(
    ({ family, given, birth, gender, withNhs, withContacts, moved, surname, client, ...drawn }) => {
      const { written, ...own } = drawn
      const isAdult = birth.length === 4
      const home = `${family}${moved ? ' new' : ''}`
      const name = `${given} ${family}${surname}`
      const mail = withContacts ? `email of ${family}` : null
      const tel = withContacts ? `mobile of ${family}` : null
      return {
        ...BLANK,
        role: isAdult ? ('parent' as const) : ('child' as const),
        birth: written === 'swapped' ? birth.replace(/-..$/, '-05') : birth,
        gender,
        ward: moved ? 'w2' : 'w1',
        nhsNumber: withNhs ? `nhs ${name} ${birth} ${gender}` : null,
        child: isAdult || mail === null ? null : `child ${family} ${birth} ${gender} ${given}`,
        childMobile: isAdult || tel === null ? null : `cm ${family} ${birth} ${gender} ${given}`,
        email: isAdult ? mail : null,
        carerEmail: isAdult ? null : mail,
        mobile: isAdult ? tel : null,
        carerMobile: isAdult ? null : tel,
        ...namesOf({ given: `${given}`, last: `${family}${surname}`, birth, written }),
        birthPostcode: `bp ${family}${surname} ${birth} ${home}`,
        namePostcode: `np ${name} ${home}`,
        givenBirthPostcode: `gbp ${given} ${birth} ${home}`,
        client: `client ${client}`,
        ...own,
      }
    },
  )

const carerOf = (child: SaidRecord, carer: SaidRecord): SaidRecord[] => [
  { ...child, role: 'child' },
  { ...carer, role: 'parent', client: child.client === null ? null : `${child.client}#CARER` },
]

const rowOf = (said: fc.Arbitrary<SaidRecord>): fc.Arbitrary<readonly SaidRecord[]> =>
  fc.oneof(
    { weight: 3, arbitrary: said.map((record) => [record]) },
    { weight: 1, arbitrary: fc.tuple(said, said).map(([child, carer]) => carerOf(child, carer)) },
  )

const rows = (most: number): fc.Arbitrary<(readonly SaidRecord[])[]> =>
  fc.oneof(
    fc.array(rowOf(hostileRecord), { minLength: 1, maxLength: most }),
    fc.array(rowOf(sparseRecord), { minLength: 1, maxLength: 2 * most }),
    fc.array(rowOf(reachedByContact), { minLength: 1, maxLength: most }),
    fc.array(rowOf(realisticRecord), { minLength: 1, maxLength: most }),
  )

/**
 * Any file for any place. No value of one epoch equals a value of another: they are made with
 * different keys.
 */
export const files = (most = 6): fc.Arbitrary<SaidFile> =>
  fc
    .record({
      service: fc.constantFrom(...SERVICES),
      quarter: fc.constantFrom<Quarter[]>(...QUARTERS),
      epoch: fc.constantFrom(1, 1, 1, 1, 1, 2),
      counting: fc.constantFrom<ReachCounting[]>('contacts', 'active-enrolment'),
      rows: rows(most),
    })
    .map((file) => ({
      ...file,
      rows: file.rows.map((row) => row.map((record) => ofPlace(record, file))),
    }))

/** A client reference is one service's own, and a pseudonym one epoch's. */
function ofPlace(
  record: SaidRecord,
  { service, epoch }: { service: string; epoch: number },
): SaidRecord {
  const client = record.client === null ? null : `${service} ${record.client}`
  const made: Record<PseudonymField, string | null> = { ...record, client }
  if (epoch === 1) return { ...record, ...made }
  for (const field of FIELDS) {
    const value = made[field]
    made[field] = value === null ? null : `${value} of epoch ${epoch}`
  }
  return { ...record, ...made }
}

/** One file for every service and quarter, whose people used the services in the ways that are drawn. */
export function usedInWays(uses: fc.Arbitrary<Partial<SaidRecord>>): fc.Arbitrary<SaidFile[]> {
  return fc
    .tuple(
      ...SERVICES.flatMap((service) =>
        QUARTERS.map((quarter) => files(6).map((file) => ({ ...file, service, quarter }))),
      ),
    )
    .chain((drawn) =>
      fc.array(uses, { minLength: 40, maxLength: 40 }).map((ways) =>
        drawn.map((file, at) => ({
          ...file,
          rows: file.rows.map((row, index) =>
            row.map((record, side) => ({
              ...record,
              ...ways[(at * 7 + index * 3 + side) % ways.length],
            })),
          ),
        })),
      ),
    )
}
