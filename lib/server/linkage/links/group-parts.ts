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
import type { LinkConnections } from './reading-beside.ts'
import { CarrierRoom, FirstCarriers, KeptValues, RecordSets } from './record-sets.ts'
import { findSharedContacts } from './shared-contacts.ts'

/**
 * Values held at once while parts are found, unless one group of columns has more: at most 150 MB
 * in the rooms of all passes. Each pass reads every record again, its own columns alone: half as many passes over a
 * million records take an eighth off what the server does while linking, and of few records one pass reads all.
 */
const VALUES_AT_ONCE = 5_590_000

/** How a scope falls into parts; scope_part holds the same in the database. */
export interface Parts {
  readonly records: number
  readonly parts: number
  /** Ordinals at which chunks of whole parts begin, and the end. */
  readonly chunks: readonly number[]
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

/** A scope whose shared contacts are known, on its way to its parts. */
export interface Grouping extends LinkConnections {
  readonly dataset: Dataset
  readonly ids: Float64Array
  readonly sets: RecordSets
  readonly decided: DecidedClients
  readonly metRoom: CarrierRoom
  readonly joinedRoom: CarrierRoom
  /** The contacts that were known to be shared, where none are to be found: they bring nobody together. */
  readonly shared: readonly SharedValue[]
  /** What is left to be read. */
  readonly passes: readonly Pass[]
}

/**
 * Begins to find the parts of the records in `scope`: afterwards it is known which contacts are shared
 * by too many, and `client` is needed no more to find the parts.
 */
export async function meetContacts(
  connections: LinkConnections,
  dataset: Dataset,
  { records, limits }: Scope,
): Promise<Grouping> {
  const met = limits === null ? [] : CONTACT_GROUPS
  const joined = POSSIBLE_EDGE_GROUPS.filter((group) => !met.includes(group))
  const passes = passesOf(met, joined, records)
  const grouping = {
    ...{ ...connections, dataset, ids: new Float64Array(records), sets: new RecordSets(records) },
    decided: await readDecidedClients(connections.client, dataset),
    shared: limits === null ? await readShared(connections.client, dataset) : [],
    ...roomsFor(passes, records),
  }
  if (limits === null) return { ...grouping, passes }
  const isMeeting = (pass: Pass): boolean => pass.met.length > 0
  for (const pass of passes.filter(isMeeting)) {
    await joinMeetings(grouping, await readPass(grouping, pass), limits)
  }
  return { ...grouping, passes: passes.filter((pass) => !isMeeting(pass)) }
}

/**
 * Finds the parts: sets of records closed under possible edges, so that each can be decided by itself.
 * Fills scope_part, part after part, and answers where chunks of about `chunkRecords` records begin.
 * Memory: 24 bytes per record and 12 per value, the columns taken in as many passes as that needs.
 */
export async function groupParts(grouping: Grouping, chunkRecords: number): Promise<Parts> {
  for (const pass of grouping.passes) await readPass(grouping, pass)
  joinDecided(grouping.sets, grouping.decided)
  return writeParts(grouping.reader, grouping.ids, grouping.sets, chunkRecords)
}

type Groups = Omit<Grouping, 'passes'>

/** Columns that are read at once. */
interface Pass {
  /** Of contacts, where it is not known which of them bring nobody together. */
  readonly met: readonly PseudonymColumn[]
  readonly joined: readonly PseudonymColumn[]
  /** Alternates of these, where there is room to keep them until all that others carry is known. */
  readonly kept: readonly PseudonymColumn[]
}

/**
 * The columns of possible edges, as many groups together as fit; columns of one group share their
 * values. Contacts that are to be met come first.
 */
function passesOf(
  met: readonly EdgeGroup[],
  joined: readonly EdgeGroup[],
  records: number,
): Pass[] {
  const all = { met: columnsOf(met), joined: columnsOf(joined) }
  const fit = (columns: number): boolean => columns * records <= VALUES_AT_ONCE
  const keptOf = (columns: readonly PseudonymColumn[]): PseudonymColumn[] => {
    const alternates = alternatesOf(columns)
    return fit(alternates.length) ? alternates : []
  }
  if (fit(all.met.length + all.joined.length)) return [{ ...all, kept: keptOf(all.joined) }]
  return [
    ...grouped(met, records).map((columns) => ({ met: columns, joined: [], kept: [] })),
    ...grouped(joined, records).map((columns) => ({
      ...{ met: [], joined: columns, kept: keptOf(columns) },
    })),
  ]
}

/** Passes that follow one another have one room. */
function roomsFor(
  passes: readonly Pass[],
  records: number,
): Pick<Grouping, 'metRoom' | 'joinedRoom'> {
  const roomFor = (most: (pass: Pass) => number): CarrierRoom =>
    new CarrierRoom(Math.max(0, ...passes.map(most)) * records)
  if (passes.some(({ met, joined }) => met.length > 0 && joined.length > 0)) {
    return {
      metRoom: roomFor(({ met }) => met.length),
      joinedRoom: roomFor(({ joined }) => joined.length),
    }
  }
  const room = roomFor(({ met, joined }) => Math.max(met.length, joined.length))
  return { metRoom: room, joinedRoom: room }
}

function columnsOf(groups: readonly EdgeGroup[]): PseudonymColumn[] {
  return groups.flatMap((group) => group.map(({ column }) => column))
}

function grouped(groups: readonly EdgeGroup[], records: number): PseudonymColumn[][] {
  const result: PseudonymColumn[][] = []
  let room = 0
  for (const group of groups) {
    const columns = columnsOf([group])
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

/** The alternates of what these columns carry. */
function alternatesOf(columns: readonly PseudonymColumn[]): PseudonymColumn[] {
  return ALTERNATES.filter(({ alternateOf }) =>
    PSEUDONYM_COLUMNS.some(
      ({ field, column }) => field === alternateOf && columns.includes(column),
    ),
  ).map(({ column }) => column)
}

/**
 * Joins records that carry the same value, but for a contact that is known to be shared, and those
 * that have as an alternate what another carries; answers who met over which contact.
 */
async function readPass(grouping: Groups, { met, joined, kept }: Pass): Promise<ContactMeetings> {
  const { ids, sets, decided, metRoom, joinedRoom, shared } = grouping
  const meetings = new ContactMeetings(new FirstCarriers(met.length * ids.length, metRoom))
  const carriers = new FirstCarriers(joined.length * ids.length, joinedRoom)
  const alternates = new KeptValues()
  for (const { high, low } of shared) carriers.voidValue(high, low)
  const meet: TakeValue = (high, low, index) => {
    meetings.note(high, low, index)
  }
  const join: TakeValue = (high, low, index) => {
    sets.join(carriers.meet(high, low, index), index)
  }
  const keep: TakeValue = (high, low, index) => {
    alternates.add(high, low, index)
  }
  const joinAlternate: TakeValue = (high, low, index) => {
    const carrier = carriers.firstOf(high, low)
    if (carrier !== undefined) sets.join(carrier, index)
  }
  await eachColumn(grouping, [...met, ...joined, ...kept], (name, column, rows, firstIndex) => {
    const take = met.includes(name) ? meet : joined.includes(name) ? join : keep
    eachValue(column, rows, firstIndex, take)
    if (name === 'client_pseudonym') decided.note(column, rows, firstIndex)
  })
  alternates.each(joinAlternate)
  const left = alternatesOf(joined).filter((column) => !kept.includes(column))
  if (left.length > 0) {
    await eachColumn(grouping, left, (_, column, rows, firstIndex) => {
      eachValue(column, rows, firstIndex, joinAlternate)
    })
  }
  return meetings
}

/** Finds the contacts that too many people carry, and joins the records that met over another. */
async function joinMeetings(
  { client, dataset, ids, sets }: Groups,
  meetings: ContactMeetings,
  limits: ContactLimits,
): Promise<void> {
  const least = Math.min(limits.own, limits.carer)
  // What nobody may carry is shared without any meeting.
  const crowdedIds =
    least < 1
      ? Array.from(ids)
      : Array.from(meetings.crowdedRecords(least), (index) => ids[index] ?? 0)
  await findSharedContacts(client, dataset, limits, crowdedIds)
  for (const { high, low } of await readShared(client, dataset))
    meetings.carriers.voidValue(high, low)
  meetings.join(sets)
}

/**
 * Reads columns of the scope in the order of record ids, batch by batch; joins the records of one
 * row on the way.
 */
async function eachColumn(
  { reader, dataset, ids, sets }: Groups,
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
  for await (const batch of copyRows(reader, queryText('evidence/read-edges', names), wanted)) {
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

/** Takes the first 64 bits of a value as two numbers, with the index of its record. */
type TakeValue = (high: number, low: number, index: number) => void

/** Gives each value of a column. */
function eachValue(
  column: CopyColumn<'uuid'>,
  rows: number,
  firstIndex: number,
  take: TakeValue,
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

/** The first 64 bits of a contact. */
interface SharedValue {
  readonly high: number
  readonly low: number
}

async function readShared(client: pg.PoolClient, dataset: Dataset): Promise<SharedValue[]> {
  const rows = await run(client, 'shared-contacts/list-shared-contacts', [dataset])
  return rows.map(({ value }) => {
    const hex = hexOf(value)
    return { high: parseInt(hex.slice(0, 8), 16) | 0, low: parseInt(hex.slice(8, 16), 16) | 0 }
  })
}

function hexOf(uuid: string): string {
  return uuid.replaceAll('-', '')
}

async function writeParts(
  reader: pg.PoolClient,
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
  await copyIn(reader, `scope_part (${writer.columns})`, rows())
  await run(reader, 'tables/analyze', [], { table: 'scope_part' })
  chunks.push(order.length)
  return { records: order.length, parts, chunks }
}
