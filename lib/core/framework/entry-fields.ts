import { codeKey } from '#core/standard/code-key.ts'
import { TIME_POINT, type TimePoint } from '#core/standard/further-codes.ts'
import {
  COMPLETERS,
  type Framework,
  type FrameworkEntry,
  type FrameworkPart,
  type Instrument,
} from './framework.ts'

/**
 * An entry of the framework as the fields of a form, and back: lists are a line each. The same texts tell what was changed
 * between two versions.
 */

/** The fields of each list's entries. */
export const ENTRY_FIELDS = {
  outcomes: ['code', 'label'],
  measures: ['code', 'label', 'outcome'],
  instruments: [
    ...(['code', 'label', 'words', 'measure', 'least', 'most', 'better'] as const),
    ...(['change', 'changeSource', 'subScales', 'timePoints', 'completedBy'] as const),
    ...(['services', 'licence', 'retired', 'invented'] as const),
  ],
} as const satisfies Record<FrameworkPart, readonly string[]>

/** A field of an entry. */
export type EntryField = (typeof ENTRY_FIELDS)[FrameworkPart][number]

/** What the fields of an entry say; a blank one says nothing. */
export type EntryFields = Readonly<Partial<Record<EntryField, string>>>

/** Fields that are no entry: the first that is wrong, and what it should be. */
interface EntryProblem {
  readonly ok: false
  readonly field: EntryField
  readonly why: string
}

/** What an entry says, field by field. */
export function fieldsOf(entry: FrameworkEntry): EntryFields {
  const { code, label } = entry
  if ('outcome' in entry) return { code, label, outcome: entry.outcome }
  if (!('measure' in entry)) return { code, label }
  const { words = [], measure, least, most, better = '', reliableChange, services } = entry
  const { subScales = [], timePoints = [], completedBy = [], licence = '', retired = '' } = entry
  return {
    ...{ code, label, words: lines(words), measure, least: String(least), most: String(most) },
    ...{
      better,
      change: numberText(reliableChange?.by),
      changeSource: reliableChange?.source ?? '',
    },
    subScales: lines(subScales.map(subScaleLine)),
    timePoints: lines(timePoints.map(timePointLine)),
    completedBy: lines(completedBy),
    services: lines([...services].sort()),
    ...{ licence, retired, invented: entry.invented === true ? 'yes' : '' },
  }
}

/** Reads an entry from its fields. What it refers to is looked at with the whole framework. */
export function readEntry<Part extends FrameworkPart>(
  part: Part,
  fields: EntryFields,
): { readonly ok: true; readonly entry: FrameworkEntry<Part> } | EntryProblem
export function readEntry(
  part: FrameworkPart,
  fields: EntryFields,
): { readonly ok: true; readonly entry: FrameworkEntry } | EntryProblem {
  const given = (field: EntryField): string => (fields[field] ?? '').trim()
  const [code, label] = [given('code'), given('label')]
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(code))
    return wrong('code', 'Enter a code of small letters, digits and hyphens, 40 at most')
  if (label === '') return wrong('label', 'Enter a name')
  if (label.length > LONGEST) return wrong('label', `Enter a name of ${LONGEST} characters at most`)
  if (part === 'outcomes') return { ok: true, entry: { code, label } }
  if (part === 'measures')
    return given('outcome') === ''
      ? wrong('outcome', 'Choose an outcome')
      : { ok: true, entry: { code, label, outcome: given('outcome') } }
  return readInstrument({ code, label }, given)
}

const LONGEST = 120

function readInstrument(
  named: { readonly code: string; readonly label: string },
  given: (field: EntryField) => string,
): { readonly ok: true; readonly entry: Instrument } | EntryProblem {
  const words = linesOf(given('words'))
  if (words.length > 20 || words.some((word) => word.length > LONGEST))
    return wrong('words', 'Enter 20 other names at most, one a line')
  if (given('measure') === '') return wrong('measure', 'Choose what it measures')
  const scale = readScale(given)
  if (!scale.ok) return scale
  const subScales = linesOf(given('subScales')).map((line) => readSubScale(line, given('better')))
  if (subScales.length > 20 || subScales.some((one) => one === undefined))
    return wrong('subScales', SUB_SCALE_FORM)
  const timePoints = linesOf(given('timePoints')).map(readTimePoint)
  if (timePoints.some((one) => one === undefined)) return wrong('timePoints', TIME_POINT_FORM)
  const completedBy = COMPLETERS.filter((code) => linesOf(given('completedBy')).includes(code))
  const [licence, retired] = [given('licence'), given('retired')]
  if (licence.length > LONGEST)
    return wrong('licence', `Enter its terms in ${LONGEST} characters at most`)
  return {
    ok: true,
    entry: {
      ...named,
      ...(words.length === 0 ? {} : { words }),
      ...{ measure: given('measure'), ...scale.scale },
      ...(subScales.length === 0
        ? {}
        : { subScales: subScales.filter((one) => one !== undefined) }),
      ...(timePoints.length === 0
        ? {}
        : { timePoints: timePoints.filter((one) => one !== undefined) }),
      ...(completedBy.length === 0 ? {} : { completedBy }),
      ...(licence === '' ? {} : { licence }),
      services: linesOf(given('services')).sort(),
      ...(retired === '' ? {} : { retired }),
      ...(given('invented') === 'yes' ? { invented: true } : {}),
    },
  }
}

