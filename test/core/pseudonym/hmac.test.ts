import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HMAC_WASM } from '#core/pseudonym/generated/hmac-wasm.ts'
import { createHmacEngine, hmac, hmacBatch, HmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { bytesFromHex, hexOf } from '#core/pseudonym/keys.ts'

/** RFC 4231, test cases 1 to 7; case 5 gives the first 16 bytes only. */
const RFC_4231 = [
  [
    '0b'.repeat(20),
    '4869205468657265',
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  ],
  [
    '4a656665',
    '7768617420646f2079612077616e7420666f72206e6f7468696e673f',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  [
    'aa'.repeat(20),
    'dd'.repeat(50),
    '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
  ],
  [
    '0102030405060708090a0b0c0d0e0f10111213141516171819',
    'cd'.repeat(50),
    '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
  ],
  ['0c'.repeat(20), '546573742057697468205472756e636174696f6e', 'a3b6167473100ee06e0c796c2955552b'],
  [
    'aa'.repeat(131),
    '54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374',
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
  [
    'aa'.repeat(131),
    '5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b657920616e642061206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565647320746f20626520686173686564206265666f7265206265696e6720757365642062792074686520484d414320616c676f726974686d2e',
    '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
  ],
] as const

function batchOf(messages: readonly Uint8Array[]): { bytes: Uint8Array; offsets: Uint32Array } {
  const offsets = new Uint32Array(messages.length + 1)
  for (const [index, message] of messages.entries()) {
    offsets[index + 1] = (offsets[index] ?? 0) + message.length
  }
  return { bytes: Buffer.concat(messages), offsets }
}

function expected(key: Uint8Array, message: Uint8Array): string {
  return createHmac('sha256', key).update(message).digest('hex')
}

describe('the engine', () => {
  it.each(RFC_4231)(
    'passes RFC 4231 one by one and four at once: key %s',
    (key, message, digest) => {
      const prepared = createHmacEngine().prepareKey(bytesFromHex(key))
      const bytes = bytesFromHex(message)
      expect(hexOf(hmac(prepared, bytes))).toMatch(new RegExp(`^${digest}`))
      const four = hmacBatch(prepared, batchOf([bytes, bytes, bytes, bytes]))
      for (let lane = 0; lane < 4; lane++) {
        expect(hexOf(four.subarray(lane * 32, lane * 32 + 32))).toMatch(new RegExp(`^${digest}`))
      }
    },
  )
})

describe('a batch', () => {
  const engine = createHmacEngine()

  it('equals another HMAC for any key, any lengths and any number of messages', () => {
    const bytes = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength })
    const messages = fc.array(fc.oneof(bytes(60), bytes(130), bytes(1_200)), { maxLength: 40 })
    fc.assert(
      fc.property(bytes(150), messages, (key, parts) => {
        const own = createHmacEngine()
        const digests = hmacBatch(own.prepareKey(key), batchOf(parts))
        own.dispose()
        expect(digests).toHaveLength(parts.length * 32)
        for (const [index, part] of parts.entries()) {
          expect(hexOf(digests.subarray(index * 32, index * 32 + 32))).toBe(expected(key, part))
        }
      }),
      { numRuns: 150 },
    )
  })

  it('is right at every length around the edges of blocks, alone and in company', () => {
    const raw = Uint8Array.from({ length: 32 }, (_, i) => i * 7)
    const key = engine.prepareKey(raw)
    const messages: Uint8Array[] = []
    for (let length = 0; length <= 700; length++) {
      const message = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 0xff)
      expect(hexOf(hmac(key, message))).toBe(expected(raw, message))
      for (let copy = 0; copy <= length % 5; copy++) messages.push(message)
    }
    const digests = hmacBatch(key, batchOf(messages))
    for (const [index, message] of messages.entries()) {
      expect(hexOf(digests.subarray(index * 32, index * 32 + 32))).toBe(expected(raw, message))
    }
  })

  it('grows its memory with what it is given, and forgets it', () => {
    const own = createHmacEngine()
    const key = own.prepareKey(new Uint8Array(32).fill(9))
    const message = new Uint8Array(3_000_000).fill(0x61)
    expect(hexOf(hmac(key, message))).toBe(expected(new Uint8Array(32).fill(9), message))
    expect(hexOf(hmac(key, message.subarray(0, 5)))).toBe(
      expected(new Uint8Array(32).fill(9), message.subarray(0, 5)),
    )
  })

  it('refuses offsets that lead out of it or back', () => {
    const key = engine.prepareKey(new Uint8Array(32).fill(3))
    const bytes = new Uint8Array(10)
    expect(() => hmacBatch(key, { bytes, offsets: Uint32Array.of(0, 11) })).toThrow(RangeError)
    expect(() => hmacBatch(key, { bytes, offsets: Uint32Array.of(0, 8, 4) })).toThrow(RangeError)
    expect(hmacBatch(key, { bytes, offsets: new Uint32Array(0) })).toHaveLength(0)
  })
})

describe('an engine', () => {
  const open = (): { engine: HmacEngine; memory: () => Buffer } => {
    const module = new WebAssembly.Module(Buffer.from(HMAC_WASM, 'base64'))
    const instance = new WebAssembly.Instance(module, { env: { abort: () => undefined } })
    const { memory } = instance.exports as unknown as { memory: WebAssembly.Memory }
    return { engine: new HmacEngine(instance), memory: () => Buffer.from(memory.buffer) }
  }

  it('[S36] keeps no raw key and no message, and nothing at all once it is disposed of', () => {
    const { engine, memory } = open()
    const raw = Buffer.from(
      '3f9a01c7d2e8b46510ffab2977c3e40d8b61a95fe2047cd83316bb90425e7fca',
      'hex',
    )
    const message = Buffer.from('10:9434765919,'.repeat(30))
    const key = engine.prepareKey(raw)
    const digest = hmac(key, message)
    expect(memory().includes(raw.subarray(0, 16))).toBe(false)
    expect(memory().includes(Buffer.from(raw.map((byte) => byte ^ 0x36)).subarray(0, 16))).toBe(
      false,
    )
    expect(memory().includes(Buffer.from(digest))).toBe(false)
    expect(memory().indexOf(message.subarray(0, 128))).toBe(-1)
    engine.dispose()
    engine.dispose()
    expect(memory().every((byte) => byte === 0)).toBe(true)
    expect(() => hmac(key, new Uint8Array(1))).toThrow('disposed of')
    expect(() => engine.prepareKey(new Uint8Array(32))).toThrow('disposed of')
  })

  it('refuses more keys than it has room for, and a prefix that is too long', () => {
    const engine = createHmacEngine()
    for (let i = 0; i < 64; i++) engine.prepareKey(Uint8Array.of(i))
    expect(() => engine.prepareKey(Uint8Array.of(64))).toThrow('holds 64 keys')
    expect(() => {
      engine.setPrefix(0, new Uint8Array(33))
    }).toThrow(RangeError)
  })
})
