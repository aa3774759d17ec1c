import type { Mapping, TimePoint } from '#core/mapping/mapping.ts'
import type { FurtherKind } from '#core/standard/further-fields.ts'
import { quarterDays, type Quarter } from '#core/standard/quarter.ts'
import { dayNumber, isoDay } from './calendar.ts'
import { PLACES } from './places.ts'
import { Choices, mix } from './random.ts'
import type { ServiceFile } from './service-files.ts'
import { serviceNumber } from './service-use.ts'
import type { Written } from './written-client.ts'

/**
 * What some services of the demonstration send beside people: engagement activities, with who came or
 * how many, and scores, one a row or several. Each is made of the service's own file of people, so
 * that it writes them as that does; the truth beside it is of people, not of what files say.
 */

/** A file of activities or outcomes, as the service writes it. */
export interface EventFile {
  readonly kind: FurtherKind
  readonly service: string
  readonly provider: string
  readonly quarter: Quarter
  readonly mapping: Mapping
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly truth: readonly TrueEvent[]
}

/** Somebody at an activity, heads at one, or a score of somebody, as it truly is. */
export type TrueEvent =
  | { readonly is: 'attendance'; readonly activity: string; readonly person: string }
  | {
      readonly is: 'heads'
      readonly activity: string
      readonly adults: number
      readonly children: number
    }
  | {
      readonly is: 'score'
      readonly person: string
      readonly instrument: string
      readonly subScale: string
      readonly timePoint: TimePoint
      readonly day: string
      readonly score: number
    }

/** A client of a file of people: as it is written there, and who it is. */
interface Client {
  readonly written: Written
  readonly person: string
}

/** One column: its heading, the field it gives, and what stands in it. */
type Column = readonly [heading: string, field: string, cell: (row: Written) => string]

const ukDay = (day: string): string => day.split('-').reverse().join('/')
const text =
  (field: keyof Written) =>
  (row: Written): string =>
    row[field] ?? ''
const day =
  (field: keyof Written) =>
  (row: Written): string =>
    ukDay(row[field] ?? '')

const CHAMPIONS: readonly Column[] = [
  ['ID', 'client_ref', text('client_ref')],
  ['First Name', 'first_name', text('first_name')],
  ['Last Name', 'last_name', text('last_name')],
  ['Date of birth', 'date_of_birth', day('date_of_birth')],
  ['Email', 'email', text('email')],
  ['Mobile number', 'mobile', text('mobile')],
  ['Postcode', 'postcode', text('postcode')],
]
const HOUSING: readonly Column[] = [
  ['Case number', 'client_ref', text('client_ref')],
  ['First name', 'first_name', text('first_name')],
  ['Surname', 'last_name', text('last_name')],
  ['Date of birth', 'date_of_birth', day('date_of_birth')],
  ['Email address', 'email', text('email')],
]
const THERAPY: readonly Column[] = [
  ['Local Patient Identifier', 'client_ref', text('client_ref')],
  ['NHS Number', 'nhs_number', text('nhs_number')],
  ['Given Name', 'first_name', text('first_name')],
  ['Family Name', 'last_name', text('last_name')],
  ['Date of Birth', 'date_of_birth', day('date_of_birth')],
]

/** The files of activities and outcomes that go with files of people, in the order of these. */
export function eventFiles(sent: readonly ServiceFile[], seed: number): EventFile[] {
  const scores = new ScoreBook(seed)
  return sent.flatMap((file): EventFile[] => {
    switch (file.habit.service) {
      case 'parent-champions':
        return [champions(file, seed)]
      case 'natural-thinkers':
        return [headCounts(file, seed)]
      case 'och':
        return [severalARow(file, scores)]
      case 'speech-and-language-therapy-chattertime':
        return [oneARow(file, scores)]
      default:
        return []
    }
  })
}

const SESSIONS = 6
const MOST_SESSIONS = 4

/** Coffee mornings and workshops with who came, and two fun days at which heads were counted. */
function champions(file: ServiceFile, seed: number): EventFile {
  const choices = choicesOf(file, seed)
  const venue = PLACES[0]?.postcode ?? ''
  const held = sessionsOf(file, choices, 'PC')
  const rows: string[][] = []
  const truth: TrueEvent[] = []
  for (const { written, person } of clientsOf(file)) {
    const many = Math.min(Number(written.contacts ?? '0'), MOST_SESSIONS)
    for (const { ref, day: on, type } of held.slice(0, many)) {
      const who = CHAMPIONS.map(([, , cell]) => cell(written))
      rows.push([ref, ukDay(on), type, venue, ...who, '', ''])
      truth.push({ is: 'attendance', activity: ref, person })
    }
  }
  const nobody = CHAMPIONS.map(() => '')
  for (const { ref, day: on } of held.slice(MOST_SESSIONS)) {
    const [adults, children] = [choices.between(6, 30), choices.between(8, 40)]
    rows.push([ref, ukDay(on), 'Fun day', venue, ...nobody, String(adults), String(children)])
    truth.push({ is: 'heads', activity: ref, adults, children })
  }
  const own = [
    ['Session ref', 'activity_ref'],
    ['Session date', 'activity_date'],
    ['Type of session', 'activity_type'],
    ['Venue postcode', 'venue_postcode'],
    ...CHAMPIONS,
    ['Number of adults', 'adults'],
    ['Number of children', 'children'],
  ] as const
  return { ...ofFile(file, 'activities', own), rows, truth }
}

