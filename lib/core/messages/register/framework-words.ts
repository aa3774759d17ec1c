import type { FrameworkChange } from '#core/framework/change-framework.ts'
import type { EntryField } from '#core/framework/entry-fields.ts'
import { FRAMEWORK_PARTS, type FrameworkPart, type Instrument } from '#core/framework/framework.ts'
import { COMPLETED_BY, TIME_POINT } from '#core/standard/further-codes.ts'

/** The measurement framework as it is written on pages. */

/** What an entry of each list is called, and what the list is for. */
export const FRAMEWORK_PART_WORDS: Readonly<
  Record<FrameworkPart, { readonly one: string; readonly add: string }>
> = {
  outcomes: { one: 'Outcome', add: 'Add an outcome' },
  measures: { one: 'Measure', add: 'Add a measure' },
  instruments: { one: 'Instrument', add: 'Add an instrument' },
}

/** What each field is called. */
export const ENTRY_FIELD_WORDS: Readonly<Record<EntryField, string>> = {
  code: 'Code',
  label: 'Name',
  outcome: 'Outcome',
  words: 'Other names that files use',
  measure: 'What it measures',
  least: 'Lowest score',
  most: 'Highest score',
  better: 'Which way is better',
  change: 'Reliable change',
  changeSource: 'Where the reliable change is published',
  subScales: 'Sub-scales',
  timePoints: 'When it is taken',
  completedBy: 'Who fills it in',
  services: 'Services that use it',
  licence: 'Terms of use',
  retired: 'Last day of use',
  invented: 'Made up for a demonstration',
}

/** Whether a text names a list of the framework. */
export function isFrameworkPart(text: string): text is FrameworkPart {
  return FRAMEWORK_PARTS.some((part) => part === text)
}

/** What a change says, a line each: `Instrument Talk check: Highest score was 40, is 60`. */
export function changeLines({ part, label, what, fields }: FrameworkChange): string[] {
  const entry = `${FRAMEWORK_PART_WORDS[part].one} ${label}`
  if (what !== 'changed') return [`${entry}: ${what}`]
  return fields.map(
    ({ field, before, after }) =>
      `${entry}: ${ENTRY_FIELD_WORDS[field]} was ${saidIn(before)}, is ${saidIn(after)}`,
  )
}

function saidIn(text: string): string {
  return text === '' ? 'not said' : text.split('\n').join(', ')
}

type Scale = Pick<Instrument, 'least' | 'most' | 'better' | 'reliableChange'>

/** `14 to 70, higher is better`. */
export function scaleWords({ least, most, better }: Scale): string {
  const way = better === undefined ? '' : `, ${better} is better`
  return `${least} to ${most}${way}`
}

/** `5 points (where it is published)`. */
export function reliableWords({ reliableChange }: Scale): string {
  return reliableChange === undefined
    ? 'Not known'
    : `${reliableChange.by} or more (${reliableChange.source})`
}

/** When an instrument is taken, a line each. */
export function timePointWords({ timePoints }: Instrument): string[] {
  if (timePoints === undefined) return ['At any time point']
  return timePoints.map(({ point, earliest, latest }) => {
    const name = TIME_POINT.codes.find(({ code }) => code === point)?.label ?? point
    const from = point === 'baseline' ? 'the start' : 'the baseline'
    if (earliest === undefined && latest === undefined) return name
    if (earliest === undefined) return `${name}: up to ${latest ?? ''} days after ${from}`
    if (latest === undefined) return `${name}: ${earliest} days after ${from} or later`
    return `${name}: ${earliest} to ${latest} days after ${from}`
  })
}

/** `Parent or carer, Child`; whoever does where nobody is named. */
export function completerWords({ completedBy }: Instrument): string {
  if (completedBy === undefined) return 'Anybody'
  return COMPLETED_BY.codes
    .filter(({ code }) => completedBy.some((one) => one === code))
    .map(({ label }) => label)
    .join(', ')
}
