import { beforeAll, describe, expect, it } from 'vitest'
import { normaliseBirthDate } from '#core/pseudonym/normalising/birth-date.ts'
import { serialDay } from '#core/pseudonym/normalising/calendar.ts'
import {
  carerReference,
  normaliseClientReference,
} from '#core/pseudonym/normalising/client-reference.ts'
import { normaliseEmail } from '#core/pseudonym/normalising/email.ts'
import { readGender } from '#core/pseudonym/normalising/gender.ts'
import { normaliseMobile } from '#core/pseudonym/normalising/mobile.ts'
import {
  canonicalLast,
  soundOfName,
  soundsTogether,
  surnameParts,
  swapDayAndMonth,
  type DerivedValue,
} from '#core/pseudonym/normalising/alternates.ts'
import {
  canonicalName,
  firstThree,
  normaliseFirstName,
  normaliseLastName,
} from '#core/pseudonym/normalising/name.ts'
import { normaliseNhsNumber } from '#core/pseudonym/normalising/nhs-number.ts'
import type { NormalisedValue } from '#core/pseudonym/normalising/normalised-value.ts'
import { normalisePostcode } from '#core/pseudonym/normalising/postcode.ts'
import { refuseKey } from '#core/pseudonym/keys.ts'
import { sqlServerScript } from '../../desktop-hasher/sql-scripts/sql-server-script.ts'
import {
  isInRanges,
  vectorsWithoutNfc,
} from '../../desktop-hasher/sql-scripts/vectors-without-nfc.ts'
import { publishedVectors } from '../core/pseudonym/published-vectors.ts'
import { messyCells } from './messy-cells.ts'
import { loadParser, SqlServer } from './tsql/sql-server.ts'
import { binary, BIT, make, number, type SqlValue, text } from './tsql/sql-values.ts'

const script = sqlServerScript()
let server: SqlServer

beforeAll(async () => {
  await loadParser()
  server = new SqlServer()
  server.run(script)
})

const bit = (is: boolean): SqlValue => make(BIT, is ? 1 : 0)
const cellOf = (cell: string | undefined): SqlValue => text(cell ?? null)
const bytes = (hex: string): SqlValue => binary(new Uint8Array(Buffer.from(hex, 'hex')))
const hex = (value: SqlValue | undefined): string =>
  value?.data instanceof Uint8Array ? Buffer.from(value.data).toString('hex') : ''

/** A component as T-SQL answers it. */
function tagged({ value, code, finding }: DerivedValue): string {
  if (code !== '') return `!${code}`
  return (finding === '' ? '=' : '?') + value
}

/**
 * The cell, or what every field makes a …-character of where a tool without NFC does not take it.
 */
function taken(cell: string): string {
  return Array.from(cell).every((character) => isInRanges(character.codePointAt(0) ?? 0))
    ? cell
    : '\uFFFD'
}