/** Sessions outdoors, of which the service counts heads alone. */
function headCounts(file: ServiceFile, seed: number): EventFile {
  const choices = choicesOf(file, seed)
  const truth = sessionsOf(file, choices, 'NT').map(({ ref, day: on }) => ({
    ...{ is: 'heads' as const, activity: ref, on },
    ...{ adults: choices.between(3, 12), children: choices.between(4, 18) },
  }))
  const rows = truth.map(({ activity, on, adults, children }) => [
    ...[activity, ukDay(on), 'Stay and play', String(adults), String(children)],
  ])
  const own = [
    ['Group no.', 'activity_ref'],
    ['Date held', 'activity_date'],
    ['Activity', 'activity_type'],
    ['Adults attended', 'adults'],
    ['Children attended', 'children'],
  ] as const
  return {
    ...ofFile(file, 'activities', own),
    rows,
    truth: truth.map(({ is, activity, adults, children }) => ({ is, activity, adults, children })),
  }
}

const WIDE = [
  { instrument: 'invented-wellbeing', name: 'IWS', least: 14, most: 70 },
  { instrument: 'invented-worry', name: 'IWC', least: 0, most: 20 },
] as const

/** A row for each client, with columns of the baseline and of the latest follow-up. */
function severalARow(file: ServiceFile, book: ScoreBook): EventFile {
  const rows: string[][] = []
  const truth: TrueEvent[] = []
  for (const { written, person } of clientsOf(file)) {
    const times = book.timesOf(file, person).filter(({ timePoint }) => timePoint !== 'exit')
    const [first] = times
    const last = times.length > 1 ? times.at(-1) : undefined
    const cells = [first, last].flatMap((time) => {
      const scores = WIDE.map(({ instrument, least, most }) => {
        if (time === undefined) return ''
        const score = book.score(person, instrument, time.number, { least, most })
        truth.push({ is: 'score', person, instrument, subScale: '', ...onlyTime(time), score })
        return String(score)
      })
      return [time === undefined ? '' : ukDay(time.day), ...scores]
    })
    rows.push([...HOUSING.map(([, , cell]) => cell(written)), ...cells])
  }
  const times = [
    ['baseline', 'Date of baseline', 'baseline'],
    ['follow-up', 'Date of follow-up', 'follow_up'],
  ] as const
  const scores = times.flatMap(([named, date, timePoint]) =>
    WIDE.map(({ instrument, name }) => ({
      ...{ column: `${name} ${named}`, date, measure: instrument, timePoint },
    })),
  )
  const columns = Object.fromEntries(HOUSING.map(([heading, field]) => [field, heading]))
  return {
    ...ofFile(file, 'outcomes', HOUSING),
    mapping: { kind: 'outcomes', columns, constants: { role: 'parent' }, scores },
    header: [
      ...HOUSING.map(([heading]) => heading),
      ...times.flatMap(([named, date]) => [date, ...WIDE.map(({ name }) => `${name} ${named}`)]),
    ],
    ...{ rows, truth },
  }
}

const LONG = [
  { subScale: 'words', name: 'Words', least: 0, most: 20 },
  { subScale: 'gestures', name: 'Gestures', least: 0, most: 40 },
] as const
const STAGES = { baseline: 'Initial', follow_up: 'Review', exit: 'Discharge' } as const

/** A row for each score of a child on a sub-scale. */
function oneARow(file: ServiceFile, book: ScoreBook): EventFile {
  const rows: string[][] = []
  const truth: TrueEvent[] = []
  for (const { written, person } of clientsOf(file)) {
    for (const time of book.timesOf(file, person)) {
      for (const { subScale, name, least, most } of LONG) {
        const score = book.score(person, subScale, time.number, { least, most })
        const own = ['ITC', name, STAGES[time.timePoint], ukDay(time.day), String(score)]
        rows.push([...THERAPY.map(([, , cell]) => cell(written)), ...own, 'Practitioner'])
        const instrument = 'invented-talk'
        truth.push({ is: 'score', person, instrument, subScale, ...onlyTime(time), score })
      }
    }
  }
  const own = [
    ...THERAPY,
    ['Tool', 'measure'],
    ['Sub-scale', 'sub_scale'],
    ['Stage', 'time_point'],
    ['Assessment date', 'score_date'],
    ['Score', 'score'],
    ['Completed by', 'completed_by'],
  ] as const
  return { ...ofFile(file, 'outcomes', own), rows, truth }
}

