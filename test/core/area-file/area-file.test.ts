import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  preparedByRules,
  readAreaFile,
  refuseService,
  writeAreaFile,
  type ProgrammeArea,
} from '#core/area-file/area-file.ts'
import { postcodeDigestHex } from '#core/area-file/area-table.ts'
import type { Area } from '#core/standard/area.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { bytesFromHex } from '#core/pseudonym/keys.ts'

const engine = createHmacEngine()
const KEY = engine.prepareKey(
  bytesFromHex('3f9a01c7d2e8b46510ffab2977c3e40d8b61a95fe2047cd83316bb90425e7fca'),
)
const OTHER = engine.prepareKey(
  bytesFromHex('4f9a01c7d2e8b46510ffab2977c3e40d8b61a95fe2047cd83316bb90425e7fca'),
)

const PROGRAMME: ProgrammeArea = {
  programme: { code: 'leap', name: 'Lambeth Early Action' },
  providers: [
    { code: 'trust-a', name: 'Trust A' },
    { code: 'charity-b', name: 'Charity B' },
  ],
  services: [
    { code: 'slt', name: 'Speech and language', provider: 'trust-a' },
    { code: 'play', name: 'Play', provider: 'charity-b' },
  ],
  wards: [
    { code: 'E05000416', name: 'Coldharbour' },
    { code: 'E05000432', name: 'Tulse Hill' },
  ],
}

const area = fc.record<Area>({
  ward: fc.constantFrom('', 'E05000416', 'E05000432'),
  imdDecile: fc.integer({ min: 0, max: 10 }),
  inArea: fc.constantFrom('yes', 'no', 'unknown'),
})
const postcodes = fc.dictionary(fc.stringMatching(/^[A-Z]{2}[0-9]{2}[A-Z]{2}$/), area, {
  maxKeys: 40,
})

function write(areas: Readonly<Record<string, Area>>, key = KEY): Uint8Array {
  return writeAreaFile(
    PROGRAMME,
    Object.entries(areas).map(([postcode, found]) => [postcodeDigestHex(postcode), found] as const),
    key,
  )
}

it('carries rules for a service, which a file is prepared by where it has none of its own', () => {
  const filling = {
    version: 1,
    rules: [{ kind: 'default', column: 'Status', value: 'Active' }],
  } as const
  const bytes = writeAreaFile({ ...PROGRAMME, rules: { slt: filling } }, [], KEY)
  const read = readAreaFile(bytes, KEY)
  if (!read.ok) throw new Error(read.code)
  expect(read.rules).toEqual({ slt: filling })
  expect(preparedByRules(read.rules, 'slt', undefined)).toEqual({ filling })
  expect(preparedByRules(read.rules, 'slt', { sheets: 'alike' })).toEqual({
    sheets: 'alike',
    filling,
  })
  const own = { filling: { version: 1, rules: [] } } as const
  expect(preparedByRules(read.rules, 'slt', own)).toBe(own)
  expect(preparedByRules(read.rules, 'play', undefined)).toBeUndefined()
  expect(preparedByRules(undefined, 'slt', undefined)).toBeUndefined()
  const forged = new TextDecoder().decode(bytes).replace('"default"', '"evaluate"')
  expect(readAreaFile(new TextEncoder().encode(forged), KEY).ok).toBe(false)
})

it('digests a postcode as the portal does: the first 64 bits of SHA-256', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z0-9]{0,8}$/), (postcode) => {
      const digest = createHash('sha256').update(postcode).digest('hex')
      expect(postcodeDigestHex(postcode)).toBe(digest.slice(0, 16))
    }),
  )
})

