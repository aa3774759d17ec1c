import { scrypt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  openKeyFile,
  readKeyFileHeader,
  unsealKeyFile,
  writeKeyFile,
  type KeyFileParts,
} from '#core/key-file/key-file.ts'
import { bytesFromHex, hexOf } from '#core/pseudonym/keys.ts'

const { subtle } = crypto
const NODE = { subtle, scrypt }
const { key_file: published } = JSON.parse(
  readFileSync(new URL('../../vectors/vectors-v2.json', import.meta.url), 'utf8'),
) as { key_file: { passphrase: string; key: string; lines: string[] } }
const PUBLISHED = `${published.lines.join('\n')}\n`

const GOOD: KeyFileParts = {
  key: bytesFromHex('3f9a01c7d2e8b46510ffab2977c3e40d8b61a95fe2047cd83316bb90425e7fca'),
  live: true,
  passphrase: 'nine green bottles',
  salt: bytesFromHex('0f'.repeat(16)),
  nonce: bytesFromHex('1e'.repeat(12)),
}

it.each([
  ['a page', crypto],
  ['Node', NODE],
])('[S34] opens the published key file in %s, and writes it byte for byte', async (_, own) => {
  const opened = await unsealKeyFile(PUBLISHED, published.passphrase, own)
  expect(opened).toMatchObject({ ok: true, live: false, check: '69eaf11b84728b4e' })
  expect(opened.ok && hexOf(opened.key)).toBe(published.key)
  const text = await writeKeyFile(
    {
      key: bytesFromHex(published.key),
      live: false,
      passphrase: published.passphrase,
      salt: bytesFromHex('a0a1a2a3a4a5a6a7a8a9aaabacadaeaf'),
      nonce: bytesFromHex('c0c1c2c3c4c5c6c7c8c9cacb'),
    },
    own,
  )
  expect(text).toBe(PUBLISHED)
})

it('[S36] refuses the weak key of the published file outside the vectors', async () => {
  expect(await openKeyFile(PUBLISHED, published.passphrase, NODE)).toEqual({
    ok: false,
    code: 'key-file-weak',
  })
})

it('opens what it wrote, with the passphrase in any form of its letters, and says what it is without one', async () => {
  const text = await writeKeyFile({ ...GOOD, passphrase: 'Zoë Núñez' }, NODE)
  const opened = await openKeyFile(text, 'Zoe\u0308 Nu\u0301n\u0303ez', NODE)
  expect(opened).toMatchObject({ ok: true, live: true })
  expect(opened.ok && hexOf(opened.key)).toBe(hexOf(GOOD.key))
  const read = readKeyFileHeader(text)
  expect(read.ok && read.header.key_check).toBe(opened.ok && opened.check)
  expect(text).not.toContain(hexOf(GOOD.key))
})

it('refuses another passphrase', async () => {
  const text = await writeKeyFile(GOOD, NODE)
  expect(await openKeyFile(text, 'nine green bottle', NODE)).toEqual({
    ok: false,
    code: 'key-file-passphrase',
  })
})

it('refuses a file with any one character changed, added or taken away', async () => {
  const text = await writeKeyFile(GOOD, NODE)
  // What is no longer of the form costs nothing to refuse; of what is, a few places are opened.
  const at = fc.integer({ min: 0, max: text.length - 1 })
  const code = fc.integer({ min: 0x0a, max: 0x7e })
  await fc.assert(
    fc.asyncProperty(at, code, fc.constantFrom(0, 1, 2), async (place, unit, how) => {
      const letter = String.fromCharCode(unit)
      const changed =
        how === 0
          ? text.slice(0, place) + letter + text.slice(place + 1)
          : how === 1
            ? text.slice(0, place) + letter + text.slice(place)
            : text.slice(0, place) + text.slice(place + 1)
      fc.pre(changed !== text)
      expect((await openKeyFile(changed, GOOD.passphrase, NODE)).ok).toBe(false)
    }),
    { numRuns: 40 },
  )
})

it.each([
  ['', 'key-file-unreadable'],
  ['{}\n\n', 'key-file-unreadable'],
  [PUBLISHED.slice(0, -1), 'key-file-unreadable'],
  [`${PUBLISHED}\n`, 'key-file-unreadable'],
  [PUBLISHED.replaceAll('\n', '\r\n'), 'key-file-unreadable'],
  [PUBLISHED.replace('"n":131072', '"n":1024'), 'key-file-unreadable'],
  [PUBLISHED.replace('"r":8', '"r":8,"note":"x"'), 'key-file-unreadable'],
  [PUBLISHED.replace('countonce-key-1', 'countonce-key-2'), 'key-file-version'],
  [PUBLISHED.replace('countonce-key-1', 'another-format'), 'key-file-unreadable'],
])('tells what %j is not: %s', (text, code) => {
  expect(readKeyFileHeader(text)).toEqual({ ok: false, code })
})

it('refuses a file whose header names another key than it holds', async () => {
  const text = await writeKeyFile(GOOD, NODE)
  const header = text.slice(0, text.indexOf('\n'))
  const other = header.replace(/"key_check":"[0-9a-f]{16}"/, '"key_check":"0123456789abcdef"')
  // Whoever knows the passphrase can seal anything: what is sealed is checked all the same.
  const forged = await writeForged(other)
  expect(await openKeyFile(forged, GOOD.passphrase, NODE)).toEqual({
    ok: false,
    code: 'key-file-check',
  })
})

async function writeForged(header: string): Promise<string> {
  const { scrypt: derive } = await import('@noble/hashes/scrypt.js')
  const wrapping = await subtle.importKey(
    'raw',
    Uint8Array.from(
      derive(GOOD.passphrase, Uint8Array.from(GOOD.salt), { N: 2 ** 17, r: 8, p: 1, dkLen: 32 }),
    ),
    'AES-GCM',
    false,
    ['encrypt'],
  )
  const sealed = await subtle.encrypt(
    {
      name: 'AES-GCM',
      iv: Uint8Array.from(GOOD.nonce),
      additionalData: new TextEncoder().encode(header),
    },
    wrapping,
    Uint8Array.from(GOOD.key),
  )
  return `${header}\n${hexOf(new Uint8Array(sealed))}\n`
}

it('writes no key file without a passphrase or with a part of the wrong length', async () => {
  await expect(writeKeyFile({ ...GOOD, passphrase: '' }, NODE)).rejects.toThrow(RangeError)
  await expect(writeKeyFile({ ...GOOD, key: new Uint8Array(31) }, NODE)).rejects.toThrow(RangeError)
  await expect(writeKeyFile({ ...GOOD, nonce: new Uint8Array(8) }, NODE)).rejects.toThrow(
    RangeError,
  )
})