describe('the published vectors', () => {
  it('[S34] come out of the script’s own self-test, all 480', () => {
    expect(server.execute('count_once.self_test').messages).toEqual([
      'self-test: 480 vectors passed, 0 failed',
    ])
  })

  it('[S34] come out byte for byte as they are published, whatever the script says of them', () => {
    const key = bytes(publishedVectors.source_key)
    const pads = [54, 92].map((fill) => server.call('count_once.key_pad', key, number(fill)))
    let made = 0
    for (const { vector, code, value } of vectorsWithoutNfc(publishedVectors.vectors)) {
      const { input } = vector
      const [person] = server.rowsOf(
        'count_once.person',
        ...pads,
        text(publishedVectors.provider),
        text(publishedVectors.service),
        server.call('count_once.reference_day', text(vector.quarter)),
        bit(vector.live),
        text(vector.role),
        ...[input.client_ref, input.first_name, input.last_name, input.date_of_birth].map(cellOf),
        ...[input.gender, input.nhs_number, input.email, input.mobile].map(cellOf),
        ...[input.carer_email, input.carer_mobile, input.postcode].map(cellOf),
      )
      if ('field' in vector) {
        expect([vector.id, person?.get(vector.field)?.data]).toEqual([vector.id, value])
      } else if (code === undefined) {
        expect([vector.id, hex(person?.get(vector.column))]).toEqual([vector.id, vector.source])
        made++
      } else {
        expect([vector.id, hex(person?.get(vector.column))]).toEqual([vector.id, ''])
        expect(String(person?.get('codes')?.data).split('|')).toContain(code)
      }
    }
    expect(made).toBe(274)
  })

  it('are as published but for the 30 that a tool without NFC must blank', () => {
    const changed = vectorsWithoutNfc(publishedVectors.vectors).filter(({ isChanged }) => isChanged)
    expect(changed.map(({ vector, code }) => [vector.id, code])).toEqual([
      ['V0017', 'first-character'],
      ['V0046', 'last-character'],
      ['V0048', 'first-character'],
      ['V0076', 'first-character'],
      ['V0089', 'first-character'],
      ['V0097', 'last-character'],
      ['V0175', 'ref-character'],
      ['V0177', 'last-character'],
      ['V0190', 'last-character'],
      ['V0214', 'first-character'],
      ['V0216', 'first-character'],
      ['V0220', 'last-character'],
      ['V0246', 'first-character'],
      ['V0275', 'first-character'],
      ['V0276', 'first-character'],
      ['V0282', 'first-character'],
      ['V0283', 'last-character'],
      ['V0293', 'first-character'],
      ['V0319', 'first-character'],
      ['V0321', 'first-character'],
      ['V0344', 'mobile-character'],
      ['V0358', 'last-character'],
      ['V0414', 'last-character'],
      ['V0421', 'first-character'],
      ['V0429', 'first-character'],
      ['V0432', 'last-character'],
      ['V0433', 'last-character'],
      ['V0447', 'first-character'],
      ['V0463', 'last-character'],
      ['V0480', 'first-character'],
    ])
    for (const { vector, code } of changed)
      expect(script).toContain(`--   ${vector.id}  ${code ?? ''}`)
  })

  it('[S34] fail the self-test when one of them, a table or a check beside them is changed', () => {
    const made = publishedVectors.vectors.find(
      (vector) => !('field' in vector) && vector.source !== undefined && !vector.findings.length,
    )
    const id = made?.id ?? ''
    const failing: readonly (readonly [string, string, SqlValue, string])[] = [
      ['count_once.vector', 'source', bytes('00'.repeat(32)), id],
      ['count_once.vector', 'p2', bytes('00'.repeat(16)), id],
      ['count_once.vector', 'message', bytes('00'), id],
      ['count_once.vector', 'findings', text('birth-two-digit-year'), id],
      ['count_once.vector', 'code', text('nhs-missing'), id],
      [
        'count_once.vector_key',
        'refused',
        bytes('3f9a01c7d2e8b465'.repeat(3) + '0011223344556677'),
        'keys_refused 1',
      ],
      ['count_once.vector_date', 'is_month_first', number(2), 'date_columns 1'],
    ]
    for (const [table, column, changed, named] of failing) {
      const row = server
        .table(table)
        .rows.find(
          (candidate) => candidate.get('id') === undefined || candidate.get('id')?.data === named,
        )
      const before = row?.get(column)
      if (row === undefined || before === undefined)
        throw new Error(`nothing to change in ${table}`)
      row.set(column, changed)
      expect(() => server.execute('count_once.self_test')).toThrow(
        new RegExp(`raised: .* first ${named}$`),
      )
      row.set(column, before)
    }
    const missing = server.table('count_once.vector').rows.pop()
    expect(() => server.execute('count_once.self_test')).toThrow(/vectors are missing/)
    if (missing !== undefined) server.table('count_once.vector').rows.push(missing)
  })
})

