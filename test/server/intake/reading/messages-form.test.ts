import { expect, test } from 'vitest'
import { PSEUDONYM_COLUMNS, PSEUDONYM_COUNT } from '#core/pseudonym/kinds.ts'
import type { TakenBatch } from '#core/pseudonym/message-batch.ts'
import { frameMessage } from '#core/pseudonym/netstring.ts'
import { FRAME } from '#server/intake/reading/frames.ts'
import { messagesToParts } from '#server/intake/reading/messages-form.ts'
import { ReadingEar } from '#server/intake/reading/reading-ear.ts'
import type { TypedTask } from '#server/intake/reading/reading-task.ts'

const CODES = { providerCode: 'acorn', serviceCode: 'play-group' }
const CLIENT = PSEUDONYM_COLUMNS.findIndex(({ kind }) => kind === 'client')
const TASK: TypedTask = {
  ...{ want: 'typed', typed: new Uint8Array(), live: false, codes: CODES },
  day: { year: 2025, month: 2, day: 3 },
}

function batchOf(position: number, message: Uint8Array, rows = 1): TakenBatch {
  return {
    rows,
    bytes: Uint8Array.from(message),
    offsets: Uint32Array.of(0, message.length),
    positions: Uint32Array.of(position),
  }
}

const client = (provider: string): Uint8Array =>
  frameMessage(['client', provider, 'play-group', 'C-1'])

function frameOf(batch: TakenBatch): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(messagesToParts(batch)))
}

const DONE = (): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from('{"type":"done","result":{}}'))

test('messages of what was typed come as they were made', () => {
  const batch = batchOf(CLIENT, client('acorn'))
  const ear = new ReadingEar(TASK)
  expect(ear.hear(FRAME.messages, frameOf(batch))).toBeUndefined()
  expect(ear.hear(FRAME.said, DONE())).toEqual({ type: 'done', result: { messages: batch } })
  // Without any it was more than one person would have.
  const none = new ReadingEar(TASK).hear(FRAME.said, DONE())
  expect(none).toEqual({ type: 'done', result: { messages: undefined } })
})

test('messages that no person could have come to are refused', () => {
  const good = batchOf(CLIENT, client('acorn'))
  const whole = frameOf(good)
  for (const [what, body] of [
    ['a reference of another provider', frameOf(batchOf(CLIENT, client('bridge')))],
    ['a place beyond the last row', frameOf(batchOf(CLIENT + PSEUDONYM_COUNT, client('acorn')))],
    ['more ways than a person has', frameOf(batchOf(CLIENT, client('acorn'), 401))],
    ['more bytes', new Uint8Array(Buffer.concat([whole, Buffer.alloc(1)]))],
    ['fewer bytes', whole.slice(0, -1)],
    ['nothing', new Uint8Array()],
  ] as const) {
    expect(() => new ReadingEar(TASK).hear(FRAME.messages, body), what).toThrow(RangeError)
  }
  const twice = new ReadingEar(TASK)
  twice.hear(FRAME.messages, frameOf(good))
  expect(() => twice.hear(FRAME.messages, frameOf(good))).toThrow(RangeError)
  // Nor by whoever reads a file.
  const { codes } = TASK
  const samples = { ...TASK, want: 'samples', codes } as unknown as TypedTask
  expect(() => new ReadingEar(samples).hear(FRAME.messages, frameOf(good))).toThrow(RangeError)
})
