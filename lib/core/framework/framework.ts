import { z } from 'zod'
import { codeKey } from '#core/standard/code-key.ts'
import { holdsIdentifierBesideNumbers } from '#core/mapping/overview/identifier-like.ts'
import { TIME_POINTS } from '#core/standard/further-codes.ts'

/**
 * The shared measurement framework of a programme: the outcomes it works for, what is measured of
 * each, and the instruments that give scores. Item texts of an instrument are never part of it.
 * Source: docs/decisions/measurement-framework.md.
 */

const CODE = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)
const LABEL = z
  .string()
  .trim()
  .min(1)
  .max(120)
  // Lists of texts are told a line each.
  .regex(/^\P{Cc}*$/u, { error: 'it holds a line break or another control character' })
  .refine((text) => !holdsIdentifierBesideNumbers(text), {
    error: 'it holds an email address, a postcode or a long number',
  })
const DAY = z.iso.date()
const SCORE = z.number().min(-99_999).max(99_999)
const SCALE = {
  ...{ least: SCORE, most: SCORE },
  /** Which way is better for the person. */
  better: z.enum(['higher', 'lower']).exactOptional(),
  /** The least difference of two scores of one person that is more than chance, and where that is published. */
  reliableChange: z
    .strictObject({ by: z.number().min(0.001).max(99_999), source: LABEL })
    .exactOptional(),
}

const DAYS = z.number().int().min(-3_660).max(3_660)

/**
 * When an instrument is taken. Days are from the day on which somebody started with the service for a baseline, and from the
 * baseline for what is later; without them any day will do.
 */
const TIME_POINT = z.strictObject({
  point: z.enum(TIME_POINTS),
  earliest: DAYS.exactOptional(),
  latest: DAYS.exactOptional(),
})

/** Who fills instruments in; codes of the list of the standard. */
export const COMPLETERS = ['parent', 'practitioner', 'child'] as const

const SUB_SCALE = z.strictObject({
  code: CODE,
  label: LABEL.regex(/^[^;]*$/, { error: 'it holds a semicolon' }),
  ...SCALE,
})

const INSTRUMENT = z.strictObject({
  code: CODE,
  label: LABEL,
  /** Other names that services write for it. */
  words: z.array(LABEL).max(20).exactOptional(),
  measure: CODE,
  ...SCALE,
  subScales: z.array(SUB_SCALE).max(20).exactOptional(),
  /** When it is taken; at every time point where this is not said. */
  timePoints: z.array(TIME_POINT).min(1).max(TIME_POINTS.length).exactOptional(),
  /** Who may fill it in; whoever does where this is not said. */
  completedBy: z.array(z.enum(COMPLETERS)).min(1).max(COMPLETERS.length).exactOptional(),
  /** On which terms it may be used. */
  licence: LABEL.exactOptional(),
  /** Codes of the services that use it. */
  services: z.array(z.string().regex(/^[a-z0-9-]{1,64}$/)).max(200),
  /** The last day on which it is used. */
  retired: DAY.exactOptional(),
  /** It was made up for a demonstration and measures nothing. */
  invented: z.literal(true).exactOptional(),
})

/** The form of a framework, for what holds one: it is whole, and every name leads somewhere. */
export const FRAMEWORK = z
  .strictObject({
    outcomes: z.array(z.strictObject({ code: CODE, label: LABEL })).max(100),
    measures: z.array(z.strictObject({ code: CODE, outcome: CODE, label: LABEL })).max(200),
    instruments: z.array(INSTRUMENT).max(200),
  })
  .check(({ value, issues }) => {
    for (const [at, problem] of problemsOf(value))
      issues.push({ code: 'custom', message: problem, path: [at], input: value })
  })

export type Framework = Readonly<z.infer<typeof FRAMEWORK>>
export type Instrument = Framework['instruments'][number]

/** A list of the framework. */
export const FRAMEWORK_PARTS = ['outcomes', 'measures', 'instruments'] as const
export type FrameworkPart = (typeof FRAMEWORK_PARTS)[number]
export type FrameworkEntry<Part extends FrameworkPart = FrameworkPart> = Framework[Part][number]

/** A framework that holds nothing yet. */
export const EMPTY_FRAMEWORK: Framework = { outcomes: [], measures: [], instruments: [] }

/** Why a framework file is not read: the part of it, and what is the matter with it. */
export interface FrameworkRefusal {
  readonly ok: false
  readonly at: string
  readonly why: string
}

/** Reads the text of a framework file: a JSON object of outcomes, measures and instruments. */
export function parseFramework(
  text: string,
): { readonly ok: true; readonly framework: Framework } | FrameworkRefusal {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, at: '', why: 'it is not JSON' }
  }
  const parsed = FRAMEWORK.safeParse(value)
  if (parsed.success) return { ok: true, framework: parsed.data }
  const [issue] = parsed.error.issues
  return { ok: false, at: issue?.path.join('.') ?? '', why: issue?.message ?? 'it is not valid' }
}

