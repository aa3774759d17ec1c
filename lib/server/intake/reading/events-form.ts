import { z } from 'zod'
import { isFeedKind } from '#core/standard/feeds/feed-kinds.ts'
import { involvementForm } from './involvement-form.ts'
import type { KeptActivity, KeptScore } from '#core/checks/events/kept-events.ts'
import { ACTIVITY_TYPE, COMPLETED_BY, TIME_POINTS } from '#core/standard/further-codes.ts'
import { LANGUAGE_CODES } from '#core/standard/languages.ts'
import type { CheckTask, EventsRead, FurtherFile, HashedTask, ReadingTask } from './reading-task.ts'

const MOST_HEADS = 99_999
const MOST_THOUSANDTHS = 99_999_999

const codeOf = (list: { readonly codes: readonly { readonly code: string }[] }): string[] =>
  list.codes.map(({ code }) => code)
const oneOf = (codes: Iterable<string>): z.ZodType<string> => {
  const known = new Set(codes)
  return z.string().refine((code) => known.has(code))
}
const heads = z.int().min(0).max(MOST_HEADS)

/**
 * Reads what a reading process says beside records, of which nothing is believed: every code is of
 * a list that this task knows, and there is no free text.
 */
export class EventsForm {
  readonly #form: z.ZodType<EventsRead> | undefined
  /** Activities that were told so far. */
  #told = 0

  constructor(task: ReadingTask) {
    const givesRecords = task.want === 'records' || task.want === 'hashed-records'
    this.#form =
      givesRecords && task.further !== undefined ? formOf(task.further, wardsOf(task)) : undefined
  }

  /** Of so many records; `bytes` is JSON, empty for none. Throws RangeError at what cannot be. */
  read(bytes: Uint8Array, records: number): EventsRead | undefined {
    if (bytes.length === 0 && this.#form === undefined) return undefined
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
    const read = this.#form?.safeParse(JSON.parse(text))
    if (read?.success !== true) throw new RangeError('no events of this file')
    const { activities, people } = read.data
    this.#told += activities.length
    const isOfFile = people.every(({ attended }) => attended.every((at) => at < this.#told))
    if (people.length !== records || !isOfFile) throw new RangeError('no events of its records')
    return read.data
  }
}

function wardsOf(task: CheckTask | HashedTask): ReadonlySet<string> {
  return new Set('wards' in task ? task.wards : [...task.areas.values()].map(({ ward }) => ward))
}

function formOf(
  { kind, framework }: FurtherFile,
  wards: ReadonlySet<string>,
): z.ZodType<EventsRead> {
  const activity: z.ZodType<KeptActivity> = z.strictObject({
    day: z.iso.date(),
    type: oneOf(['', ...codeOf(ACTIVITY_TYPE)]),
    language: oneOf(['', ...codeOf({ codes: LANGUAGE_CODES })]),
    ward: oneOf(['', ...wards]),
    adults: heads,
    children: heads,
  })
  const instruments = new Map(
    framework.instruments.map(({ code, subScales = [] }) => [
      code,
      new Set(['', ...subScales.map((scale) => scale.code)]),
    ]),
  )
  const score: z.ZodType<KeptScore> = z
    .strictObject({
      instrument: z.string(),
      subScale: z.string(),
      timePoint: z.enum(TIME_POINTS),
      day: z.iso.date(),
      thousandths: z.int().min(-MOST_THOUSANDTHS).max(MOST_THOUSANDTHS),
      completedBy: oneOf(['', ...codeOf(COMPLETED_BY)]),
    })
    .refine(({ instrument, subScale }) => instruments.get(instrument)?.has(subScale) === true)
  const person = z.strictObject({
    attended: z.array(z.int().min(0)),
    scores: z.array(score),
    involvements: isFeedKind(kind)
      ? z.array(involvementForm(kind)).exactOptional()
      : z.never().exactOptional(),
  })
  return z.strictObject({ activities: z.array(activity), people: z.array(person) })
}
