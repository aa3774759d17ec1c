import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankCode, COLUMN_KINDS, KINDS } from '#core/pseudonym/columns.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { type IdentifierCells, normaliseIdentifiers } from '#core/pseudonym/identifiers.ts'
import { bytesFromHex, hexOf } from '#core/pseudonym/keys.ts'
import { PSEUDONYM_COLUMNS, PSEUDONYM_COUNT } from '#core/pseudonym/kinds.ts'
import { MessageBatch, type TakenBatch } from '#core/pseudonym/message-batch.ts'
import { frameMessage, netstring } from '#core/pseudonym/netstring.ts'
import {
  kindIndex,
  platformPseudonyms,
  preparePseudonymKeys,
  type PseudonymBatch,
  pseudonymiseBatch,
  rekey,
} from '#core/pseudonym/pseudonymise.ts'
import { anyText } from './normalising/messy-text.ts'

const SOURCE = bytesFromHex('9a'.repeat(15) + '01' + '5b'.repeat(16))
const PLATFORM = [bytesFromHex('c3'.repeat(31) + '02'), bytesFromHex('17'.repeat(31) + '04')]
const CODES = { providerCode: 'prov-1', serviceCode: 'serv-1' }
const context = {
  referenceDay: { year: 2024, month: 6, day: 30 },
  live: true,
  date1904: false,
  givenRole: 'child',
} as const

const BLANK: IdentifierCells = {
  clientRef: '',
  firstName: '',
  lastName: '',
  dateOfBirth: '',
  gender: '',
  nhsNumber: '',
  email: '',
  mobile: '',
  carerEmail: '',
  carerMobile: '',
  postcode: '',
}
const CHILD: IdentifierCells = {
  clientRef: 'A/17',
  firstName: 'Zoë',
  lastName: "O'Neil-Smith",
  dateOfBirth: '01/04/2019',
  gender: 'F',
  nhsNumber: '943 476 5919',
  email: 'zoe@leap.test',
  mobile: '07700900123',
  carerEmail: 'jane@leap.test',
  carerMobile: '07700900456',
  postcode: 'SW9 9SL',
}

function take(
  rows: readonly IdentifierCells[],
  givenRole: 'child' | 'adult' = 'child',
): TakenBatch {
  const batch = new MessageBatch(CODES)
  for (const row of rows) batch.add(normaliseIdentifiers(row, { ...context, givenRole }))
  return batch.take()
}

function made(batch: PseudonymBatch, row: number, column: number): string {
  const at = row * PSEUDONYM_COUNT + column
  if (batch.present[at] !== 1) return ''
  return hexOf(batch.bytes.subarray(at * batch.width, (at + 1) * batch.width))
}

/** The kinds of all pseudonyms of so many records. */
function kindsOf(rows: number): Uint8Array {
  return Uint8Array.from(
    { length: rows * PSEUDONYM_COUNT },
    (_, position) => COLUMN_KINDS[position % PSEUDONYM_COUNT] ?? 0,
  )
}

const engine = createHmacEngine()
const keys = preparePseudonymKeys(engine, { source: SOURCE, platform: PLATFORM })
const sourceOnly = { ...keys, platform: [] }

const cellsOfAnything = fc.record<IdentifierCells>({
  clientRef: fc.oneof(anyText, fc.constant('A1')),
  firstName: fc.oneof(anyText, fc.constant('Zoë'), fc.constant('தமிழ்')),
  lastName: fc.oneof(anyText, fc.constant('Сергей')),
  dateOfBirth: fc.oneof(anyText, fc.constantFrom('01/04/2019', '1990-01-05')),
  gender: fc.oneof(anyText, fc.constantFrom('M', 'F', 'X', '')),
  nhsNumber: fc.oneof(anyText, fc.constant('9434765919')),
  email: fc.oneof(anyText, fc.emailAddress()),
  mobile: fc.oneof(anyText, fc.constant('07700900123')),
  carerEmail: fc.oneof(anyText, fc.emailAddress()),
  carerMobile: fc.oneof(anyText, fc.constant('+33612345678')),
  postcode: fc.oneof(anyText, fc.constant('SW9 9SL')),
})

