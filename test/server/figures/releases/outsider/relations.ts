import { MEASURES, nameOf, type Difference, type Row } from './figures.ts'

/** least ≤ Σ sign · figure ≤ greatest. */
export interface Relation {
  readonly terms: readonly { readonly name: string; readonly sign: 1 | -1 }[]
  readonly least: number
  readonly greatest: number
}

/** What the figures of a table have to do with each other. */
interface Related {
  readonly relations: Relation[]
  readonly differences: Difference[]
}

const SPANS = ['quarter', 'year to date', 'since start']
const COUNTED = ['people', 'children', 'adults', 'families']

/** What docs/releases.md says of a table; of figures that it has, as `isThere` tells. */
export function relate(rows: readonly Row[], isThere: (name: string) => boolean): Related {
  const book = new Book(isThere)
  const tables = rows.filter((row) => row['breakdown'] === '')
  relatePlaces(book, tables)
  relateServices(book, tables)
  relateBreakdowns(book, rows)
  for (const row of tables) relateMeasures(book, row)
  relateTimes(book, rows)
  return { relations: book.relations, differences: book.differences }
}

class Book {
  readonly relations: Relation[] = []
  readonly differences: Difference[] = []
  readonly #isThere: (name: string) => boolean

  constructor(isThere: (name: string) => boolean) {
    this.#isThere = isThere
  }

  /** least ≤ Σ plus − Σ minus ≤ greatest, where all of them are there. */
  relate(plus: readonly string[], minus: readonly string[], least: number, greatest: number): void {
    if (![...plus, ...minus].every(this.#isThere)) return
    this.relations.push({
      terms: [
        ...plus.map((name) => ({ name, sign: 1 as const })),
        ...minus.map((name) => ({ name, sign: -1 as const })),
      ],
      ...{ least, greatest },
    })
  }

  sum(total: string, parts: readonly string[]): void {
    if (parts.length === 0 || ![total, ...parts].every(this.#isThere)) return
    this.relate([total], parts, 0, 0)
    for (const part of parts) this.differences.push({ whole: total, part })
  }

  /** Parts that overlap: each is within the total, and together they are all of it. */
  union(total: string, parts: readonly string[]): void {
    if (parts.length === 0 || ![total, ...parts].every(this.#isThere)) return
    this.relate(parts, [total], 0, Infinity)
    for (const part of parts) this.part(total, part)
  }

  part(whole: string, part: string): void {
    this.relate([whole], [part], 0, Infinity)
    this.differences.push({ whole, part })
  }
}

function relatePlaces(book: Book, tables: readonly Row[]): void {
  const groups = Map.groupBy(tables, (row) =>
    [row['quarter'], row['span'], row['service_code'], row['strand_code']].join('/'),
  )
  for (const of of groups.values()) {
    const at = (place: string): Row[] => of.filter((row) => row['place'] === place)
    const wards = of.filter((row) => row['ward_code'] !== '')
    const [area] = at('The programme’s area')
    const [everywhere] = at('Everywhere')
    if (area === undefined || everywhere === undefined) continue
    for (const measure of [...MEASURES, 'upper', 'doubtful']) {
      const names = (of: readonly Row[]): string[] => of.map((row) => nameOf(row, measure))
      book.sum(nameOf(area, measure), names([...wards, ...at('In the area, ward not known')]))
      book.sum(
        nameOf(everywhere, measure),
        names([area, ...at('Outside the area'), ...at('Address not known')]),
      )
    }
  }
}

function relateServices(book: Book, tables: readonly Row[]): void {
  const places = Map.groupBy(tables, (row) =>
    [row['quarter'], row['span'], row['place'], row['ward_code']].join('/'),
  )
  for (const of of places.values()) {
    const strands = of.filter((row) => row['strand_code'] !== '' && row['service_code'] === '')
    const [all] = of.filter((row) => row['strand_code'] === '' && row['service_code'] === '')
    const wholes: [Row, Row[]][] = strands.map((strand) => [
      strand,
      of.filter(
        (row) => row['service_code'] !== '' && row['strand_code'] === strand['strand_code'],
      ),
    ])
    if (all !== undefined) wholes.push([all, strands])
    for (const [whole, parts] of wholes) {
      const names = (measure: string): string[] => parts.map((row) => nameOf(row, measure))
      for (const measure of COUNTED) book.union(nameOf(whole, measure), names(measure))
      book.relate(names('doubtful'), [nameOf(whole, 'doubtful')], 0, 0)
      // Whoever is new to all is new to some of it.
      book.relate(names('new'), [nameOf(whole, 'new')], 0, Infinity)
    }
  }
}

function relateBreakdowns(book: Book, rows: readonly Row[]): void {
  const groups = Map.groupBy(
    rows.filter((row) => row['breakdown'] !== ''),
    (row) => [row['quarter'], row['span'], row['breakdown']].join('/'),
  )
  for (const of of groups.values()) {
    const [first] = of
    if (first === undefined) continue
    const everybody = { breakdown: '', value: '', place: 'Everywhere' }
    book.sum(
      nameOf(first, 'people', everybody),
      of.map((row) => nameOf(row, 'people')),
    )
  }
}

function relateMeasures(book: Book, row: Row): void {
  const name = (measure: string): string => nameOf(row, measure)
  book.union(name('people'), [name('children'), name('adults')])
  book.sum(name('people'), [name('new'), name('returning')])
  if (row['place'] === 'Everywhere') {
    book.relate([name('people')], [name('families')], 0, Infinity)
  }
  book.relate([name('people')], [name('lower')], 0, Infinity)
  book.relate([name('upper')], [name('people')], 0, Infinity)
  book.relate([name('people'), name('doubtful')], [name('upper')], 0, Infinity)
}

function relateTimes(book: Book, rows: readonly Row[]): void {
  const [quarterSpan = '', year = '', start = ''] = SPANS
  const quarters = [...new Set(rows.map((row) => row['quarter'] ?? ''))].sort()
  const firstYear = quarters[0]?.slice(0, 4)
  for (const row of rows.filter(({ span }) => span === quarterSpan)) {
    const quarter = row['quarter'] ?? ''
    const before = quarters[quarters.indexOf(quarter) - 1]
    const begins = before === undefined || quarter.endsWith('Q1')
    const isTable = row['breakdown'] === ''
    for (const measure of isTable ? COUNTED : ['people']) {
      const at = (span: string, of = quarter): string => nameOf(row, measure, { span, quarter: of })
      if (begins) book.relate([at(year)], [at(quarterSpan)], 0, 0)
      else book.union(at(year), [at(year, before), at(quarterSpan)])
      if (quarter.slice(0, 4) === firstYear) book.relate([at(start)], [at(year)], 0, 0)
      else {
        if (before !== undefined) book.part(at(start), at(start, before))
        if (isTable && row['place'] === 'Everywhere') book.part(at(start), at(year))
      }
    }
    if (!isTable) continue
    const people = (of: string): string => nameOf(row, 'people', { span: year, quarter: of })
    const newcomers = nameOf(row, 'new')
    book.relate([people(quarter)], [newcomers, ...(begins ? [] : [people(before)])], 0, 0)
  }
}
