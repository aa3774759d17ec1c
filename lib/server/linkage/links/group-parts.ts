import type pg from 'pg'
import {
  CONTACT_GROUPS,
  POSSIBLE_EDGE_GROUPS,
  type EdgeGroup,
} from '#core/linkage/possible-edges.ts'
import type { ContactLimits } from '#core/linkage/policy.ts'
import { ALTERNATES, PSEUDONYM_COLUMNS, type PseudonymColumn } from '#core/pseudonym/kinds.ts'
import type { CopyColumn } from '#server/platform/db/copy-decoder.ts'
import { copyIn } from '#server/platform/db/copy-in.ts'
import { copyRows } from '#server/platform/db/copy-out.ts'
import { CopyWriter } from '#server/platform/db/copy-writer.ts'
import { queryText } from '#server/platform/db/queries.ts'
import { run } from '#server/platform/db/run.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { PSEUDONYM_TYPES } from '#server/store/record-columns.ts'
import { ContactMeetings } from './contact-meetings.ts'
import { CarrierRoom, FirstCarriers, RecordSets } from './record-sets.ts'
import { findSharedContacts } from './shared-contacts.ts'

/**
 * Values held at once while parts are found, unless one group of columns has more: at most 100 MB
 * in one room for all passes. Each pass reads every record again, its own columns alone: half as many passes over a
 * million records take an eighth off what the server does while linking.
 */
const VALUES_AT_ONCE = 5_590_000

/** How a scope falls into parts; scope_part holds the same in the database. */
export interface Parts {
  readonly records: number
  readonly parts: number
  /** Ordinals at which chunks of whole parts begin, and the end. */
  readonly chunks: readonly number[]
}

/**
 * Finds the parts of the records in `scope`: sets closed under possible edges, so that each can be
 * decided by itself. Fills scope_part, part after part, and answers where chunks of about
 * `chunkRecords` records begin. Memory: 24 bytes per record and 12 per value, the columns taken in
 * as many passes as that needs.
 */
export async function groupParts(
  client: pg.PoolClient,
  dataset: Dataset,
  { records, limits, chunkRecords }: Scope & { readonly chunkRecords: number },
): Promise<Parts> {
  const decided = await readDecidedClients(client, dataset)
  const ids = new Float64Array(records)
  const met = limits === null ? [] : CONTACT_GROUPS
  const meeting = passes(met, records)
  const joining = passes(
    POSSIBLE_EDGE_GROUPS.filter((group) => !met.includes(group)),
    records,
  )
  const most = Math.max(0, ...[...meeting, ...joining].map(({ length }) => length * records))
  const room = new CarrierRoom(most)
  const grouping = { client, dataset, ids, sets: new RecordSets(records), decided, room }
  if (limits !== null)
    for (const columns of meeting) await meetByContacts(grouping, columns, limits)
  for (const columns of joining) await joinByColumns(grouping, columns)
  joinDecided(grouping.sets, decided)
  return writeParts(client, ids, grouping.sets, chunkRecords)
}

/** What `scope` holds. */
export interface Scope {
  readonly records: number
  /**
   * Given where the scope is all that counts and shared contacts are not known yet: then they are
   * found on the way.
   */
  readonly limits: ContactLimits | null
}

interface Grouping {
  readonly client: pg.PoolClient
  readonly dataset: Dataset
  readonly ids: Float64Array
  readonly sets: RecordSets
  readonly decided: DecidedClients
  readonly room: CarrierRoom
}

/**
 * Columns of possible edges, as many groups together as fit; columns of one group share their
 * values.
 */
function passes(groups: readonly EdgeGroup[], records: number): PseudonymColumn[][] {
  const result: PseudonymColumn[][] = []
  let room = 0
  for (const group of groups) {
    const columns = group.map(({ column }) => column)
    const values = columns.length * records
    const last = result.at(-1)
    if (last === undefined || room < values) {
      result.push(columns)
      room = VALUES_AT_ONCE - values
    } else {
      last.push(...columns)
      room -= values
    }
  }
  return result
}

