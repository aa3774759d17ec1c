import { measureReach, type UniqueFigures } from '#core/reach/measure.ts'
import type { CellGroup, Lattice, Measure, Span } from '#core/disclosure/lattice.ts'
import { isAspect } from '#core/disclosure/released-use.ts'
import { isReachedRecord, STRAND_OF, WARDS, type InventedRecord } from './invented-records.ts'
import { countUseLiterally } from './literal-use.ts'

/**
 * The lattice by its definition, cell by cell: choose the records that count, give everybody the
 * ward of the first contact, and measure them in memory. Slow and plain, to hold the fast way
 * against.
 */

type Placed = InventedRecord & { readonly familyPlace: string; readonly place: string }

/** The exact count of one cell. */
export function countLiterally(
  records: readonly InventedRecord[],
  group: CellGroup,
  quarter: string,
  span: Span,
  measure: Measure,
): number {
  if (isAspect(group.attribute)) {
    const { attribute } = group
    return countUseLiterally(records, { ...group, attribute }, quarter, span)
  }
  if (measure === 'new' || measure === 'returning') {
    if (span !== 'quarter') return 0
    const people = (of: Span, at: string): number =>
      countLiterally(records, group, at, of, 'people')
    const before = quarter.endsWith('Q1')
      ? 0
      : people('year', `${quarter.slice(0, 6)}${Number(quarter.slice(6)) - 1}`)
    const newcomers = people('year', quarter) - before
    return measure === 'new' ? newcomers : people('quarter', quarter) - newcomers
  }
  const reached = records.filter(isReachedRecord)
  const year = quarter.slice(0, 4)
  // Somebody's place, gender … is that of the first contact in the year, or of all when everything
  // is counted.
  const life =
    span === 'start' ? reached : reached.filter((record) => record.quarter.startsWith(year))
  const within = life.filter((record) =>
    span === 'quarter' ? record.quarter === quarter : record.quarter <= quarter,
  )
  const inScope = within.filter(
    ({ service }) =>
      group.scope === 'all' ||
      (group.scope === 'service' ? service : STRAND_OF[service]) === group.scopeCode,
  )
  if (group.attribute !== '') {
    if (measure !== 'people') return 0
    const people = new Set(
      inScope
        .filter(({ beneficiary }) => {
          const own = life.filter((record) => record.beneficiary === beneficiary)
          return (
            firstValue(own, (record) => attributeOf(record, group.attribute)) ===
            group.attributeValue
          )
        })
        .map(({ beneficiary }) => beneficiary),
    )
    return people.size
  }
  const placed = inScope.map((record): Placed => {
    const own = life.filter(({ beneficiary }) => beneficiary === record.beneficiary)
    const family = life.filter((other) => other.family !== null && other.family === record.family)
    return { ...record, place: firstPlace(own), familyPlace: firstPlace(family) }
  })
  const byPerson = placed.filter(({ place }) => liesIn(place, group))
  if (measure === 'doubtful') {
    return byPerson.filter(
      ({ lower }) =>
        new Set(reached.filter((other) => other.lower === lower).map(({ upper }) => upper)).size >
        1,
    ).length
  }
  const figures = (rows: readonly Placed[]): UniqueFigures =>
    measureReach(
      rows.map((row) => ({ ...row, ward: row.place, strand: STRAND_OF[row.service] ?? '' })),
      [],
    ).unique
  if (measure === 'families') {
    return figures(placed.filter(({ familyPlace }) => liesIn(familyPlace, group))).families
  }
  return figures(byPerson)[measure]
}

function liesIn(place: string, group: CellGroup): boolean {
  switch (group.place) {
    case 'everywhere':
      return true
    case 'area':
      return WARDS.includes(place) || place === ':area-unknown'
    case 'ward':
      return place === group.placeCode
    case 'outside':
    case 'unknown':
    case 'area-unknown':
      return place === `:${group.place}`
  }
}

function placeOf({ ward, inArea }: InventedRecord): string {
  if (ward !== null && WARDS.includes(ward)) return ward
  if (inArea === 'yes') return ':area-unknown'
  return inArea === 'no' || ward !== null ? ':outside' : ':unknown'
}

/**
 * The place at the first contact: of several records of that quarter one that says more, then by
 * service and place.
 */
function firstPlace(own: readonly InventedRecord[]): string {
  const silence = [':area-unknown', ':unknown']
  // ":outside" comes before every ward, as it does by number.
  return firstBy(
    own,
    placeOf,
    (place) => `${silence.indexOf(place) + 1}`,
    (place) => place,
  )
}

function firstValue(
  own: readonly InventedRecord[],
  value: (record: InventedRecord) => string,
): string {
  const youngestFirst = [...BANDS.map(([, code]) => code), '0'].reverse()
  return firstBy(
    own,
    value,
    (found) => (found === 'unknown' ? '1' : '0'),
    (found) => String.fromCharCode(65 + youngestFirst.indexOf(found)) + found,
  )
}

function firstBy(
  own: readonly InventedRecord[],
  value: (record: InventedRecord) => string,
  silence: (value: string) => string,
  order: (value: string) => string,
): string {
  const [first] = own
    .map((record) => {
      const found = value(record)
      return { found, key: `${record.quarter} ${silence(found)} ${record.service} ${order(found)}` }
    })
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return first?.found ?? ':unknown'
}

function attributeOf(record: InventedRecord, attribute: CellGroup['attribute']): string {
  if (attribute === 'gender') return record.gender
  if (attribute === 'ethnicity') return record.ethnicity ?? 'unknown'
  return ageBandOf(record)
}

const BANDS: readonly (readonly [first: number, code: string])[] = [
  [45, '45-'],
  [35, '35-44'],
  [25, '25-34'],
  [20, '20-24'],
  [16, '16-19'],
  [11, '11-15'],
  [5, '5-10'],
  [4, '4'],
  [3, '3'],
  [2, '2'],
  [1, '1'],
]

function ageBandOf({ birth, quarter }: InventedRecord): string {
  if (birth === null) return 'unknown'
  const ends = { Q1: '06', Q2: '09', Q3: '12', Q4: '03' }[quarter.slice(5)] ?? '06'
  const endYear = Number(quarter.slice(0, 4)) + (ends === '03' ? 1 : 0)
  const [year = 0, month] = birth.split('-').map(Number)
  const had = month === undefined || month <= Number(ends)
  const age = endYear - year - (had ? 0 : 1)
  return BANDS.find(([first]) => age >= first)?.[1] ?? '0'
}

/** The lattice's cells by name, for a message when two differ. */
export function cellWords(
  lattice: Lattice,
  group: number,
  quarter: string,
  span: Span,
  measure: Measure,
): string {
  const { scope, scopeCode, place, placeCode, attribute, attributeValue } = lattice.groups[
    group
  ] ?? {
    scope: '',
    scopeCode: '',
    place: '',
    placeCode: '',
    attribute: '',
    attributeValue: '',
  }
  return [
    scope,
    scopeCode,
    place,
    placeCode,
    attribute,
    attributeValue,
    quarter,
    span,
    measure,
  ].join(' ')
}
