import type pg from 'pg'
import type { KeptInvolvement, KeptScore } from '#core/checks/events/kept-events.ts'
import type { EventsRead } from '#server/intake/reading/reading-task.ts'
import type { Submission } from '#server/intake/submissions/read-submission.ts'
import { CopyBuffer } from '#server/platform/db/copy-buffer.ts'
import { copyIn } from '#server/platform/db/copy-in.ts'

/** How many rows of each the database took. */
export interface EventsLoaded {
  readonly activities: number
  readonly attendances: number
  readonly scores: number
  readonly involvements: number
}

const ACTIVITY = 'activity (submission_id, number, day, type, language, ward, adults, children)'
const ATTENDANCE = 'attendance (record_id, submission_id, activity)'
const SCORE =
  'score (record_id, submission_id, instrument, sub_scale, time_point, day, thousandths, completed_by)'

const INVOLVEMENT = `involvement (record_id, submission_id, place, state, start_date, last_date, end_date, staff_name, staff_role,
  staff_phone, staff_email, staff_team, details)`

/**
 * Holds activities, attendances, scores and involvements in the form of COPY while records are copied, and copies
 * them after: one connection copies into one table at a time. In a bridge quarter they are of the
 * records under the submission's own key.
 */
export class EventLoader {
  readonly #client: pg.PoolClient
  readonly #submission: number
  readonly #activities = new HeldRows(8)
  readonly #attendances = new HeldRows(3)
  readonly #scores = new HeldRows(8)
  readonly #involvements = new HeldRows(13)

  constructor(client: pg.PoolClient, { id }: Pick<Submission, 'id'>) {
    this.#client = client
    this.#submission = Number(id)
  }

  /** `recordOf` is the id of a record by its place among those that these are beside. */
  add({ activities, people }: EventsRead, recordOf: (at: number) => number): void {
    for (const { day, type, language, ward, adults, children } of activities) {
      const number = this.#activities.rows
      const row = this.#activities.row()
      row.int8(this.#submission)
      row.int4(number)
      row.date(day)
      for (const code of [type, language, ward]) row.text(code === '' ? null : code)
      row.int4(adults)
      row.int4(children)
    }
    for (const [at, { attended, scores, involvements = [] }] of people.entries()) {
      for (const activity of attended) {
        const row = this.#attendances.row()
        row.int8(recordOf(at))
        row.int8(this.#submission)
        row.int4(activity)
      }
      for (const score of scores) this.#addScore(recordOf(at), score)
      for (const [place, involvement] of involvements.entries())
        this.#addInvolvement(recordOf(at), place, involvement)
    }
  }

  async finish(): Promise<EventsLoaded> {
    return {
      activities: await this.#activities.copy(this.#client, ACTIVITY),
      attendances: await this.#attendances.copy(this.#client, ATTENDANCE),
      scores: await this.#scores.copy(this.#client, SCORE),
      involvements: await this.#involvements.copy(this.#client, INVOLVEMENT),
    }
  }

  #addScore(record: number, score: KeptScore): void {
    const { instrument, subScale, timePoint, day, thousandths, completedBy } = score
    const row = this.#scores.row()
    row.int8(record)
    row.int8(this.#submission)
    row.text(instrument)
    row.text(subScale)
    row.text(timePoint)
    row.date(day)
    row.int4(thousandths)
    row.text(completedBy === '' ? null : completedBy)
  }

  #addInvolvement(record: number, place: number, involvement: KeptInvolvement): void {
    const { state, startDate, lastDate, endDate, details, ...staff } = involvement
    const row = this.#involvements.row()
    row.int8(record)
    row.int8(this.#submission)
    row.int4(place)
    row.text(state)
    for (const day of [startDate, lastDate, endDate]) row.date(day)
    const { staffName, staffRole, staffPhone, staffEmail, staffTeam } = staff
    for (const text of [staffName, staffRole, staffPhone, staffEmail, staffTeam])
      row.text(text === '' ? null : text)
    row.jsonb(JSON.stringify(details))
  }
}

const CHUNK = 1024 * 1024

/** Rows of one table, until they are copied. */
class HeldRows {
  readonly #cells: number
  readonly #chunks: Buffer[] = []
  #buffer: CopyBuffer | undefined
  rows = 0

  constructor(cells: number) {
    this.#cells = cells
  }

  /** Begins a row. */
  row(): CopyBuffer {
    this.#buffer ??= new CopyBuffer()
    if (this.#buffer.length > CHUNK) this.#chunks.push(this.#buffer.take())
    this.#buffer.row(this.#cells)
    this.rows += 1
    return this.#buffer
  }

  async copy(client: pg.PoolClient, target: string): Promise<number> {
    if (this.#buffer === undefined) return 0
    return copyIn(client, target, [...this.#chunks, this.#buffer.end()])
  }
}
