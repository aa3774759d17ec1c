import { codeKey } from '#core/standard/code-key.ts'
import { knownHeading } from '#core/standard/header-reading.ts'
import { cellKind, type CellKind } from '#core/tabular/header/cell-kind.ts'
import { columnLetters } from '#core/tabular/column-letters.ts'
import type { OtherRowCode } from './left-out-row.ts'
import { countHeadings, isWho, type ColumnHabit, type RowHabits } from './row-habits.ts'

/**
 * Tells rows that are not people from those that are: by how they are filled and by the kinds of
 * their cells beside what the table's people have, and only then by words. A row with anything that
 * says who somebody is, in its kind, is a person.
 */

/** A row beside the habits of its table. */
interface RowSeen {
  readonly cells: readonly string[]
  readonly kinds: readonly CellKind[]
  readonly habits: RowHabits
  readonly filled: number
  /** Its reference is of the kind that references have. */
  readonly hasReference: boolean
  /** Something in it says who somebody is, in its kind. */
  readonly isSomebody: boolean
  /** Cells of another kind than their column's. */
  readonly strange: number
  readonly place: RowPlace
}

/** Where a row stands. */
export interface RowPlace {
  /** Source row. */
  readonly row: number
  /** No person stands above it. */
  readonly isFirst: boolean
  /** A blank row or a title stands above it. */
  readonly isApart: boolean
}

interface Rule {
  readonly code: OtherRowCode
  readonly holds: (row: RowSeen) => boolean
}

/** Rows below the headings that instructions and examples are looked for in. */
const TOP_ROWS = 10
const EXAMPLE_ROWS = 3

