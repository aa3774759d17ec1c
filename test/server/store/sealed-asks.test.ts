import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { askSamples } from '#server/intake/journey/ask-values.ts'
import { openAnswer, sealAnswer } from '#server/store/sealed-asks.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { Unread } from '#server/store/unread.ts'

const SECRET = 'a'.repeat(43)

test('what a reading process wrote is the answer itself, whatever it says that it is', () => {
  const id = randomUUID()
  for (const written of [
    { file: { name: 'x', blob: '../keys' } },
    { fault: { code: 'file-erased', detail: {} } },
    { ok: true, samples: [] },
  ]) {
    const sealed = sealAnswer(SECRET, id, Unread.of(written))
    expect(openAnswer(SECRET, id, sealed)).toEqual({ answer: written })
  }
  const answer = { answer: { ok: true } }
  expect(openAnswer(SECRET, id, sealAnswer(SECRET, id, answer))).toEqual(answer)
  // The byte that tells who wrote it is sealed with it.
  const other = sealAnswer(SECRET, randomUUID(), answer)
  expect(() => openAnswer(SECRET, id, other)).toThrow('keys-damaged')
})

test('an answer is wiped once it is sealed', () => {
  const unread = Unread.of({ ok: true, samples: [['Zebrowskian']] })
  sealAnswer(SECRET, randomUUID(), unread)
  expect(unread.bytes.every((byte) => byte === 0)).toBe(true)
})

test('samples that a reading process could not have written are refused', async () => {
  const storeOf = (answer: unknown): PortalStore =>
    ({ asker: { ask: () => Promise.resolve(answer) } }) as unknown as PortalStore
  const samples = [['Ada', 'Ben'], []]
  expect(await askSamples(storeOf({ ok: true, samples }), 'R')).toEqual({ ok: true, samples })
  for (const wrong of [
    { ok: true },
    { ok: true, samples: [[{ toString: 1 }]] },
    { ok: true, samples, more: 1 },
  ]) {
    await expect(askSamples(storeOf(wrong), 'R')).rejects.toThrow('reading-failed')
  }
})