/** Finds the contacts that too many people carry, and joins the records that carry another. */
async function meetByContacts(
  grouping: Grouping,
  columns: readonly PseudonymColumn[],
  limits: ContactLimits,
): Promise<void> {
  const { client, dataset, ids, sets, room } = grouping
  const carriers = new FirstCarriers(columns.length * ids.length, room)
  const meetings = new ContactMeetings(carriers)
  await eachColumn(grouping, columns, (_, column, rows, firstIndex) => {
    eachValue(column, rows, firstIndex, (high, low, index) => {
      meetings.note(high, low, index)
    })
  })
  const least = Math.min(limits.own, limits.carer)
  // What nobody may carry is shared without any meeting.
  const crowdedIds =
    least < 1
      ? Array.from(ids)
      : Array.from(meetings.crowdedRecords(least), (index) => ids[index] ?? 0)
  await findSharedContacts(client, dataset, limits, crowdedIds)
  await voidShared(client, dataset, carriers)
  meetings.join(sets)
}

/** Joins records that carry the same value, but for a contact that is known to be shared. */
async function joinByColumns(
  grouping: Grouping,
  columns: readonly PseudonymColumn[],
): Promise<void> {
  const { client, dataset, ids, sets, decided, room } = grouping
  const carriers = new FirstCarriers(columns.length * ids.length, room)
  await voidShared(client, dataset, carriers)
  await eachColumn(grouping, columns, (name, column, rows, firstIndex) => {
    eachValue(column, rows, firstIndex, (high, low, index) => {
      sets.join(carriers.meet(high, low, index), index)
    })
    if (name === 'client_pseudonym') decided.note(column, rows, firstIndex)
  })
  await joinAlternates(grouping, columns, carriers)
}

/** Joins the records that have as an alternate what another carries in one of these columns. */
async function joinAlternates(
  grouping: Grouping,
  columns: readonly PseudonymColumn[],
  carriers: FirstCarriers,
): Promise<void> {
  const alternates = ALTERNATES.filter(({ alternateOf }) =>
    PSEUDONYM_COLUMNS.some(
      ({ field, column }) => field === alternateOf && columns.includes(column),
    ),
  ).map(({ column }) => column)
  if (alternates.length === 0) return
  await eachColumn(grouping, alternates, (_, column, rows, firstIndex) => {
    eachValue(column, rows, firstIndex, (high, low, index) => {
      const carrier = carriers.firstOf(high, low)
      if (carrier !== undefined) grouping.sets.join(carrier, index)
    })
  })
}

/**
 * Reads columns of the scope in the order of record ids, batch by batch; joins the records of one
 * row on the way.
 */
async function eachColumn(
  { client, dataset, ids, sets }: Grouping,
  columns: readonly PseudonymColumn[],
  take: (
    name: PseudonymColumn,
    column: CopyColumn<'uuid'>,
    rows: number,
    firstIndex: number,
  ) => void,
): Promise<void> {
  const names = { dataset, columns: columns.join(', ') }
  const pseudonyms: Partial<typeof PSEUDONYM_TYPES> = Object.fromEntries(
    columns.map((column) => [column, PSEUDONYM_TYPES[column]]),
  )
  const wanted = { id: 'int8', submission_id: 'int8', source_row: 'int4', ...pseudonyms } as const
  let index = 0
  let lastSubmission = -1
  let lastRow = -1
  for await (const batch of copyRows(client, queryText('evidence/read-edges', names), wanted)) {
    const { id, submission_id: submissions, source_row: sourceRows } = batch.columns
    for (let row = 0; row < batch.rows; row++) {
      ids[index + row] = id.values[row] ?? 0
      const submission = submissions.values[row] ?? 0
      const sourceRow = sourceRows.values[row] ?? 0
      // Records of one row follow one another: a child and its carer are a family tie.
      if (submission === lastSubmission && sourceRow === lastRow)
        sets.join(index + row - 1, index + row)
      lastSubmission = submission
      lastRow = sourceRow
    }
    for (const name of columns) {
      const column = batch.columns[name]
      if (column !== undefined) take(name, column, batch.rows, index)
    }
    index += batch.rows
  }
  if (index !== ids.length) throw new Error(`scope had ${ids.length} records, ${index} were read`)
}