const TOTAL =
  /^(?:grand |sub-?\s?|overall )?totals?\b|^(?:sum|average|mean|count)(?: of\b|\s*[:=]|$)|^(?:numbers?|no[.]?) (?:of|attending|present|attended)\b|^(?:[a-z’'&-]+ ){1,4}(?:totals?|counts?|sums?|averages?|min|max):?$|^grand counts?$|^(?:present|attended|attending|attendances?|attendees|came):?$|^[(]?[0-9,]+ (?:records?|rows?|clients?|child(?:ren)?|people|persons?|famil(?:y|ies)|participants?|entries|service users?|attendees|members|beneficiar(?:y|ies))\b/i
const CLOSING =
  /^[*=_#~-]{2,}|^end\b|\bend of (?:report|file|list|data|document|export|table)\b|^page [0-9]+|\b(?:generated|printed|produced|exported|extracted|prepared|downloaded|run|created) (?:on|by|at|from)\b|^(?:printed|generated|produced|exported|extracted|source|notes?|n[.]?b[.]?|key|confidential|copyright|filters?|report|please note)\b|©/i
const PAGE = /^page [0-9]+(?: of [0-9]+)?$/i
const TITLE =
  /\b(?:groups?|class|sessions?|week|centre|center|term|room|venue|team|cohort|morning|afternoon|evening|ward|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b|:$/i
const INSTRUCTION =
  /^(?:dd|mm|yyyy)\b|dd.?mm.?yy|yyyy.?mm|^(?:(?:[a-z]+ )?text|mandatory|required|optional|compulsory|unique|list|numeric|alphanumeric|integer|string|varchar|drop[- ]?down|lookup|auto(?:matic)?|format)\b|^(?:select|choose|please|enter|pick|type|use|insert|e[.]?g[.]?|i[.]?e[.]?|for example|example|max(?:imum)?|min(?:imum)?|one of|do not|don.t|must|keep ?as ?is|leave (?:blank|empty)|full postcode|whole number)\b|^(?:yes ?\/ ?no|y ?\/ ?n|m ?\/ ?f)\b|[0-9] (?:digits?|characters?|chars?)\b/i
const EXAMPLE_REFERENCE =
  /^(?:example|e[.]?g[.]?|sample|test|dummy|xxx+|template)\b|[([](?:example|sample|test|dummy)[)\]]/i
/** What is said of an example in any cell of its row. */
const EXAMPLE_REMARK =
  /^[^\p{L}]*(?:(?:this is )?(?:an? )?(?:example|sample|dummy)\b.*\b(?:delete|remove|ignore|overwrite|only|row|line|entry|record)\b|(?:please )?delete (?:me|this (?:row|line|example|entry|record))\b)/iu
const EXAMPLE_NAME =
  /^(?:(?:joe|jo|jane|john|joseph|fred) (?:bloggs|doe|public|sample|example)|bloggs,? (?:joe|jo|jane|john|fred)|doe,? (?:jane|john)|test test|example(?: .*)?|.* example|a[.]? ?n[.]? other|mickey mouse|donald duck|first ?name (?:surname|last ?name)|sample (?:name|person|client|child|row|record|data|surname))$/i
const NOTHING =
  /^(?:no|n|none|nil|n\/?[ak]|false|please (?:select|choose).*|select.*|choose.*|unknown|not known|0+(?:[.]0+)?|0{1,2}[-/.]0?[01][-/.](?:1900|0+)|1899-12-3[01].*|30[-/.]12[-/.]1899.*|1900-01-0[01].*|[^\p{L}\p{N}]+)$/iu

/** The rules, the first that holds decides; what none holds of is a person. */
const RULES: readonly Rule[] = [
  { code: 'rows-total', holds: isTotal },
  { code: 'rows-instructions', holds: isInstruction },
  { code: 'rows-titles', holds: isTitle },
  { code: 'rows-second-table', holds: beginsTable },
  { code: 'rows-no-person', holds: isPrefilled },
]

/** Why a row that is not blank is not a person's; undefined when it is. */
export function judgeRow(
  cells: readonly string[],
  habits: RowHabits,
  place: RowPlace,
): OtherRowCode | undefined {
  const kinds = cells.map(cellKind)
  let filled = 0
  let strange = 0
  let isSomebody = false
  for (const [column, kind] of kinds.entries()) {
    if (kind === 'blank') continue
    filled += 1
    const habit = habits.columns[column]
    if (habit === undefined) continue
    const cell = cells[column] ?? ''
    if (isStrange(kind, cell, habit)) strange += 1
    else if (isWho(habit.telling) && saysWho(kind, cell, habit)) isSomebody = true
  }
  const hasReference = isReference(cells, kinds, habits)
  const seen = { cells, kinds, habits, filled, hasReference, isSomebody, strange, place }
  return RULES.find(({ holds }) => holds(seen))?.code
}

const TYPED: ReadonlySet<CellKind | undefined> = new Set<CellKind | undefined>([
  'date',
  'number',
  'phone',
  'email',
  'postcode',
  'reference',
])

/** A word that comes so often in a column belongs there: “unborn” among dates of birth. */
const USUAL_TIMES = 3

function timesOf(cell: string, habit: ColumnHabit | undefined): number {
  return habit?.cells.get(codeKey(cell)) ?? 0
}

/** Words where a date, a number or an address stands in every other row. */
function isStrange(kind: CellKind, cell: string, habit: ColumnHabit): boolean {
  if (!TYPED.has(habit.kind) || kind === habit.kind) return false
  const isWords = kind === 'word' || kind === 'words' || kind === 'text' || kind === 'date'
  return isWords && !NOTHING.test(cell.trim()) && timesOf(cell, habit) < USUAL_TIMES
}

/** Whether a cell says who somebody is as the people of this table say it. */
function saysWho(
  kind: CellKind,
  cell: string,
  { telling, kind: usual, defaults }: ColumnHabit,
): boolean {
  const text = cell.trim()
  // A single letter may be an initial.
  if (NOTHING.test(text) && (telling !== 'name' || text.length > 1)) return false
  if (telling === 'birth') return usual === undefined || kind === usual || kind === 'date'
  if (telling === 'contact')
    return (kind === usual || TYPED.has(kind)) && !defaults.has(codeKey(text))
  if (kind !== 'word' && kind !== 'words') return false
  return !TOTAL.test(text) && !CLOSING.test(text) && knownHeading(text) === undefined
}

/** Kinds that numbers of cases are read as. */
const NUMBERED: ReadonlySet<CellKind> = new Set<CellKind>([
  'number',
  'phone',
  'postcode',
  'reference',
])

function isReference(
  cells: readonly string[],
  kinds: readonly CellKind[],
  { reference, columns }: RowHabits,
): boolean {
  const kind = kinds[reference] ?? 'blank'
  const usual = columns[reference]?.kind
  if (kind === 'blank') return false
  const text = (cells[reference] ?? '').trim()
  if (TOTAL.test(text) || CLOSING.test(text)) return false
  if (usual === undefined || kind === usual) return true
  return NUMBERED.has(kind) && NUMBERED.has(usual)
}

function textsOf({ cells }: RowSeen): string[] {
  return cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
}

/** A word for a sum and nobody beside it; or sums alone, under columns of numbers. */
function isTotal(row: RowSeen): boolean {
  const { cells, kinds, habits, hasReference, isSomebody, filled, place } = row
  if (!place.isFirst && (isOfNumbers(row) || isCounted(row))) return true
  // A count stands under the references where a spreadsheet counts them.
  const isCount = kinds[habits.reference] === 'number'
  if (hasReference && !(isCount && habits.columns[habits.reference]?.kind === 'reference'))
    return false
  const at = textsOf(row)
    .slice(0, 3)
    .findIndex((cell) => TOTAL.test(cell))
  if (at >= 0) return !isSomebody && textsOf(row).every(isOfTotal)
  return (
    (!hasReference || isCount) &&
    habits.hasTelling &&
    !isSomebody &&
    filled < habits.usualFill &&
    kinds.every((kind, column) => {
      if (kind === 'blank' || (isCount && column === habits.reference)) return true
      const habit = habits.columns[column]
      return kind === 'number' && habit?.telling === undefined && NUMBER.test(cells[column] ?? '')
    })
  )
}

/** Numbers throughout, in the columns of names too: counts, or lengths of the columns. */
function isOfNumbers(row: RowSeen): boolean {
  const { cells, habits, filled } = row
  return (
    filled >= 3 &&
    textsOf(row).every((text) => NUMBER_IN_BRACKETS.test(text)) &&
    !textsOf(row).every((text) => NOTHING.test(text)) &&
    habits.columns.some(
      ({ telling }, column) => telling === 'name' && (cells[column] ?? '').trim() !== '',
    )
  )
}

/** Words for a group of people, and how many: “Boys”, 5; “Families: 8”. */
function isCounted({ cells, habits, hasReference }: RowSeen): boolean {
  if (hasReference) return false
  const filled = cells.flatMap((cell, column) => (cell.trim() === '' ? [] : [column]))
  const texts = filled.map((column) => (cells[column] ?? '').trim())
  if (texts.length === 1) return GROUPS_COUNTED.test(texts[0] ?? '')
  const isInPairs = texts.length % 2 === 0 && texts.length < habits.usualFill
  return (
    isInPairs &&
    texts.every((text, index) => {
      if (index % 2 === 1) return COUNT.test(text)
      const isLabel = /\p{L}|^[0-9]+ ?(?:-|–|to) ?[0-9]+/u.test(text) && text.length <= 60
      return isLabel && (filled[index] === habits.reference || GROUP.test(text))
    })
  )
}

/** A whole number below that of a year, a share, or an average. */
const COUNT = /^[(]?(?:[0-9]{1,3}(?:[.][0-9]+)?%?|1[0-8][0-9]{2}|[0-9],[0-9]{3})[)]?$/
const GROUP =
  /^(?:(?:no[.]?|number|total|count) (?:of )?)?(?:boys?|girls?|m|f|males?|females?|wom[ae]n|m[ae]n|child(?:ren)?|adults?|parents?|mothers?|fathers?|mums?|dads?|carers?|famil(?:y|ies)|babies|toddlers|siblings?|visitors|under .{1,12}|over .{1,12}|aged? .{1,12}|[0-9]+ ?(?:-|–|to) ?[0-9]+.{0,12}|new|returning|target|actual|unknown|other|(?:white|black|asian|mixed)(?: .{1,20})?)$/i
const GROUPS_COUNTED =
  /^(?:(?!(?:page|version|quarter|week|year|group|room|term|session|ref|cohort|no|number)\b)[a-z][a-z’' -]{1,30}[:=]\s*[0-9]{1,4}[.,;]?(?:\s+|$))+$/i

const NUMBER_IN_BRACKETS = /^[(]?[0-9][0-9.,]{0,9}%?[)]?$/
const NUMBER = /^[-+£$€ ]*[0-9][0-9., ]*%?$/

/** What stands in a row of totals: the word, numbers, and a word for what was counted. */
function isOfTotal(cell: string): boolean {
  return cell.length <= 60 && cellKind(cell) !== 'email' && cellKind(cell) !== 'postcode'
}

/** Words of how to fill the columns in, or an example, under the headings. */
function isInstruction(row: RowSeen): boolean {
  const { cells, habits, place, strange, isSomebody, hasReference } = row
  if (row.filled === 1) return false
  const said = cells.filter((cell, column) => isSaidOnce(cell, habits.columns[column])).length
  const isNearTop = place.row <= TOP_ROWS
  if (said >= 3 && strange > 0) return true
  if (isNearTop && said >= 2 && (strange > 0 || !hasReference)) return true
  if (isNearTop && said >= 1 && strange > 0 && !isSomebody && !hasReference) return true
  if (isNumbering(row) || (isSigns(row) && !hasReference)) return true
  if (place.isFirst && isOfNumbers(row)) return true
  if (row.filled >= 4 && strange > 0 && isOfTwoWords(row)) return true
  if (place.isFirst && !hasReference && strange >= (isSomebody ? 3 : 2)) return true
  if (place.isFirst && !isSomebody && countHeadings(cells) >= 3) return true
  if (isNearTop && cells.some((cell) => EXAMPLE_REMARK.test(cell.trim()))) return true
  return place.row <= EXAMPLE_ROWS && isExample(row)
}

/** The numbers or the letters of the columns, in their order. */
function isNumbering({ cells, filled }: RowSeen): boolean {
  return (
    filled >= 3 &&
    cells.every((cell, column) => {
      const text = cell.trim()
      return text === '' || text === String(column + 1) || text === columnLetters(column)
    })
  )
}

/** Dashes under the headings, or stars above what is required. */
function isSigns({ kinds, filled }: RowSeen): boolean {
  return filled >= 2 && kinds.every((kind) => kind === 'blank' || kind === 'sign')
}

/** Nothing but two words: required or optional, yes or no. */
function isOfTwoWords(row: RowSeen): boolean {
  return new Set(textsOf(row).map(codeKey)).size <= 2
}

function isSaidOnce(cell: string, habit: ColumnHabit | undefined): boolean {
  const text = cell.trim().replace(/^[([*]+\s*/, '')
  if (text === '' || !INSTRUCTION.test(text)) return false
  return timesOf(text, habit) < USUAL_TIMES
}

function isExample({ cells, habits }: RowSeen): boolean {
  const reference = (cells[habits.reference] ?? '').trim()
  if (EXAMPLE_REFERENCE.test(reference)) return true
  const names = cells.filter((_, column) => habits.columns[column]?.telling === 'name')
  const whole = names
    .map((cell) => cell.trim())
    .join(' ')
    .trim()
  return EXAMPLE_NAME.test(whole) || names.some((cell) => /^example\b/i.test(cell.trim()))
}

/** One cell or two where people have several, of another kind or with a title's words. */
function isTitle(row: RowSeen): boolean {
  const { kinds, habits, filled, hasReference, isSomebody, strange } = row
  if (!hasReference && !isSomebody && textsOf(row).some((text) => PAGE.test(text))) return true
  if (hasReference || filled > 2 || filled * 2 > habits.usualFill) return false
  const texts = textsOf(row)
  if (texts.some((text) => CLOSING.test(text))) return true
  if (texts[0]?.endsWith(':') === true) return true
  // Where everybody has a reference, a row without one that holds so little is hardly a person's.
  const isOdd = filled === 1 || kinds[habits.reference] !== 'blank'
  if (isOdd && (habits.columns[habits.reference]?.filled ?? 0) >= 0.8) return true
  if (filled > 1) return !isSomebody && strange > 0
  return !isSomebody || TITLE.test(texts[0] ?? '')
}

/** Titles of people who are not to be counted with those above, or may not be. */
const LIST_APART =
  /\b(?:waiting|did not (?:attend|start)|dnas?|no[- ]?shows?|cancel+ed|cancellations|declined|withdrawn|withdrew|removed|do not count|not (?:eligible|counted|started|attending|yet|reached)|ineligible|leavers|archived?|deleted|duplicates?|staff|volunteers?|workers|facilitators|on hold|expressions? of interest|previous|last (?:year|quarter|term|month)|20[0-9]{2}[/-][0-9]{2})\b|^(?:cases? )?(?:closed|left)(?: cases?| files?)?:?$/i

/** Whether a row that is a title says that other people follow. */
export function beginsListApart(cells: readonly string[]): boolean {
  return cells.some((cell) => cell.length <= 60 && LIST_APART.test(cell.trim()))
}

/** Headings of other columns, after a blank row or a title, or words alone among numbered people. */
function beginsTable({ cells, kinds, habits, filled, ...row }: RowSeen): boolean {
  if (row.place.isFirst || row.hasReference || filled < 2) return false
  if (isUnnumbered({ cells, kinds, habits, filled, ...row })) return true
  const known = countHeadings(cells)
  if (isPersonal(kinds)) return false
  if (known >= 3) return true
  if (!row.place.isApart) return false
  return known >= 2 || (row.strange > 0 && habits.people > 1 && (known > 0 || !row.isSomebody))
}

/** Words where everybody has a number, under less than half of what people have, and no birth. */
function isUnnumbered({ kinds, habits, filled, cells, place }: RowSeen): boolean {
  const { reference, columns, usualFill } = habits
  const usual = columns[reference]
  if (usual === undefined || usual.filled < 0.9 || !NUMBERED.has(usual.kind ?? 'blank'))
    return false
  const kind = kinds[reference]
  const isWords = kind === 'word' || kind === 'words'
  const isAtEnd = filled * 2 < usualFill && !place.isFirst
  const isTold = columns.some(
    ({ telling, kind: usually }, column) =>
      (telling === 'birth' || telling === 'contact') &&
      usually !== undefined &&
      kinds[column] === usually,
  )
  return isWords && isAtEnd && !isTold && cells.slice(0, filled).every((cell) => cell.trim() !== '')
}

function isPersonal(kinds: readonly CellKind[]): boolean {
  return kinds.some((kind) => kind === 'date' || kind === 'email' || kind === 'phone')
}

/** A reference or nothing, and what stands in every row: nobody was written into it yet. */
function isPrefilled({ cells, kinds, habits, isSomebody, hasReference }: RowSeen): boolean {
  if (isSomebody || habits.people === 0 || habits.usualFill < 2) return false
  if (cells.every((cell) => NOTHING.test(cell.trim()) || cell.trim() === '')) return true
  if (!hasReference && kinds[habits.reference] !== 'blank') return false
  return kinds.every((kind, column) => {
    if (kind === 'blank' || column === habits.reference) return true
    const cell = (cells[column] ?? '').trim()
    const habit = habits.columns[column]
    if (isWho(habit?.telling) && habit?.telling !== 'contact') return NOTHING.test(cell)
    return NOTHING.test(cell) || habit?.defaults.has(codeKey(cell)) === true
  })
}
