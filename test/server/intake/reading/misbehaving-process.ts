import { writeSync } from 'node:fs'
import { frameMessage } from '#core/pseudonym/netstring.ts'
import { PSEUDONYM_COLUMNS } from '#core/pseudonym/kinds.ts'
import type { RecordFacts } from '#core/standard/record.ts'
import { sendFrame, takeTask } from '#server/intake/reading/child-pipe.ts'
import { FRAME, frameHead } from '#server/intake/reading/frames.ts'
import { emptyCells } from '#server/intake/reading/hand-on.ts'
import { writeRecordCells } from '#server/intake/reading/record-cells.ts'
import { recordsToParts } from '#server/intake/reading/records-form.ts'
import { whenRestored } from '#server/intake/reading/restored.ts'

/** A reading process that a file has taken over or brought down: it does what its file is called. */

const OUTPUT = 1
const MB = 1024 * 1024
/** Of what is kept: so that it is not collected. */
const held: unknown[] = []

const said = (text: string): void => {
  sendFrame(FRAME.said, Buffer.from(text))
}

const OPENED =
  '{"receipt":{"format":"csv","date1904":false,"headerRow":1},"header":[],"mapping":{"columns":{}},"suggestions":[],"refusals":[],"proposals":[]}'

function wanted(index: number, offset: number, length: number): void {
  const bytes = Buffer.alloc(24)
  bytes.writeUInt32BE(index)
  bytes.writeUInt32BE(length, 4)
  bytes.writeDoubleBE(offset, 8)
  sendFrame(FRAME.wanted, bytes)
}

const FACTS: RecordFacts = {
  ...{ sourceRow: 1, role: 'child', birth: '2020', gender: 'F', ward: '', imdDecile: 0 },
  ...{ inArea: 'no', ethnicity: '', mainLanguage: '', sendOrDisability: 'no', referralDate: '' },
  ...{ startDate: '2024-04-01', endDate: '', referralSource: '', status: '', contacts: 1 },
  ...{ lastContactDate: '', filled: null },
}

/** One record, with more cells than it has or a client of some other service. */
function oneRecord({ more = 0, provider = 'acorn', client = 'C-1' }): void {
  const buffer = emptyCells()
  writeRecordCells(buffer, FACTS)
  for (let cell = 0; cell < more; cell++) buffer.int4(7)
  const cells = Uint8Array.from(buffer.take())
  const message = frameMessage(['client', provider, 'stay-and-play', client])
  const column = PSEUDONYM_COLUMNS.findIndex(({ kind }) => kind === 'client')
  const from = {
    rows: 1,
    bytes: Uint8Array.from(message),
    offsets: Uint32Array.of(0, message.length),
    positions: Uint32Array.of(column),
  }
  const ends = Uint32Array.of(cells.length)
  sendFrame(FRAME.records, ...recordsToParts({ type: 'records', cells, ends, from, older: null }))
}

function opened(): void {
  said(`{"type":"opened","opened":${OPENED}}`)
}

const MISCHIEF: Readonly<Record<string, () => void>> = {
  'one map that outgrows it': () => {
    const map = new Map<number, number>()
    for (let key = 0; ; key++) map.set(key, key)
  },
  'one list that outgrows it': () => {
    for (;;) held.push(held.length, {})
  },
  'memory beside its heap': () => {
    for (;;) {
      held.push(new Uint8Array(MB).fill(1))
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
    }
  },
  'an abort': () => {
    process.abort()
  },
  'a fault in memory': () => {
    process.kill(process.pid, 'SIGSEGV')
    for (;;);
  },
  'an end in the middle': () => {
    opened()
    process.exit(0)
  },
  silence: () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  },
  'a loop': () => {
    for (;;);
  },
  'a flood': () => {
    for (let rows = 0; ; rows++) said(`{"type":"progress","rows":${rows}}`)
  },
  'bytes without a meaning': () => {
    writeSync(OUTPUT, Buffer.from('GET / HTTP/1.1\r\nHost: example\r\n\r\n'))
  },
  'a frame without an end': () => {
    writeSync(OUTPUT, frameHead(FRAME.records, 0xffff_ffff))
  },
  'brackets upon brackets': () => {
    said(`{"type":"done","result":${'['.repeat(5 * MB)}`)
  },
  'a prototype': () => {
    said('{"type":"done","result":{"__proto__":{"polluted":true},"samples":[]}}')
  },
  'a receipt with something else in it': () => {
    said(`{"type":"opened","opened":${OPENED.replace('"headerRow"', '"note":"x","headerRow"')}}`)
  },
  'words of its own for an error': () => {
    said('{"type":"failed","at":"Ffion Canary"}')
  },
  'records before anything was opened': () => {
    oneRecord({})
  },
  'a record with cells too many': () => {
    opened()
    oneRecord({ more: 1 })
  },
  'a client of another provider': () => {
    opened()
    oneRecord({ provider: 'bridge' })
  },
  'a piece of a file that nobody asked for': () => {
    sendFrame(FRAME.piece, Buffer.from('x'))
  },
  'a part of another file': () => {
    wanted(1, 0, 10)
  },
  'a part past the end of its file': () => {
    wanted(0, 100_000, 10)
  },
  'more than it takes': () => {
    for (;;) wanted(0, 0, 10)
  },
}

/** What a process of ours could say as well, to see that the rest is refused for what it is. */
const FINE: Readonly<Record<string, () => void>> = {
  'a record as it should be': () => {
    opened()
    oneRecord({})
    said('{"type":"refused","code":"no-rows","detail":{}}')
  },
}

whenRestored(() => {
  const task = takeTask()
  if (task !== undefined && 'source' in task) ({ ...MISCHIEF, ...FINE })[task.source.name]?.()
  // Whoever it answers decides when it ends.
  takeTask()
  return Promise.resolve()
})
