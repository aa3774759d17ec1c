import type pg from 'pg'
import { writeMarks } from '#core/reach/marks.ts'
import { withTransaction } from '#server/db/pool.ts'
import { namedQuery } from '#server/db/queries.ts'

interface ReachedRow {
  readonly submission: string
  readonly ward: string
  readonly role: string
  readonly people: string
  readonly families: string | null
  readonly uppers: string
  readonly lowers: string
  readonly numbered: string | null
  readonly numbers: string | null
}

/**
 * Makes the marks from which exact figures of production are counted, of the links as they are, and takes those of earlier links away.
 * Changes nothing where they are made already, or while links wait to be changed: their change asks again.
 */
export async function markReach(pool: pg.Pool): Promise<'made' | 'there' | 'later'> {
  return withTransaction(pool, async (client) => {
    // The version and what was reached are of one moment.
    await client.query('set transaction isolation level repeatable read')
    const { rows } = await client.query<{
      version: string
      alone: boolean
      made: boolean
      busy: boolean
    }>(
      `select version, pg_try_advisory_xact_lock(hashtextextended('countonce.reach-marks', 0)) as alone,
         exists (select from reach_marking where linkage_version = version) as made,
         exists (select from submission_job where kind = 'process' and stage in ('waiting', 'linking')) as busy
       from linkage_state where dataset = 'production'`,
    )
    const [state] = rows
    if (state === undefined || state.made) return 'there'
    if (!state.alone || state.busy) return 'later'
    // Partitioned tables have no statistics of their own: links would be looked up row by row, four times as slowly.
    await client.query('set local enable_nestloop = off')
    await client.query('set local enable_mergejoin = off')
    const reached = await client.query<ReachedRow>(namedQuery('reach', 'list-reached'), [
      'production',
    ])
    await client.query('delete from reach_marking')
    await client.query('insert into reach_marking values ($1)', [state.version])
    await writeRows(client, state.version, reached.rows)
    return 'made'
  })
}

async function writeRows(
  client: pg.ClientBase,
  version: string,
  rows: readonly ReachedRow[],
): Promise<void> {
  const people = new Numbering()
  const families = new Numbering()
  const uppers = new Numbering()
  const lowers = new Numbering()
  const numbers = new Numbering()
  const inComponents = new Numbering()
  for (const row of rows) {
    const numbered = lowers.of(idsOf(row.numbered))
    const counting = numbers.of(idsOf(row.numbers))
    await client.query('insert into reach_mark values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
      version,
      row.submission,
      row.ward,
      row.role,
      writeMarks(people.of(idsOf(row.people))),
      writeMarks(families.of(idsOf(row.families))),
      writeMarks(uppers.of(idsOf(row.uppers))),
      writeMarks(lowers.of(idsOf(row.lowers))),
      writeMarks(numbered),
      // A number may count in several components, in each of them once.
      writeMarks(
        inComponents.of(counting.map((number, index) => pairOf(numbered[index] ?? 0, number))),
      ),
    ])
  }
}

function idsOf(array: string | null): number[] {
  return array === null ? [] : array.slice(1, -1).split(',').map(Number)
}

/** Each pair its own number; each of the two may be up to 2²⁶. */
function pairOf(left: number, right: number): number {
  return left * 2 ** 26 + right
}

/** Numbers ids from 0 in the order in which they are met, so that no id is kept and distances are small. */
class Numbering {
  readonly #numbers = new Map<number, number>()

  of(ids: readonly number[]): number[] {
    return ids.map((id) => {
      let number = this.#numbers.get(id)
      if (number === undefined) this.#numbers.set(id, (number = this.#numbers.size))
      return number
    })
  }
}