it('gives every area back by its postcode, and the programme beside it', () => {
  fc.assert(
    fc.property(postcodes, (areas) => {
      const read = readAreaFile(write(areas), KEY)
      if (!read.ok) throw new Error(read.code)
      const { programme, providers, services, wards } = read
      expect({ programme, providers, services, wards }).toEqual(PROGRAMME)
      expect(read.postcodes).toBe(Object.keys(areas).length)
      for (const [postcode, found] of Object.entries(areas)) {
        expect(read.areas.find(postcode)).toEqual(found)
        expect(read.areas.find(postcode)).toEqual(found)
      }
      expect(read.areas.find('ZZ9 not there')).toBeUndefined()
    }),
  )
})

it('is the same bytes for the same programme, in whatever order the postcodes come', () => {
  fc.assert(
    fc.property(postcodes, (areas) => {
      const backwards = Object.fromEntries(Object.entries(areas).reverse())
      // The list of areas follows their first use, so equal areas are what make the bytes equal.
      const one: Area = { ward: 'E05000416', imdDecile: 3, inArea: 'yes' }
      const same = (from: Readonly<Record<string, Area>>) =>
        write(Object.fromEntries(Object.keys(from).map((postcode) => [postcode, one])))
      expect(same(areas)).toEqual(same(backwards))
    }),
  )
})

it('holds no clear postcode', () => {
  const text = new TextDecoder().decode(
    write({ SW99SL: { ward: 'E05000416', imdDecile: 2, inArea: 'yes' } }),
  )
  expect(text).not.toContain('SW99SL')
})

it('refuses a file with any one byte changed', () => {
  const bytes = write({ SW99SL: { ward: 'E05000416', imdDecile: 2, inArea: 'yes' } })
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: bytes.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      (at, by) => {
        const changed = bytes.slice()
        changed[at] = (changed[at] ?? 0) ^ by
        expect(readAreaFile(changed, KEY).ok).toBe(false)
      },
    ),
  )
})

it('refuses a file that is cut short, or that another key made', () => {
  const bytes = write({ SW99SL: { ward: '', imdDecile: 0, inArea: 'no' } })
  for (const length of [0, 10, 64, bytes.length - 1])
    expect(readAreaFile(bytes.subarray(0, length), KEY).ok).toBe(false)
  expect(readAreaFile(bytes, OTHER)).toEqual({ ok: false, code: 'area-file-other-key' })
})

it('says of a file of a later version that it is one', () => {
  const bytes = write({})
  const text = new TextDecoder().decode(bytes).replace('countonce-area-1', 'countonce-area-2')
  expect(readAreaFile(new TextEncoder().encode(text), KEY)).toEqual({
    ok: false,
    code: 'area-file-version',
  })
})

it.each([
  ['trust-a', 'slt', null],
  ['trust-z', 'slt', 'provider-unknown'],
  ['trust-a', 'sewing', 'service-unknown'],
  ['trust-a', 'play', 'hasher-service-of-another'],
])('answers for provider %s and service %s: %s', (provider, service, code) => {
  expect(refuseService(PROGRAMME, provider, service)).toBe(code)
})

it('writes no file in which a digest stands twice', () => {
  const digest = postcodeDigestHex('SW99SL')
  const found: Area = { ward: '', imdDecile: 0, inArea: 'no' }
  expect(() =>
    writeAreaFile(
      PROGRAMME,
      [
        [digest, found],
        [digest, { ...found, inArea: 'yes' }],
      ],
      KEY,
    ),
  ).toThrow(RangeError)
})

it('takes fifty thousand postcodes', () => {
  const areas = Array.from(
    { length: 50_000 },
    (_, index) =>
      [
        postcodeDigestHex(`P${index}`),
        { ward: 'E05000416', imdDecile: 1 + (index % 10), inArea: 'yes' } satisfies Area,
      ] as const,
  )
  const bytes = writeAreaFile(PROGRAMME, areas, KEY)
  expect(bytes.length).toBeLessThan(1_200_000)
  const read = readAreaFile(bytes, KEY)
  expect(read.ok && read.areas.find('P49999')?.imdDecile).toBe(10)
})
