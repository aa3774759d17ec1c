import type pg from 'pg'
import { NumberList } from '#core/checks/number-list.ts'
import { type ReachMarks, writeMarks } from '#core/reach/marks.ts'
import { copyRows } from '#server/platform/db/copy-out.ts'
import type { Database } from '#server/platform/db/database.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { queryText } from '#server/platform/db/queries.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import { ComponentNumbers } from './component-numbers.ts'

/** Marks are ids, which are below this; beyond it figures are counted from the records. */
const MOST = 2 ** 30

/**
 * Makes the marks from which exact figures of production are counted, of the links as they are, and
 * takes those of earlier links away. Changes nothing where they are made already, or while links
 * wait to be changed: their change asks again. Memory: the ids of one file, ward and role, what is
 * written of the others, and 4 bytes for every record there ever was.
 */
export async function markReach(database: Database): Promise<'made' | 'there' | 'later'> {
  return withTransaction(database, async (client) => {
    // The version and what was reached are of one moment.
    await client.query('set transaction isolation level repeatable read')
    const state = await runForRow(client, 'reach/begin-marking', [])
    if (state.made) return 'there'
    const last = Number(state.last)
    if (!state.alone || state.busy || last >= MOST) return 'later'
    // Guessed to be one file, each would go through all records: they are gone through once.
    await client.query('set local enable_nestloop = off')
    const cells = await readCells(client, last)
    await inPrisma(client, async ({ reachMarking }) => {
      await reachMarking.deleteMany()
      await reachMarking.create({ data: { linkageVersion: BigInt(state.version) } })
    })
    for (const { submission, ward, role, marks } of cells) {
      const { people, families, uppers, lowers, numbered, numbers } = marks
      await run(client, 'reach/insert-marks', [
        ...([state.version, submission, ward, role] as const),
        ...([people, families, uppers, lowers, numbered, numbers] as const),
      ])
    }
    return 'made'
  })
}

interface Cell {
  readonly submission: number
  readonly ward: string
  readonly role: string
}

const REACHED = {
  submission: 'int8',
  ward: 'text',
  role: 'text',
  beneficiary_id: 'int8',
  family_id: 'int8',
  upper_id: 'int8',
  lower_id: 'int8',
  nhs_id: 'int8',
} as const

async function readCells(
  client: pg.ClientBase,
  last: number,
): Promise<(Cell & { readonly marks: ReachMarks })[]> {
  const cells: (Cell & { readonly marks: ReachMarks })[] = []
  const inComponents = new ComponentNumbers(last)
  let lists = new CellLists(inComponents)
  let cell: Cell | undefined
  const close = (): void => {
    if (cell !== undefined) cells.push({ ...cell, marks: lists.write() })
  }
  for await (const batch of copyRows(client, queryText('reach/list-reached'), REACHED)) {
    const { columns } = batch
    for (let row = 0; row < batch.rows; row++) {
      const submission = columns.submission.values[row] ?? 0
      const ward = columns.ward.values[row] ?? ''
      const role = columns.role.values[row] ?? ''
      if (cell?.submission !== submission || cell.ward !== ward || cell.role !== role) {
        close()
        cell = { submission, ward, role }
        lists = new CellLists(inComponents)
      }
      lists.add({
        person: columns.beneficiary_id.values[row] ?? 0,
        family: columns.family_id.values[row] ?? 0,
        upper: columns.upper_id.values[row] ?? 0,
        lower: columns.lower_id.values[row] ?? 0,
        nhs: columns.nhs_id.values[row] ?? 0,
      })
    }
  }
  close()
  return cells
}

/** The ids that one record brings; 0 for none. */
interface RecordIds {
  readonly person: number
  readonly family: number
  readonly upper: number
  readonly lower: number
  readonly nhs: number
}

/** The ids of one cell. */
class CellLists {
  readonly #people = new NumberList()
  readonly #families = new NumberList()
  readonly #uppers = new NumberList()
  readonly #lowers = new NumberList()
  readonly #numbered = new NumberList()
  readonly #numbers = new NumberList()
  readonly #inComponents: ComponentNumbers

  constructor(inComponents: ComponentNumbers) {
    this.#inComponents = inComponents
  }

  add({ person, family, upper, lower, nhs }: RecordIds): void {
    this.#people.push(person)
    if (family !== 0) this.#families.push(family)
    this.#uppers.push(upper)
    this.#lowers.push(lower)
    if (nhs === 0) return
    this.#numbered.push(lower)
    this.#numbers.push(this.#inComponents.numberOf(nhs, lower))
  }

  write(): ReachMarks {
    return {
      people: writeMarks(this.#people),
      families: writeMarks(this.#families),
      uppers: writeMarks(this.#uppers),
      lowers: writeMarks(this.#lowers),
      numbered: writeMarks(this.#numbered),
      numbers: writeMarks(this.#numbers),
    }
  }
}
