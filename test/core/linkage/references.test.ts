import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  carryReferences,
  correctionsOf,
  makeReference,
  parseReference,
  REFERENCE_BYTES,
} from '#core/linkage/references.ts'

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const someBytes = fc.uint8Array({ minLength: REFERENCE_BYTES, maxLength: REFERENCE_BYTES })

describe('a reference', () => {
  it('is written in groups without characters that look alike', () => {
    fc.assert(
      fc.property(someBytes, (bytes) => {
        expect(makeReference(bytes)).toMatch(
          /^CO-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]$/,
        )
      }),
    )
  })

  it('is made of exactly eight bytes', () => {
    expect(() => makeReference(new Uint8Array(7))).toThrow(RangeError)
    expect(() => makeReference(new Uint8Array(9))).toThrow(RangeError)
  })

  it('differs where its bytes do', () => {
    const references = new Set<string>()
    for (let index = 0; index < 20_000; index++) {
      references.add(makeReference(new Uint8Array([index & 255, index >> 8, 0, 0, 0, 0, 0, 0])))
    }
    expect(references.size).toBe(20_000)
  })

  it('is read back in lower case, with spaces, without dashes', () => {
    fc.assert(
      fc.property(someBytes, (bytes) => {
        const reference = makeReference(bytes)
        for (const typed of [
          reference,
          reference.toLowerCase(),
          reference.replaceAll('-', ''),
          ` ${reference.replaceAll('-', ' – ')} `,
        ]) {
          expect(parseReference(typed)).toBe(reference)
        }
      }),
    )
  })

  it('is refused when it is anything else', () => {
    for (const text of [
      '',
      'CO',
      'CO-7K3M-9QXZ',
      'XX-2222-2222-2',
      'CO-2222-2222-22',
      'CO-O222-2222-2',
    ]) {
      expect(parseReference(text)).toBeNull()
    }
  })

  it('is refused with any one wrong character, at every place and for every character', () => {
    const samples = [0, 7, 91, 255].map((byte) =>
      makeReference(new Uint8Array(8).map((_, i) => byte ^ (i * 37))),
    )
    for (const reference of samples) {
      for (let place = 0; place < reference.length; place++) {
        if (reference[place] === '-') continue
        for (const wrong of `${ALPHABET}01ILO`) {
          if (wrong === reference[place]) continue
          const typed = reference.slice(0, place) + wrong + reference.slice(place + 1)
          expect(parseReference(typed), typed).toBeNull()
        }
      }
    }
  })

  it('is refused with any two adjacent characters swapped, for every pair at every place', () => {
    // Any pair of values at any place: the rest of the reference only adds a constant to the sum.
    for (let place = 0; place < 8; place++) {
      for (const first of ALPHABET) {
        for (const second of ALPHABET) {
          if (first === second) continue
          const characters = '2'.repeat(place) + first + second + '2'.repeat(7)
          const written = valid(characters.slice(0, 8))
          const swapped = Array.from(written)
          const [a, b] = [swapped[place + 2] ?? '', swapped[place + 3] ?? '']
          if (a === b) continue
          swapped[place + 2] = b
          swapped[place + 3] = a
          expect(parseReference(swapped.join('')), written).toBeNull()
        }
      }
    }
    const reference = makeReference(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8])).replaceAll('-', '')
    for (let place = 0; place + 1 < reference.length; place++) {
      const [a, b] = [reference[place] ?? '', reference[place + 1] ?? '']
      if (a === b) continue
      expect(
        parseReference(reference.slice(0, place) + b + a + reference.slice(place + 2)),
      ).toBeNull()
    }
  })
})

