/**
 * Measures the decision over parts, without files or database: records a second in the typical
 * shape, and how a hostile part grows. `node bench/linkage.ts`
 */
import { decidePart } from '#core/linkage/decide-part.ts'
import { standingDecisions } from '#core/linkage/decisions.ts'
import type { LinkRecord } from '#core/linkage/part.ts'
import { POLICIES, type PolicyName } from '#core/linkage/policy.ts'
import { ofEachPseudonym } from '#core/pseudonym/kinds.ts'

const BLANK = {
  ward: '',
  epoch: 1,
  ...ofEachPseudonym(() => null),
} as const

/** A string as long as a stored pseudonym, fresh and flat each time as a database hands it over. */
function pseudonym(text: string): string {
  return Buffer.from(text.padEnd(36, '0')).toString('latin1')
}

/**
 * A family of three children and a mother over twelve quarters in three services: 60 records, a
 * dozen different.
 */
function family(number: number): LinkRecord[] {
  const records: LinkRecord[] = []
  for (let person = 0; person < 4; person++) {
    const isChild = person > 0
    const self = `${number}.${person}`
    for (let service = 0; service < 3; service++) {
      for (let quarter = 0; quarter < 5; quarter++) {
        const home = quarter < 3 ? 'old' : 'new'
        records.push({
          ...BLANK,
          id: records.length + 1,
          service: `service ${service}`,
          quarter: `202${Math.floor(quarter / 4)}-Q${(quarter % 4) + 1}`,
          submission: service * 10 + quarter,
          sourceRow: number * 4 + person,
          role: isChild ? 'child' : 'parent',
          birth: isChild ? `201${person}-03` : '1990',
          gender: person % 2 === 0 ? 'F' : 'M',
          ward: `ward ${home}`,
          nhsNumber: service === 1 ? null : pseudonym(`nhs ${self}`),
          child: isChild ? pseudonym(`child ${self}`) : null,
          childMobile: isChild ? pseudonym(`child-mobile ${self}`) : null,
          email: isChild ? null : pseudonym(`email ${number}`),
          carerEmail: isChild ? pseudonym(`email ${number}`) : null,
          mobile: isChild ? null : pseudonym(`mobile ${number}`),
          carerMobile: isChild ? pseudonym(`mobile ${number}`) : null,
          nameBirth: pseudonym(`name ${self}`),
          birthPostcode: pseudonym(`bp ${self} ${home}`),
          namePostcode: pseudonym(`np ${self} ${home}`),
          givenBirthPostcode: pseudonym(`gbp ${self} ${home}`),
          client: pseudonym(`client ${service} ${self}`),
          nameBirthSwapped: pseudonym(`name swapped ${self}`),
          nameBirthReversed: pseudonym(`name reversed ${self}`),
          soundBirth: pseudonym(`sound ${self}`),
        })
      }
    }
  }
  return records
}

type Shape = (index: number) => Partial<LinkRecord>

function months(index: number): string {
  return `${1920 + (Math.floor(index / 12) % 100)}-${String((index % 12) + 1).padStart(2, '0')}`
}

/** Parts as a careless or hostile file makes them. */
const HOSTILE: Readonly<Record<string, Shape>> = {
  'one client, every row another person': (index) => ({
    client: 'c',
    birth: months(index),
    nameBirth: `n${index}`,
  }),
  'one client, every row another NHS number': (index) => ({ client: 'c', nhsNumber: `N${index}` }),
  'one NHS number, every row another person': (index) => ({
    nhsNumber: 'N',
    birth: months(index),
    nameBirth: `n${index}`,
    client: `c${index}`,
  }),
  'one name in two wards': (index) => ({
    nameBirth: 'n',
    ward: `w${index % 2}`,
    client: `c${index}`,
  }),
  'one name and what others carry of it': (index) => ({
    nameBirth: index % 2 === 0 ? 'n' : `n${index}`,
    nameBirthReversed: index % 2 === 0 ? null : 'n',
    client: `c${index}`,
  }),
  'one birth and postcode in one service': (index) => ({
    service: 's',
    birthPostcode: 'b',
    nameBirth: `n${index}`,
    client: `c${index}`,
  }),
  'one own email of children': (index) => ({
    email: 'e',
    birth: months(index),
    nameBirth: `n${index % 99}`,
    client: `c${index}`,
  }),
  'a chain of families': (index) => ({
    role: index % 2 === 0 ? 'child' : 'parent',
    carerEmail: index % 2 === 0 ? `e${index >> 1}` : null,
    email: index % 2 === 0 ? null : `e${index >> 1}`,
    nhsNumber: `N${(index + 1) >> 2}`,
    client: `c${index}`,
  }),
}

function hostile(count: number, shape: Shape): LinkRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    ...BLANK,
    id: index + 1,
    service: `service ${index % 20}`,
    quarter: '2024-Q1',
    submission: 1,
    sourceRow: index + 1,
    role: 'child',
    birth: '',
    gender: 'unknown',
    ...shape(index),
  }))
}

/** Seconds of processor time, which others on the machine do not lengthen. */
function seconds(work: () => void): number {
  const start = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1_000_000
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function measure(policy: PolicyName): void {
  const options = {
    policy: POLICIES[policy],
    decisions: standingDecisions([]),
    sharedContacts: new Set<string>(),
  }
  const parts = Array.from({ length: 4000 }, (_, number) => family(number))
  const singles = parts.flat().slice(0, 100_000)
  const records = parts.reduce((sum, part) => sum + part.length, 0)
  const families = seconds(() => {
    for (const part of parts) decidePart(part, options)
  })
  const alone = seconds(() => {
    for (const record of singles) decidePart([record], options)
  })
  print(
    `${policy}: families ${rate(records, families)}, single records ${rate(singles.length, alone)}`,
  )
  for (const [name, shape] of Object.entries(HOSTILE)) {
    const times = [5000, 20_000].map((count) => {
      const part = hostile(count, shape)
      return seconds(() => decidePart(part, options)).toFixed(2)
    })
    print(`  ${name}: 5,000 rows ${times[0] ?? ''} s, 20,000 rows ${times[1] ?? ''} s`)
  }
}

function rate(count: number, time: number): string {
  return `${Math.round(count / time).toLocaleString('en-GB')} records/s`
}

measure('cautious')
measure('leap-2020')