/** The first 64 bits of each value of a column, as two numbers, with the index of its record. */
function eachValue(
  column: CopyColumn<'uuid'>,
  rows: number,
  firstIndex: number,
  take: (high: number, low: number, index: number) => void,
): void {
  const { values, nulls } = column
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength)
  for (let row = 0; row < rows; row++) {
    if (nulls[row] === 1) continue
    take(view.getInt32(row * 16), view.getInt32(row * 16 + 4), firstIndex + row)
  }
}

/** Clients that a standing decision speaks of, and a record of each in the scope. */
class DecidedClients {
  readonly pairs: readonly (readonly [string, string])[]
  readonly #record = new Map<string, number>()
  readonly #wanted: Set<string>

  constructor(pairs: readonly (readonly [string, string])[]) {
    this.pairs = pairs
    this.#wanted = new Set(pairs.flat())
  }

  note(column: CopyColumn<'uuid'>, rows: number, firstIndex: number): void {
    if (this.#wanted.size === 0) return
    const bytes = Buffer.from(column.values.buffer, column.values.byteOffset, rows * 16)
    for (let row = 0; row < rows; row++) {
      const client = bytes.toString('hex', row * 16, row * 16 + 16)
      if (this.#wanted.has(client)) this.#record.set(client, firstIndex + row)
    }
  }

  recordOf(client: string): number | undefined {
    return this.#record.get(client)
  }
}

async function readDecidedClients(
  client: pg.PoolClient,
  dataset: Dataset,
): Promise<DecidedClients> {
  const rows = await run(client, 'decisions/list-decided-clients', [dataset])
  return new DecidedClients(
    rows.map((row) => [hexOf(row.left_client), hexOf(row.right_client)] as const),
  )
}

function joinDecided(sets: RecordSets, decided: DecidedClients): void {
  for (const [left, right] of decided.pairs) {
    const a = decided.recordOf(left)
    const b = decided.recordOf(right)
    if (a !== undefined && b !== undefined) sets.join(a, b)
  }
}

/** Makes the contacts that are shared bring nobody together. */
async function voidShared(
  client: pg.PoolClient,
  dataset: Dataset,
  carriers: FirstCarriers,
): Promise<void> {
  for (const { value } of await run(client, 'shared-contacts/list-shared-contacts', [dataset])) {
    const hex = hexOf(value)
    carriers.voidValue(parseInt(hex.slice(0, 8), 16) | 0, parseInt(hex.slice(8, 16), 16) | 0)
  }
}

function hexOf(uuid: string): string {
  return uuid.replaceAll('-', '')
}

async function writeParts(
  client: pg.PoolClient,
  ids: Float64Array,
  sets: RecordSets,
  chunkRecords: number,
): Promise<Parts> {
  const order = sets.inOrder()
  const chunks: number[] = [0]
  let parts = 0
  let lastRoot = -1
  function* rows(): Generator<Buffer> {
    for (let ordinal = 0; ordinal < order.length; ordinal++) {
      const index = order[ordinal] ?? 0
      const root = sets.find(index)
      if (root !== lastRoot) {
        parts++
        lastRoot = root
        if (ordinal - (chunks.at(-1) ?? 0) >= chunkRecords) chunks.push(ordinal)
      }
      writer.add({ ordinal, part_id: ids[root] ?? 0, record_id: ids[index] ?? 0 })
      if (writer.length > 512 * 1024) yield writer.take()
    }
    yield writer.end()
  }
  const writer = new CopyWriter({ ordinal: 'int4', part_id: 'int8', record_id: 'int8' })
  await copyIn(client, `scope_part (${writer.columns})`, rows())
  await run(client, 'tables/analyze', [], { table: 'scope_part' })
  chunks.push(order.length)
  return { records: order.length, parts, chunks }
}
