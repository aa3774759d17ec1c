/**
 * Files of how many people of each age live in wards: the programme's own columns, or the ward sheet of the mid-year population
 * estimates of the Office for National Statistics, saved as CSV. Source of its columns: “Ward-level population estimates
 * (official statistics in development)”, sheet “Mid-YYYY Ward YYYY”: Ward YYYY Code, Total, F0 … F90, M0 … M90.
 */

/** How many people of one age lived in a ward in the middle of a year; 90 is 90 and over. */
export interface WardAge {
  readonly ward: string
  readonly year: number
  readonly age: number
  readonly people: number
}

/** A ward of the programme, by what files may call it. */
export interface NamedWard {
  readonly code: string
  readonly name: string
  readonly gss: readonly string[]
}

/** What a file came to, or what is the matter with it, a line each. */
export type PopulationFile =
  | {
      readonly ok: true
      readonly people: readonly WardAge[]
      readonly years: readonly number[]
      /** Rows of wards that are not the programme's. */
      readonly others: number
      /** Codes of the programme's wards that the file has nothing of. */
      readonly missing: readonly string[]
    }
  | { readonly ok: false; readonly problems: readonly string[] }

/** The columns of the programme's own form. */
export const POPULATION_COLUMNS = ['ward', 'year', 'age', 'people'] as const

const OLDEST = 90
const AGES = Array.from({ length: OLDEST + 1 }, (_, age) => age)
/** Notes stand above the headings of the sheet. */
const MOST_NOTES = 20

/** A row of either form: where it stands, which ward it names, and its cells by year and age. */
interface Line {
  readonly row: number
  readonly ward: string
  readonly year: string
  readonly cells: readonly (readonly [age: string, people: string])[]
}

/**
 * Reads rows of a population file, the headings among the first. `year` is that of a sheet of the ONS, which does not say it in a
 * column. What is wrong is told by row, counted as a spreadsheet counts them.
 */
export function readPopulations(
  rows: readonly (readonly string[])[],
  wards: readonly NamedWard[],
  year?: number,
): PopulationFile {
  const at = rows.slice(0, MOST_NOTES).findIndex((row) => headOf(row) !== undefined)
  const head = headOf(rows[at] ?? [])
  if (head === undefined)
    return refused(
      `No row has the headings of a population file: ${POPULATION_COLUMNS.join(', ')}; or those of the ONS’s sheet of wards, with F0 to F90 and M0 to M90. Bands of ages do not tell who is under four: take the file of single years of age`,
    )
  if (head.form === 'ons' && year === undefined)
    return refused('The file does not say of which year it is: name it')
  if (head.form === 'own' && year !== undefined)
    return refused('The file says of which year it is: name none')
  const lines = rows.slice(at + 1).flatMap((cells, index): Line[] => {
    if (cells.every((cell) => cell.trim() === '')) return []
    return [{ row: at + index + 2, ...head.lineOf(cells, String(year ?? '')) }]
  })
  const codes = wardsByName(wards)
  const own = lines.filter(({ ward }) => codes.has(nameKey(ward)))
  if (own.length === 0)
    return refused(
      'No row is of a ward of the programme: take the file of the programme’s area, and an edition with the codes that its wards have',
    )
  const problems: string[] = []
  const found = new Map<string, WardAge>()
  const seen = new Set<string>()
  for (const { row, ward, year: said, cells } of own) {
    const code = codes.get(nameKey(ward)) ?? ''
    for (const [age, people] of cells) {
      const read = {
        ward: code,
        year: numberOf(said),
        age: numberOf(age),
        people: numberOf(people),
      }
      const place = JSON.stringify([nameKey(ward), said, age])
      const wrong = (
        [
          [!(read.year >= 1990 && read.year <= 2100), 'the year is not written like 2024'],
          [!(read.age <= OLDEST), 'the age is not one year, a whole number from 0 to 90'],
          [Number.isNaN(read.people), 'the number of people is not a whole number'],
          [seen.has(place), 'an earlier row has the same ward, year and age'],
        ] as const
      ).find(([isWrong]) => isWrong)?.[1]
      seen.add(place)
      if (wrong !== undefined) {
        problems.push(`Row ${String(row)}: ${wrong}`)
        break
      }
      // A ward whose boundaries were changed may be two of the file's.
      const key = JSON.stringify([code, read.year, read.age])
      found.set(key, { ...read, people: read.people + (found.get(key)?.people ?? 0) })
    }
  }
  const people = [...found.values()]
  problems.push(...gapsIn(people))
  if (problems.length > 0) return { ok: false, problems: [...new Set(problems)] }
  const named = new Set(people.map(({ ward }) => ward))
  return {
    ok: true,
    people,
    years: [...new Set(people.map((one) => one.year))].sort((a, b) => a - b),
    others: lines.length - own.length,
    missing: wards.map(({ code }) => code).filter((code) => !named.has(code)),
  }
}

function refused(problem: string): PopulationFile {
  return { ok: false, problems: [problem] }
}

/** Without every age nobody knows how many are younger than any. */
function gapsIn(people: readonly WardAge[]): string[] {
  const groups = Map.groupBy(people, ({ ward, year }) => `${ward} in ${String(year)}`)
  return [...groups].flatMap(([place, own]) => {
    const known = new Set(own.map(({ age }) => age))
    const lacking = AGES.filter((age) => !known.has(age))
    return lacking.length === 0
      ? []
      : [`There is no age ${lacking.slice(0, 5).join(', ')} of ${place}`]
  })
}

interface Head {
  readonly form: 'own' | 'ons'
  readonly lineOf: (cells: readonly string[], year: string) => Omit<Line, 'row'>
}

function headOf(row: readonly string[]): Head | undefined {
  const names = row.map((name) => name.trim().toLowerCase())
  const own = POPULATION_COLUMNS.map((name) => names.indexOf(name))
  if (own.every((place) => place >= 0)) {
    return {
      form: 'own',
      lineOf: (cells) => {
        const [ward = '', year = '', age = '', people = ''] = own.map((place) => cells[place] ?? '')
        return { ward, year, cells: [[age, people]] }
      },
    }
  }
  const code = names.findIndex((name) => /^ward (?:[0-9]{4} )?code$/.test(name))
  const columns = AGES.map((age) => [names.indexOf(`f${age}`), names.indexOf(`m${age}`)] as const)
  if (code < 0 || columns.some(([women, men]) => women < 0 || men < 0)) return undefined
  return {
    form: 'ons',
    lineOf: (cells, year) => ({
      ...{ ward: cells[code] ?? '', year },
      cells: columns.map(([women, men], age) => [
        String(age),
        String(numberOf(cells[women] ?? '') + numberOf(cells[men] ?? '')),
      ]),
    }),
  }
}

/** A whole number from 0, thousands with or without their comma; NaN for anything else. */
function numberOf(text: string): number {
  const plain = text.trim().replaceAll(/,(?=[0-9]{3}(?:,|$))/g, '')
  return /^[0-9]{1,7}$/.test(plain) ? Number(plain) : Number.NaN
}

function wardsByName(wards: readonly NamedWard[]): ReadonlyMap<string, string> {
  return new Map(
    wards.flatMap(({ code, name, gss }) =>
      [code, name, ...gss].map((called) => [nameKey(called), code] as const),
    ),
  )
}

function nameKey(name: string): string {
  return name.trim().toLowerCase()
}
