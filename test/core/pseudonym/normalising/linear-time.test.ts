import { describe, expect, it } from 'vitest'
import { surnameParts } from '#core/pseudonym/normalising/alternates.ts'
import { normaliseBirthDate } from '#core/pseudonym/normalising/birth-date.ts'
import { normaliseNfc } from '#core/pseudonym/normalising/canonical-order.ts'
import { normaliseClientReference } from '#core/pseudonym/normalising/client-reference.ts'
import { normaliseEmail } from '#core/pseudonym/normalising/email.ts'
import { readGender } from '#core/pseudonym/normalising/gender.ts'
import { normaliseMobile } from '#core/pseudonym/normalising/mobile.ts'
import { normaliseFirstName, normaliseLastName } from '#core/pseudonym/normalising/name.ts'
import { normaliseNhsNumber } from '#core/pseudonym/normalising/nhs-number.ts'
import { normalisePostcode } from '#core/pseudonym/normalising/postcode.ts'
import { soundOf } from '#core/pseudonym/normalising/sound.ts'
import fc from 'fast-check'

const SMALL = 12_500
const LARGE = 100_000

/**
 * Eight times the input may take three times eight times as long; quadratic work takes sixty-four
 * times.
 */
const MOST_GROWTH = 24

/** Milliseconds that the clock of processor time cannot tell apart on some machines. */
const CLOCK_TICK = 10

const context = {
  referenceDay: { year: 2024, month: 6, day: 30 },
  date1904: false,
  givenRole: '',
} as const

const fields: Readonly<Record<string, (cell: string) => unknown>> = {
  'NHS number': (cell) => normaliseNhsNumber(cell, true),
  mobile: normaliseMobile,
  email: (cell) => normaliseEmail(cell, true),
  gender: readGender,
  postcode: normalisePostcode,
  'client reference': normaliseClientReference,
  'birth date': (cell) => normaliseBirthDate(cell, context),
  name: normaliseFirstName,
  'parts of a last name': (cell) => surnameParts(cell, normaliseLastName(cell)),
  'sound of a name': (cell) => soundOf(normaliseFirstName(cell).value),
}

const hostile: Readonly<Record<string, (length: number) => string>> = {
  spaces: (length) => `A${' '.repeat(length)}A`,
  'spaces and dashes': (length) => '1 - '.repeat(length / 4),
  digits: (length) => `${'1'.repeat(length)}X`,
  'an exponent': (length) => `${'1'.repeat(length)}E`,
  'a fraction': (length) => `1.${'0'.repeat(length)}`,
  'open brackets': (length) => '<'.repeat(length),
  'brackets in turn': (length) => '<>'.repeat(length / 2),
  labels: (length) => `a@${'a.'.repeat(length / 2)}a`,
  hyphens: (length) => `a@a${'-'.repeat(length)}.test`,
  'a local part': (length) => `${'a.'.repeat(length / 2)}@leap.test`,
  titles: (length) => 'MR '.repeat(length / 3),
  'parts of a name': (length) => 'De La-Cruz '.repeat(length / 11),
  suffixes: (length) => `A${' II'.repeat(length / 3)}`,
  crosses: (length) => `${'X'.repeat(length)}Y`,
  twins: (length) => 'BABYTWIN'.repeat(length / 8),
  'plus signs': (length) => `${'+'.repeat(length)}1(0)1`,
  'zeros in brackets': (length) => `+1${'(0)'.repeat(length / 3)}1`,
  ohs: (length) => 'O0I1'.repeat(length / 4),
  'marks in the wrong order': (length) => `A${'\u0301\u0316'.repeat(length / 2)}`,
  'all marks of one class before another': (length) =>
    `A${'\u0301'.repeat(length / 2)}${'\u0316'.repeat(length / 2)}`,
  ligatures: (length) => '\ufdfa'.repeat(length),
  'lone surrogates': (length) => '\ud800'.repeat(length),
}

/** Processor time of this thread in milliseconds, the least of three runs. */
function cost(work: () => unknown): number {
  let least = Infinity
  for (let run = 0; run < 3; run++) {
    const from = process.threadCpuUsage()
    work()
    const { user, system } = process.threadCpuUsage(from)
    least = Math.min(least, (user + system) / 1_000)
  }
  return least
}

describe.each(Object.entries(hostile))('[S30] on 100 KB of %s', (_, make) => {
  const [small, large] = [make(SMALL), make(LARGE)]
  it.each(Object.entries(fields))('the rules of %s take linear time', (_name, normalise) => {
    const spent = cost(() => normalise(large))
    if (spent > CLOCK_TICK) {
      const before = Math.max(
        cost(() => normalise(small)),
        CLOCK_TICK,
      )
      expect(spent / before).toBeLessThan(MOST_GROWTH)
    }
    expect(spent).toBeLessThan(1_000)
  })
})

it('[S34] composes long runs of marks as the platform does', () => {
  const marks = [
    '\u0301',
    '\u0316',
    '\u0327',
    '\u0334',
    '\u0345',
    '\u0344',
    '\u093c',
    '\u094d',
    '\u3099',
    '\u0360',
    'é',
    'a',
    'ệ',
    '가',
  ]
  const text = fc
    .array(fc.constantFrom(...marks), { maxLength: 120 })
    .map((parts) => parts.join(''))
  const run = fc.array(fc.constantFrom(...marks.slice(0, 10)), { minLength: 32, maxLength: 120 })
  fc.assert(
    fc.property(text, run, text, (before, middle, after) => {
      const whole = before + middle.join('') + after
      expect(normaliseNfc(whole)).toBe(whole.normalize('NFC'))
    }),
    { numRuns: 500 },
  )
})
