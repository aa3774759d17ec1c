import { PSEUDONYM_COUNT } from '#core/pseudonym/kinds.ts'
import { frameMessage } from '#core/pseudonym/netstring.ts'
import { SOURCE_LENGTH, type PseudonymBatch } from '#core/pseudonym/pseudonymise.ts'
import { STORED_FACTS, type FactForm } from '#core/standard/record.ts'
import { EventsForm } from './events-form.ts'
import { bytesOf, cutLists, Cutter, demand, demandMessages } from './messages-form.ts'
import type { RecordsRead, ReadingTask } from './reading-task.ts'

/**
 * Records as a reading process hands them on: eight numbers of four bytes that say how much there is
 * of each, then lists of numbers, then bytes. No object and no copy for a record on the way. Their
 * cells go into COPY as they are, so what is not exactly the cells of a record is refused: a file
 * that took the process over could else write records of other services.
 */

const HEAD = 8
const NUMBER = 4
const [MESSAGES, PSEUDONYMS] = [0, 1] as const

/** Bytes of a cell by its form, where it has any; words have any number, up to this. */
const CELL_BYTES: Readonly<Record<FactForm, number>> = {
  words: 1024,
  day: 4,
  number: 4,
  'number-from-1': 2,
}

/** The parts of a frame of records, in their order. */
export function recordsToParts({ cells, ends, from, older, events }: RecordsRead): Uint8Array[] {
  const told = Buffer.from(events === undefined ? '' : JSON.stringify(events))
  const isHashed = 'present' in from
  const head = Uint32Array.of(
    isHashed ? PSEUDONYMS : MESSAGES,
    ends.length,
    cells.length,
    isHashed ? 0 : from.positions.length,
    from.bytes.length,
    older === null ? 0 : 1,
    older?.epoch ?? 0,
    told.length,
  )
  const lists = isHashed ? [head, ends] : [head, ends, from.offsets, from.positions]
  return [
    ...lists.map(bytesOf),
    cells,
    from.bytes,
    ...(isHashed ? [from.present] : []),
    ...(older === null ? [] : [older.from.bytes, older.from.present]),
    told,
  ]
}

/** Reads frames of records, of which nothing is believed. */
export class RecordsForm {
  readonly #isHashed: boolean
  readonly #clientBeginning: Uint8Array
  readonly #events: EventsForm

  constructor(task: ReadingTask) {
    this.#events = new EventsForm(task)
    this.#isHashed = task.want === 'hashed-records'
    const [provider, service] =
      task.want === 'records' ? [task.providerCode, task.serviceCode] : ['', '']
    this.#clientBeginning = frameMessage(['client', provider, service])
  }

  /**
   * The records of a frame; their arrays lie in it. Throws RangeError at what this task's file could
   * not come to.
   */
  read(body: Uint8Array<ArrayBuffer>): RecordsRead {
    const cut = new Cutter(body)
    const [form, records = 0, cellBytes = 0, messages = 0, length = 0, ...others] =
      cut.numbers(HEAD)
    const [hasOlder, epoch = 0, eventBytes = 0] = others
    demand(form === (this.#isHashed ? PSEUDONYMS : MESSAGES) && (this.#isHashed || hasOlder === 0))
    const ends = cut.numbers(records)
    const lists = this.#isHashed ? undefined : cutLists(cut, messages)
    const cells = cut.bytes(cellBytes)
    demandCells(cells, ends)
    if (lists === undefined) {
      const from = pseudonymsOf(cut, records)
      const older = hasOlder === 1 ? { from: pseudonymsOf(cut, records), epoch } : null
      return {
        type: 'records',
        cells,
        ends,
        from,
        older,
        ...this.#readEvents(cut, eventBytes, records),
      }
    }
    const from = { rows: records, ...lists, bytes: cut.bytes(length) }
    const beside = this.#readEvents(cut, eventBytes, records)
    demandMessages(from, this.#clientBeginning)
    return { type: 'records', cells, ends, from, older: null, ...beside }
  }

  /** What stands beside so many records, at the end of a frame. */
  #readEvents(cut: Cutter, bytes: number, records: number): Pick<RecordsRead, 'events'> {
    const events = this.#events.read(cut.bytes(bytes), records)
    cut.demandEnd()
    return events === undefined ? {} : { events }
  }
}

function pseudonymsOf(cut: Cutter, rows: number): PseudonymBatch {
  const places = rows * PSEUDONYM_COUNT
  const bytes = cut.bytes(places * SOURCE_LENGTH)
  const present = cut.bytes(places)
  for (const is of present) demand(is <= 1)
  return { rows, width: SOURCE_LENGTH, bytes, present }
}

/** Every record has exactly the cells of STORED_FACTS, each of the length of its form or null. */
function demandCells(cells: Uint8Array, ends: Uint32Array): void {
  const view = new DataView(cells.buffer, cells.byteOffset, cells.byteLength)
  let at = 0
  for (const end of ends) {
    for (const { form } of STORED_FACTS) {
      demand(at + NUMBER <= cells.length)
      const length = view.getInt32(at)
      at += NUMBER
      if (length === -1) continue
      const most = CELL_BYTES[form]
      demand(form === 'words' ? length >= 0 && length <= most : length === most)
      at += length
    }
    demand(at === end)
  }
  demand(at === cells.length)
}