describe('random cells', () => {
  const referenceDay = { year: 2024, month: 6, day: 30 }
  const birth = (cell: string, givenRole: '' | 'adult'): NormalisedValue =>
    normaliseBirthDate(cell, { referenceDay, date1904: false, givenRole })
  const day = number(20240630)
  const fields: readonly (readonly [
    string,
    string,
    readonly SqlValue[],
    (cell: string) => NormalisedValue,
  ])[] = [
    ['nhsNumber', 'nhs_number', [bit(true)], (cell) => normaliseNhsNumber(cell, true)],
    ['nhsNumber', 'nhs_number', [bit(false)], (cell) => normaliseNhsNumber(cell, false)],
    ['email', 'email', [bit(true)], (cell) => normaliseEmail(cell, true)],
    ['email', 'email', [bit(false)], (cell) => normaliseEmail(cell, false)],
    ['mobile', 'mobile', [], normaliseMobile],
    ['postcode', 'postcode', [], normalisePostcode],
    ['reference', 'client_reference', [], normaliseClientReference],
    ['name', 'name', [text('first')], normaliseFirstName],
    ['name', 'name', [text('last')], normaliseLastName],
    ['date', 'birth_date', [day, text('')], (cell) => birth(cell, '')],
    ['date', 'birth_date', [day, text('adult')], (cell) => birth(cell, 'adult')],
  ]

  it.each(fields)(
    '[S34] of %s come out of %s as they do of the portal',
    (kind, name, others, core) => {
      let kept = 0
      for (const cell of messyCells(kind, 1500)) {
        const expected = tagged(core(taken(cell)))
        expect([cell, server.call(`count_once.${name}`, text(cell), ...others).data]).toEqual([
          cell,
          expected,
        ])
        if (!expected.startsWith('!')) kept++
      }
      expect(kept).toBeGreaterThan(100)
    },
  )

  it('[S34] give first three letters, usual spelling, gender and carer’s reference as in the portal', () => {
    for (const cell of [...messyCells('name', 600), 'Kate', 'Mohammad', 'ab']) {
      const first = normaliseFirstName(taken(cell))
      const component = text(tagged(first))
      expect(server.call('count_once.first_three', component).data).toBe(tagged(firstThree(first)))
      expect(server.call('count_once.canonical', component).data).toBe(tagged(canonicalName(first)))
    }
    for (const cell of messyCells('gender', 600)) {
      expect([cell, server.call('count_once.gender', text(cell)).data]).toEqual([
        cell,
        readGender(taken(cell)),
      ])
    }
    for (const cell of messyCells('reference', 300).filter(
      (reference) => taken(reference) === reference,
    )) {
      expect(server.call('count_once.carer_reference', text(cell)).data).toBe(carerReference(cell))
    }
  })

  it('[S34] give alternates and sounds as in the portal', () => {
    const firsts = messyCells('name', 900)
    const parts = new Set<string>()
    for (const [index, given] of messyCells('lastName', 900).entries()) {
      const cell = taken(given)
      const first = normaliseFirstName(taken(firsts[index] ?? ''))
      const [canonical, last] = [canonicalName(first), normaliseLastName(cell)]
      const [firstText, usualText, lastText] = [first, canonical, last].map((each) =>
        text(tagged(each)),
      )
      const { firstPart, lastPart } = surnameParts(cell, last)
      const { firstSound, lastSound } = soundsTogether(soundOfName(canonical), soundOfName(last))
      const sound = (component: SqlValue | undefined) =>
        server.call('count_once.sound', component ?? text(null))
      const [heard, other] = [sound(usualText), sound(lastText)]
      const made = [
        server.call('count_once.surname_part', text(given), lastText ?? text(null), number(1)),
        server.call('count_once.surname_part', text(given), lastText ?? text(null), number(2)),
        server.call('count_once.sound_of_two', heard, other),
        server.call('count_once.sound_of_two', other, heard),
        server.call(
          'count_once.last_canonical',
          ...[firstText, usualText, lastText].map((each) => each ?? text(null)),
        ),
      ].map(({ data }) => data)
      const expected = [firstPart, lastPart, firstSound, lastSound].map(tagged)
      expect([given, ...made]).toEqual([
        given,
        ...expected,
        tagged(canonicalLast(first, canonical, last)),
      ])
      for (const part of expected) parts.add(part.slice(0, 1))
    }
    expect([...parts].sort()).toEqual(['!', '=', '?'])
    for (const cell of messyCells('date', 900)) {
      const component = birth(taken(cell), '')
      expect(server.call('count_once.swapped', text(tagged(component))).data).toBe(
        tagged(swapDayAndMonth(component)),
      )
    }
  })

  it('[S34] of each code point alone come out as in the portal: NFC makes no difference within the ranges', () => {
    for (let point = 0; point <= 0xffff; point++) {
      if (!isInRanges(point)) continue
      // Before a letter, after one, and with a mark that composes with many.
      for (const cell of [
        `a${String.fromCharCode(point)}\u0301\u0327b`,
        `${String.fromCharCode(point)}st`,
      ]) {
        const expected = tagged(normaliseFirstName(cell))
        expect([cell, server.call('count_once.name', text(cell), text('first')).data]).toEqual([
          cell,
          expected,
        ])
      }
    }
  })

  it('read every serial day as the portal does', () => {
    for (let serial = 10_000; serial < 100_000; serial += 7) {
      const { year, month, day: date } = serialDay(serial, false)
      expect(server.call('count_once.serial_day', number(serial)).data).toBe(
        year * 10_000 + month * 100 + date,
      )
    }
  })
})

describe('keys and framing', () => {
  it('[S36] refuse the keys that the portal refuses', () => {
    for (const key of [
      ...publishedVectors.keys_refused,
      '3f9a01c7d2e8b465'.repeat(3) + '0011223344556677',
    ]) {
      const refused = server.call('count_once.refuse_key', bytes(key)).data
      expect(refused).toBe(refuseKey(new Uint8Array(Buffer.from(key, 'hex'))))
    }
    expect(server.call('count_once.refuse_key', binary(null)).data).toBe('key-length')
  })

  it('[S35] set apart what stands side by side, and one kind from another', () => {
    const pad = server.call('count_once.key_pad', bytes(publishedVectors.k1), number(54))
    const made = [
      ['name-birth', '=ab', '=c'],
      ['name-birth', '=a', '=bc'],
      ['child', '=ab', '=c'],
      ['name-birth', '=abc', null],
    ].map((parts) =>
      hex(
        server.call(
          'count_once.pseudonym',
          pad,
          pad,
          ...parts.map((part) => text(part)),
          text(null),
          text(null),
        ),
      ),
    )
    expect(new Set(made).size).toBe(4)
  })

  it('write as UTF-8 what folding leaves, of one, two and three bytes', () => {
    for (const written of ['', 'A', 'ĦŊ', 'Ⱡ', '\u0241', '\uFFEE', 'AĦⱠ\u07ff\u0800']) {
      expect(hex(server.call('count_once.utf8', text(written)))).toBe(
        Buffer.from(written).toString('hex'),
      )
    }
  })
})