describe('what may have been meant by a mistyped reference', () => {
  const slip = fc.record({
    place: fc.nat(8),
    kind: fc.constantFrom('wrong', 'swapped', 'left out', 'one too many'),
    character: fc.constantFrom(...Array.from(`${ALPHABET}01ILO?`)),
  })

  it('holds the reference after any one slip', () => {
    fc.assert(
      fc.property(someBytes, slip, (bytes, { place, kind, character }) => {
        const reference = makeReference(bytes)
        const characters = reference.slice(2).replaceAll('-', '')
        const [before, after] = [characters.slice(0, place), characters.slice(place)]
        const typed = {
          wrong: before + character + after.slice(1),
          swapped: before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2),
          'left out': before + after.slice(1),
          'one too many': before + character + after,
        }[kind]
        fc.pre(typed !== characters)
        for (const start of ['CO', 'co-', 'C0', '']) {
          expect(correctionsOf(start + typed)).toContain(reference)
        }
      }),
    )
  })

  it('is a few references at most, each well formed', () => {
    fc.assert(
      fc.property(someBytes, fc.nat(8), (bytes, place) => {
        const written = makeReference(bytes).replaceAll('-', '').split('')
        written[place + 2] = '1'
        const corrections = correctionsOf(written.join(''))
        expect(corrections.length).toBeLessThan(20)
        for (const one of corrections) expect(parseReference(one)).toBe(one)
      }),
    )
  })

  it('is nothing for a reference that stands, for what is far from one, and for a long text', () => {
    const reference = makeReference(new Uint8Array([8, 7, 6, 5, 4, 3, 2, 1]))
    for (const text of [reference, '', 'CO', 'CO-7K3M', 'Amara', 'CO-'.repeat(5000)]) {
      expect(correctionsOf(text)).toEqual([])
    }
  })
})

/** The reference without dashes that has these eight characters. */
function valid(characters: string): string {
  const found = Array.from(ALPHABET).filter(
    (check) => parseReference(`CO${characters}${check}`) !== null,
  )
  expect(found).toHaveLength(1)
  return `CO${characters}${found.join('')}`
}

interface Given {
  readonly previous: readonly (string | null)[]
  readonly next: readonly number[]
  readonly quarters?: readonly string[]
}

function carry({ previous, next, quarters }: Given): ReturnType<typeof carryReferences> {
  return carryReferences({ previous, next, quarters: quarters ?? previous.map(() => '2024-Q1') })
}

describe('carrying references', () => {
  it('gives new people none yet', () => {
    expect(carry({ previous: [null, null], next: [0, 1] })).toEqual({
      kept: [null, null],
      aliases: [],
    })
  })

  it('keeps one where nothing changed, and where a record left', () => {
    expect(carry({ previous: ['A', 'A', 'B'], next: [0, -1, 1] }).kept).toEqual(['A', 'B'])
  })

  it('leaves one with the largest part of a split, and a new one to the others', () => {
    expect(carry({ previous: ['A', 'A', 'A'], next: [0, 1, 1] }).kept).toEqual([null, 'A'])
  })

  it('gives a tie to the part with the earliest quarter', () => {
    const quarters = ['2024-Q2', '2024-Q1']
    expect(carry({ previous: ['A', 'A'], next: [0, 1], quarters }).kept).toEqual([null, 'A'])
  })

  it('makes an alias of what was merged', () => {
    expect(carry({ previous: ['B', 'A', 'A'], next: [0, 0, 0] })).toEqual({
      kept: ['A'],
      aliases: [{ alias: 'B', of: 0 }],
    })
    const quarters = ['2023-Q1', '2024-Q1']
    expect(carry({ previous: ['B', 'A'], next: [0, 0], quarters }).kept).toEqual(['B'])
    expect(carry({ previous: ['B', 'A'], next: [0, 0] }).kept).toEqual(['A'])
  })

  it('lets no reference be kept twice or lost while a record of it is there, in whatever order they come', () => {
    const some = fc.array(
      fc.record({
        previous: fc.option(fc.constantFrom('A', 'B', 'C', 'D')),
        next: fc.integer({ min: 0, max: 4 }),
        quarter: fc.constantFrom('2024-Q1', '2024-Q2', '2024-Q3'),
      }),
      { maxLength: 24 },
    )
    fc.assert(
      fc.property(some, (drawn) => {
        const numbers = [...new Set(drawn.map(({ next }) => next))]
        const of = drawn.map((own) => ({ ...own, next: numbers.indexOf(own.next) }))
        const { kept, aliases } = carry(columns(of))
        const resolved = [
          ...kept.filter((reference) => reference !== null),
          ...aliases.map(({ alias }) => alias),
        ]
        expect([...resolved].sort()).toEqual(
          [...new Set(drawn.flatMap(({ previous }) => previous ?? []))].sort(),
        )
        for (const { of: index } of aliases) expect(kept[index]).not.toBeNull()
        const backwards = carry(columns([...of].reverse()))
        expect(backwards).toEqual({ kept, aliases })
      }),
      { numRuns: 3000 },
    )
  })
})

function columns(of: readonly { previous: string | null; next: number; quarter: string }[]): Given {
  return {
    previous: of.map(({ previous }) => previous),
    next: of.map(({ next }) => next),
    quarters: of.map(({ quarter }) => quarter),
  }
}