describe('framing', () => {
  it('[S35] tells ("ab", "c") from ("a", "bc"), and one kind from another', () => {
    const hex = (parts: readonly string[]): string => hexOf(frameMessage(parts))
    expect(hex(['child', 'ab', 'c'])).not.toBe(hex(['child', 'a', 'bc']))
    expect(hex(['child', 'ab'])).not.toBe(hex(['parent', 'ab']))
    expect(hex(['email', 'a', ''])).not.toBe(hex(['email', 'a']))
  })

  it('[S35] is injective: different parts never make one message', () => {
    const parts = fc.array(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('1:a,', ',', ':', '')),
      { maxLength: 4 },
    )
    fc.assert(
      fc.property(parts, parts, (left, right) => {
        const isEqual = left.length === right.length && left.every((part, i) => part === right[i])
        expect(hexOf(frameMessage(left)) === hexOf(frameMessage(right))).toBe(isEqual)
      }),
    )
  })

  it('[S35] tells two parts from one that holds what stands between them', () => {
    const part = fc.string({ unit: 'grapheme', maxLength: 12 })
    const length = fc.oneof(fc.constantFrom('', '0', '1'), fc.nat({ max: 40 }).map(String))
    fc.assert(
      fc.property(part, part, length, (first, second, told) => {
        const two = frameMessage([first, second])
        const one = frameMessage([`${first},${told}:${second}`])
        expect(hexOf(one)).not.toBe(hexOf(two))
      }),
    )
  })

  it('[S35] writes into a batch what it writes by itself, for any record', () => {
    fc.assert(
      fc.property(
        fc.array(cellsOfAnything, { maxLength: 4 }),
        fc.constantFrom('', 'child', 'parent', 'adult'),
        (rows, givenRole) => {
          const batch = new MessageBatch(CODES)
          const records = rows.map((row) =>
            normaliseIdentifiers(row, { ...context, givenRole } as const),
          )
          for (const record of records) batch.add(record)
          const { bytes, offsets, positions, rows: count } = batch.take()
          const expected = records.flatMap((record, row) =>
            PSEUDONYM_COLUMNS.flatMap((rule, column) => {
              if (blankCode(rule, record) !== '') return []
              const codes = rule.kind === 'client' ? ['prov-1', 'serv-1'] : []
              const values = rule.components.map((name) => record.components[name].value)
              return [
                [
                  row * PSEUDONYM_COUNT + column,
                  hexOf(frameMessage([rule.kind, ...codes, ...values])),
                ],
              ]
            }),
          )
          const framed = [...positions].map((position, i) => [
            position,
            hexOf(bytes.subarray(offsets[i], offsets[i + 1])),
          ])
          expect(framed).toEqual(expected)
          expect(count).toBe(rows.length)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('refuses codes that are not of the portal', () => {
    for (const code of ['', 'A', 'a b', 'a'.repeat(65), 'é', 'a\n']) {
      expect(() => new MessageBatch({ ...CODES, serviceCode: code })).toThrow(RangeError)
      expect(() => new MessageBatch({ ...CODES, providerCode: code })).toThrow(RangeError)
    }
  })

  it('grows with long values and many rows, and is empty once taken', () => {
    const batch = new MessageBatch(CODES)
    const long = normaliseIdentifiers(
      { ...CHILD, lastName: `${'Ж'.repeat(60_000)}-Smith` },
      context,
    )
    for (let i = 0; i < 300; i++)
      batch.add(i % 100 === 0 ? long : normaliseIdentifiers(CHILD, context))
    const taken = batch.take()
    expect(taken.positions).toHaveLength(300 * PSEUDONYM_COUNT)
    expect(taken.bytes.length).toBeGreaterThan(3 * 3 * 120_000)
    expect([batch.rows, batch.byteLength, batch.take().bytes.length]).toEqual([0, 0, 0])
  })
})

describe('a pseudonym', () => {
  it('is the published chain of three HMACs, for every column', () => {
    const batch = take([CHILD])
    const result = pseudonymiseBatch(keys, batch)
    for (const [column, { kind }] of PSEUDONYM_COLUMNS.entries()) {
      const message = batch.bytes.subarray(batch.offsets[column], batch.offsets[column + 1])
      let link: Uint8Array = createHmac('sha256', SOURCE).update(message).digest()
      for (const key of PLATFORM) {
        link = createHmac('sha256', key)
          .update(netstring(kind))
          .update(link)
          .digest()
          .subarray(0, 16)
      }
      expect(made(result, 0, column)).toBe(hexOf(link))
    }
  })

  it('[S37] that is stored is never one that the source key makes, nor the beginning of it', () => {
    const batch = take([CHILD])
    const [sources, stored] = [pseudonymiseBatch(sourceOnly, batch), pseudonymiseBatch(keys, batch)]
    for (let column = 0; column < PSEUDONYM_COUNT; column++) {
      expect(made(sources, 0, column).slice(0, 32)).not.toBe(made(stored, 0, column))
    }
  })

  it('[S37] leaves every count unchanged when the platform key is rotated without originals', () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({
      ...CHILD,
      nhsNumber: '',
      email: `p${i % 7}@leap.test`,
      clientRef: `R${i % 11}`,
    }))
    const batch = take(rows)
    const oneKey = { ...keys, platform: keys.platform.slice(0, 1) }
    const before = pseudonymiseBatch(oneKey, batch)
    const after = pseudonymiseBatch(keys, batch)
    const kinds = kindsOf(60)
    const second = keys.platform[1]
    if (second === undefined) throw new Error('two keys are prepared')
    const rotated = { ...before, bytes: rekey(engine, second, kinds, before.bytes) }
    for (let row = 0; row < 60; row++) {
      for (let column = 0; column < PSEUDONYM_COUNT; column++) {
        expect(made(rotated, row, column)).toBe(made(after, row, column))
      }
    }
    expect(new Set(rows.map((_, row) => made(after, row, 3))).size).toBe(7)
  })

  it('from a hashed file is the one the portal makes itself', () => {
    const batch = take([CHILD, { ...CHILD, firstName: 'Bob' }])
    const sources = pseudonymiseBatch(sourceOnly, batch)
    const kinds = kindsOf(2)
    const platform = platformPseudonyms(keys, kinds, sources.bytes)
    expect(hexOf(platform)).toBe(hexOf(pseudonymiseBatch(keys, batch).bytes))
    expect(() => platformPseudonyms(sourceOnly, kinds, sources.bytes)).toThrow(RangeError)
    expect(() => platformPseudonyms(keys, kinds, sources.bytes.subarray(32))).toThrow(RangeError)
  })

  it('of an own and of a carer contact is one', () => {
    const carer = pseudonymiseBatch(
      keys,
      take([{ ...BLANK, email: 'jane@leap.test', mobile: '07700 900456' }], 'adult'),
    )
    const child = pseudonymiseBatch(keys, take([CHILD]))
    expect(made(child, 0, 4)).toBe(made(carer, 0, 3))
    expect(made(child, 0, 6)).toBe(made(carer, 0, 5))
  })

  it('survives the way to another thread', () => {
    const taken = take([CHILD, BLANK, CHILD])
    const expected = hexOf(pseudonymiseBatch(keys, taken).bytes)
    const { bytes, offsets, positions } = taken
    const moved = structuredClone(taken, {
      transfer: [bytes.buffer, offsets.buffer, positions.buffer],
    })
    expect(bytes).toHaveLength(0)
    expect(hexOf(pseudonymiseBatch(keys, moved).bytes)).toBe(expected)
  })

  it('is not there for a blank, whose bytes are zeros', () => {
    const result = pseudonymiseBatch(keys, take([BLANK, CHILD]))
    expect(result.present.subarray(0, PSEUDONYM_COUNT).some((present) => present !== 0)).toBe(false)
    expect(result.bytes.subarray(0, PSEUDONYM_COUNT * 16).some((byte) => byte !== 0)).toBe(false)
    expect(result.present.subarray(PSEUDONYM_COUNT).every((present) => present === 1)).toBe(true)
  })

  it('[S41] is not made of placeholders, which 1,000 rows share', () => {
    const placeholders: IdentifierCells = {
      clientRef: '-',
      firstName: 'Baby Girl',
      lastName: 'Unknown',
      dateOfBirth: '01/01/1900',
      gender: 'not known',
      nhsNumber: '0000000000',
      email: 'noreply@leap.test',
      mobile: '07777 777777',
      carerEmail: 'none@example.com',
      carerMobile: '00000000000',
      postcode: 'ZZ99 3VZ',
    }
    const tests: IdentifierCells = {
      ...placeholders,
      nhsNumber: '999 000 0018',
      email: 'jane@example.com',
      firstName: 'N/A',
      dateOfBirth: '1970-01-01 00:00:00',
    }
    const failed: IdentifierCells = {
      ...placeholders,
      nhsNumber: '9434765910',
      firstName: 'xxx',
      dateOfBirth: '25569.0',
    }
    const taken = take(
      Array.from({ length: 1_000 }, (_, i) => [placeholders, tests, failed][i % 3] ?? placeholders),
    )
    expect(taken.rows).toBe(1_000)
    expect(taken.positions).toHaveLength(0)
  })

  it('[S43] is never made of a single name, birth date, gender or postcode, whose frequencies give it away', () => {
    const telling = new Set([
      ...['first', 'firstCanonical', 'firstThree', 'firstSound', 'firstPart'],
      ...['last', 'lastCanonical', 'lastSound', 'lastPart'],
      ...['birthDate', 'birthSwapped', 'gender', 'postcode'],
    ])
    for (const { components } of PSEUDONYM_COLUMNS) {
      if (components.length === 1) expect(telling.has(components[0] ?? '')).toBe(false)
    }
    // What another record could carry, and a sound, have two names and a whole birth date.
    for (const { kind, components } of PSEUDONYM_COLUMNS) {
      if (kind === 'name-birth' || kind === 'sound-birth') expect(components).toHaveLength(3)
    }
  })
})

describe('the columns', () => {
  it('have eleven kinds, own and carer contacts sharing theirs', () => {
    expect(KINDS).toHaveLength(11)
    expect([...COLUMN_KINDS]).toEqual(PSEUDONYM_COLUMNS.map(({ kind }) => kindIndex(kind)))
    expect(COLUMN_KINDS[3]).toBe(COLUMN_KINDS[4])
  })

  it('give not-for-role before any other reason, and then that of the first blank component', () => {
    const rule = PSEUDONYM_COLUMNS[1]
    if (rule === undefined) throw new Error('child_pseudonym is the second column')
    const codeOf = (cells: IdentifierCells, givenRole: 'child' | 'parent' | ''): string =>
      blankCode(rule, normaliseIdentifiers(cells, { ...context, givenRole }))
    expect(codeOf(BLANK, 'parent')).toBe('not-for-role')
    expect(codeOf(BLANK, '')).toBe('not-for-role')
    expect(codeOf(BLANK, 'child')).toBe('email-missing')
    expect(codeOf({ ...CHILD, gender: 'X', firstName: '' }, 'child')).toBe('gender-not-m-or-f')
    expect(codeOf(CHILD, '')).toBe('')
  })
})

it('normalises any cells to one consistent record', () => {
  fc.assert(
    fc.property(cellsOfAnything, (cells) => {
      const record = normaliseIdentifiers(cells, { ...context, givenRole: '' })
      const { birthDate } = record.components
      expect(record.birth === '').toBe(birthDate.value === '')
      expect(birthDate.value.startsWith(record.birth)).toBe(true)
      expect(record.birth.length === 7).toBe(record.role === 'child')
      expect(record.components.gender.value === '').toBe(
        record.gender === 'X' || record.gender === 'unknown',
      )
    }),
    { numRuns: 500 },
  )
})