type Given = z.infer<z.ZodObject<{ [Name in FrameworkPart]: (typeof FRAMEWORK)['shape'][Name] }>>

/** What no field shows by itself: names that lead nowhere or to two things, scales upside down. */
function problemsOf({ outcomes, measures, instruments }: Given): [FrameworkPart, string][] {
  const problems: [FrameworkPart, string][] = []
  const codes = (list: readonly { readonly code: string }[]) => list.map(({ code }) => code)
  for (const [part, list] of [
    ['outcomes', codes(outcomes)],
    ['measures', codes(measures)],
    ['instruments', codes(instruments)],
  ] as const)
    if (hasTwice(list)) problems.push([part, 'two have one code'])
  if (measures.some(({ outcome }) => !codes(outcomes).includes(outcome)))
    problems.push(['measures', 'an outcome is not in the list'])
  if (instruments.some(({ measure }) => !codes(measures).includes(measure)))
    problems.push(['instruments', 'a measure is not in the list'])
  const scales = instruments.flatMap((instrument) => [instrument, ...(instrument.subScales ?? [])])
  if (scales.some(({ least, most }) => least >= most))
    problems.push(['instruments', 'the least score is not below the most'])
  if (scales.some(({ least, most, reliableChange }) => (reliableChange?.by ?? 0) > most - least))
    problems.push(['instruments', 'a reliable change is more than the whole scale'])
  if (instruments.some(({ subScales }) => hasTwice(codes(subScales ?? []))))
    problems.push(['instruments', 'two sub-scales of one instrument have one code'])
  const times = instruments.flatMap(({ timePoints }) => timePoints ?? [])
  if (instruments.some(({ timePoints = [] }) => hasTwice(timePoints.map(({ point }) => point))))
    problems.push(['instruments', 'a time point is named twice'])
  if (times.some(({ earliest = -Infinity, latest = Infinity }) => earliest > latest))
    problems.push(['instruments', 'a time point’s first day is after its last'])
  const names = instruments.flatMap((instrument) => [...new Set(namesOf(instrument))])
  if (hasTwice(names)) problems.push(['instruments', 'one name is of two instruments'])
  return problems
}

function hasTwice(list: readonly string[]): boolean {
  return new Set(list).size < list.length
}

function namesOf({ code, label, words = [] }: Omit<Instrument, 'measure'>): string[] {
  return [code, label, ...words].map(codeKey)
}

/**
 * What people call an instrument, and its sub-scale where one is meant; undefined where the framework
 * has no such thing.
 */
export function scaleLabel(
  { instruments }: Framework,
  of: { readonly instrument: string; readonly subScale: string },
): string | undefined {
  const instrument = instruments.find(({ code }) => code === of.instrument)
  if (instrument === undefined || of.subScale === '') return instrument?.label
  const scale = instrument.subScales?.find(({ code }) => code === of.subScale)
  return scale && `${instrument.label}, ${scale.label}`
}

/** Whether an instrument is taken at a time point; at every one where the framework does not say. */
export function isTakenAt({ timePoints }: Pick<Instrument, 'timePoints'>, point: string): boolean {
  return timePoints === undefined || timePoints.some((each) => each.point === point)
}

/** Whether somebody may fill an instrument in: whoever does where the framework or the file does not say. */
export function mayComplete(
  { completedBy }: Pick<Instrument, 'completedBy'>,
  completer: string,
): boolean {
  return (
    completer === '' || completedBy === undefined || completedBy.some((each) => each === completer)
  )
}

/** Finds instruments and sub-scales by what a file calls them: code, name or another name. */
export class FrameworkNames {
  readonly #instruments: ReadonlyMap<string, Instrument>

  constructor({ instruments }: Framework) {
    this.#instruments = new Map(
      instruments.flatMap((instrument) =>
        namesOf(instrument).map((name) => [name, instrument] as const),
      ),
    )
  }

  /** The instrument that is called so; undefined when none is. */
  instrument(written: string): Instrument | undefined {
    return this.#instruments.get(codeKey(written))
  }

  /** The scale of a score: the instrument's own where no sub-scale is written. */
  scale(
    instrument: Instrument,
    subScale: string,
  ): { readonly code: string; readonly least: number; readonly most: number } | undefined {
    const key = codeKey(subScale)
    if (key === '') return { ...instrument, code: '' }
    return instrument.subScales?.find(
      ({ code, label }) => codeKey(code) === key || codeKey(label) === key,
    )
  }
}