type Scale = Pick<Instrument, 'least' | 'most' | 'better' | 'reliableChange'>

/** `ofWhole` is the way of the instrument, which a sub-scale has where it says none. */
function readScale(
  given: (field: EntryField) => string,
  ofWhole = '',
): { readonly ok: true; readonly scale: Scale } | EntryProblem {
  const [least, most] = [readNumber(given('least')), readNumber(given('most'))]
  if (least === undefined) return wrong('least', 'Enter the lowest score as a number')
  if (most === undefined || most <= least)
    return wrong('most', 'Enter the highest score as a number above the lowest')
  const [better, change, source] = [given('better'), given('change'), given('changeSource')]
  const by = readNumber(change)
  if (change !== '' && (by === undefined || by <= 0))
    return wrong('change', 'Enter the reliable change as a number above 0, or leave it empty')
  if (by !== undefined && (source === '' || source.length > LONGEST))
    return wrong('changeSource', `Enter where it is published, in ${LONGEST} characters at most`)
  if (by !== undefined && better === '' && ofWhole === '')
    return wrong(
      'better',
      'Choose which way is better: a reliable change is for better or for worse',
    )
  return {
    ok: true,
    scale: {
      ...{ least, most },
      ...(better === 'higher' || better === 'lower' ? { better } : {}),
      ...(by === undefined ? {} : { reliableChange: { by, source } }),
    },
  }
}

type SubScale = NonNullable<Instrument['subScales']>[number]

/** How a line says a sub-scale. */
export const SUB_SCALE_FORM =
  'Enter on each line: code; name; lowest; highest. If known, go on with: higher or lower; reliable change; its source'

function subScaleLine({ code, label, least, most, better, reliableChange }: SubScale): string {
  const change = reliableChange === undefined ? [] : [reliableChange.by, reliableChange.source]
  const way = better === undefined && change.length === 0 ? [] : [better ?? '']
  return [code, label, least, most, ...way, ...change].join('; ')
}

function readSubScale(line: string, ofWhole: string): SubScale | undefined {
  const parts = line.split(';')
  const [code = '', label = '', ...rest] = parts.map((part) => part.trim())
  const [lowest = '', highest = '', better = '', change = ''] = rest
  const source = parts.slice(6).join(';').trim()
  const read = readEntry('measures', { code, label, outcome: 'any' })
  const said: EntryFields = { least: lowest, most: highest, better, change, changeSource: source }
  const scale = readScale((field) => said[field] ?? '', ofWhole)
  if (!read.ok || !scale.ok || !['', 'higher', 'lower'].includes(better)) return undefined
  return { code, label, ...scale.scale }
}

/** How a line says a time point. */
export const TIME_POINT_FORM =
  'Enter on each line baseline, follow-up or exit, and the days if there are any, for example: follow-up 60 to 200'

function timePointLine({
  point,
  earliest,
  latest,
}: NonNullable<Instrument['timePoints']>[number]): string {
  const name = point === 'follow_up' ? 'follow-up' : point
  if (earliest === undefined && latest === undefined) return name
  return `${name} ${numberText(earliest)} to ${numberText(latest)}`.replace('  ', ' ').trim()
}

function readTimePoint(line: string): NonNullable<Instrument['timePoints']>[number] | undefined {
  // The name, then the days: `follow-up 60 to 200`, `exit to 30`.
  const at = line.search(/ (-?[0-9]|to )/)
  const [name, days] = at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at)]
  const [, earliest = '', latest = ''] =
    /^(-?[0-9]{1,4})? ?to ?(-?[0-9]{1,4})?$/.exec(days.trim()) ?? []
  const point = TIME_POINT.codes.find(
    ({ code, label }) => codeKey(label) === codeKey(name) || codeKey(code) === codeKey(name),
  )
  if (point === undefined || (days !== '' && earliest === '' && latest === '')) return undefined
  return {
    point: point.code as TimePoint,
    ...(earliest === '' ? {} : { earliest: Number(earliest) }),
    ...(latest === '' ? {} : { latest: Number(latest) }),
  }
}

function readNumber(text: string): number | undefined {
  return /^-?[0-9]{1,5}([.][0-9]{1,3})?$/.test(text) ? Number(text) : undefined
}

function numberText(value: number | undefined): string {
  return value === undefined ? '' : String(value)
}

function lines(list: readonly string[]): string {
  return list.join('\n')
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function wrong(field: EntryField, why: string): EntryProblem {
  return { ok: false, field, why }
}

/** The entry of a code in one list of a framework. */
export function findEntry(
  framework: Framework,
  part: FrameworkPart,
  code: string,
): FrameworkEntry | undefined {
  return framework[part].find((entry) => entry.code === code)
}