/** What every file has. */
function ofFile(
  { habit: { service, provider }, quarter }: ServiceFile,
  kind: FurtherKind,
  columns: readonly (readonly [heading: string, field: string, ...more: unknown[]])[],
): Omit<EventFile, 'rows' | 'truth'> {
  const fields = Object.fromEntries(columns.map(([heading, field]) => [field, heading]))
  return {
    ...{ kind, service, provider, quarter },
    header: columns.map(([heading]) => heading),
    mapping: {
      kind,
      columns: fields,
      ...(kind === 'outcomes' ? { constants: { role: 'child' } } : {}),
      // A word of its own.
      ...(fields['activity_type'] === undefined
        ? {}
        : { values: { activity_type: { 'Coffee morning': 'drop_in', 'Fun day': 'outreach' } } }),
    },
  }
}

interface Session {
  readonly ref: string
  readonly day: string
  readonly type: string
}

function sessionsOf({ quarter }: ServiceFile, choices: Choices, prefix: string): Session[] {
  const first = dayNumber(quarterDays(quarter).first)
  return Array.from({ length: SESSIONS }, (_, number) => ({
    ref: `${prefix}-${quarter}-${number + 1}`,
    day: isoDay(first + number * 14 + choices.between(0, 6)),
    type: number % 2 === 0 ? 'Coffee morning' : 'Workshop',
  }))
}

function choicesOf({ habit, quarter }: ServiceFile, seed: number): Choices {
  return new Choices(mix(seed, serviceNumber(habit)), dayNumber(quarterDays(quarter).first))
}

/** Whom a file names by a reference of its own, each reference once. */
function clientsOf({ rows, truth }: ServiceFile): Client[] {
  const people = new Map(truth.map(({ clientRef, person }) => [clientRef, person]))
  const clients = new Map<string, Client>()
  for (const written of rows) {
    const reference = written?.client_ref ?? ''
    const person = people.get(reference)
    if (written === null || person === undefined || clients.has(reference)) continue
    clients.set(reference, { written, person })
  }
  return [...clients.values()]
}

/** When a score was taken of somebody: the how manieth time, and the day. */
interface ScoreTime {
  readonly number: number
  readonly timePoint: TimePoint
  readonly day: string
}

function onlyTime({ timePoint, day: on }: ScoreTime): Pick<ScoreTime, 'timePoint' | 'day'> {
  return { timePoint, day: on }
}

/** The scores of everybody: a baseline in the first quarter of a service that names them, one in each that follows. */
class ScoreBook {
  readonly #seed: number
  readonly #times = new Map<string, ScoreTime[]>()

  constructor(seed: number) {
    this.#seed = seed
  }

  /** What was taken up to the end of a file's quarter, in order. */
  timesOf({ habit, quarter }: ServiceFile, person: string): readonly ScoreTime[] {
    const key = `${habit.service} ${person}`
    const known = this.#times.get(key) ?? []
    this.#times.set(key, known)
    const { first, last } = quarterDays(quarter)
    if (known.every(({ day: on }) => on < first || on > last)) {
      const number = known.length
      const on = isoDay(dayNumber(first) + this.#choices(person, number).between(30, 80))
      const isEnd = number > 1 && this.#choices(person, number).happens(0.5)
      const timePoint = number === 0 ? 'baseline' : isEnd ? 'exit' : 'follow_up'
      known.push({ number, timePoint, day: on })
    }
    return known
  }

  /** A score at one of the times: most people end somewhat above where they began. */
  score(
    person: string,
    scale: string,
    time: number,
    { least, most }: { readonly least: number; readonly most: number },
  ): number {
    const width = most - least
    const choices = this.#choices(`${person} ${scale}`, 0)
    const began = least + Math.round(width * (0.3 + 0.3 * choices.fraction()))
    const moved = width * (0.2 * choices.fraction() - 0.05) * time
    return Math.min(most, Math.max(least, began + Math.round(moved)))
  }

  #choices(person: string, number: number): Choices {
    const of = Buffer.from(person, 'utf8').reduce((all, byte) => mix(all, byte), this.#seed)
    return new Choices(of, number)
  }
}
