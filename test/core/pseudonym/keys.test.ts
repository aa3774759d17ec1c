import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import {
  areEqual,
  bytesFromHex,
  hexOf,
  keyCheckValue,
  manifestHmac,
  refuseKey,
  refuseKeys,
} from '#core/pseudonym/keys.ts'
import { publishedVectors } from './published-vectors.ts'

const GOOD = bytesFromHex('3f9a01c7d2e8b46510ffab2977c3e40d8b61a95fe2047cd83316bb90425e7fca')
const OTHER = bytesFromHex('00'.repeat(30) + 'ff01')

it.each(publishedVectors.keys_refused)('[S36] refuses the published weak key %j', (hex) => {
  expect(refuseKey(bytesFromHex(hex))).not.toBeNull()
})

it.each([
  ['', 'key-length'],
  ['ab'.repeat(31), 'key-length'],
  ['ab'.repeat(33), 'key-length'],
  ['6f'.repeat(31) + '20', 'key-printable'],
  ['7e'.repeat(31) + '20', 'key-printable'],
  ['00'.repeat(32), 'key-sequence'],
  ['0102030405060708'.repeat(4), 'key-repeated'],
  ['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'key-of-nothing'],
])('[S36] says why it refuses %s: %s', (hex, reason) => {
  expect(refuseKey(bytesFromHex(hex))).toBe(reason)
})

it('[S36] refuses every sequence, whatever its first byte and step', () => {
  const byte = fc.integer({ min: 0, max: 255 })
  fc.assert(
    fc.property(byte, byte, (first, step) => {
      expect(refuseKey(Uint8Array.from({ length: 32 }, (_, i) => first + i * step))).not.toBeNull()
    }),
  )
})

it('[S36] takes what is none of these, one byte off a weak key included', () => {
  for (const hex of [...publishedVectors.keys_refused, '7f' + '20'.repeat(31)]) {
    if (hex.length !== 64) continue
    const key = bytesFromHex(hex)
    key[5] = (key[5] ?? 0) ^ 0x80
    expect(refuseKey(key)).toBeNull()
  }
  expect(refuseKey(GOOD)).toBeNull()
})

it('[S36] refuses a set in which a key is weak or there twice', () => {
  expect(refuseKeys([GOOD, OTHER])).toBeNull()
  expect(refuseKeys([GOOD, OTHER, GOOD.slice()])).toBe('key-reused')
  expect(refuseKeys([GOOD, new Uint8Array(32)])).toBe('key-sequence')
})

it('names keys and signs manifests as published', () => {
  const engine = createHmacEngine()
  const source = engine.prepareKey(bytesFromHex(publishedVectors.source_key))
  const { bytes, hmac } = publishedVectors.manifest_hmac
  expect(keyCheckValue(source)).toBe(publishedVectors.source_key_check)
  expect(manifestHmac(source, new TextEncoder().encode(bytes))).toBe(hmac)
  const check = createHmac('sha256', GOOD).update('9:countonce,1:1,9:key-check,').digest('hex')
  expect(keyCheckValue(engine.prepareKey(GOOD))).toBe(check.slice(0, 16))
})

it('compares bytes as equal exactly when they are', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (left, right) => {
      expect(areEqual(left, right)).toBe(hexOf(left) === hexOf(right))
      expect(areEqual(left, left.slice())).toBe(true)
    }),
  )
})

it('reads hexadecimal back, and nothing else', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(bytesFromHex(hexOf(bytes))).toEqual(Uint8Array.from(bytes))
    }),
  )
  for (const text of ['0', 'zz', ' 00', '00\n', '0x00']) {
    expect(() => bytesFromHex(text)).toThrow(RangeError)
  }
})
