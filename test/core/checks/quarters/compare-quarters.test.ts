import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareQuarters } from '#core/checks/quarters/compare-quarters.ts'
import type { EarlierQuarter, QuarterFigures } from '#core/checks/quarters/quarter-figures.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { quarterAfter } from '#core/standard/quarter.ts'

/** A service of so many people, all children, whose rows say everything. */
function figures(people: number, other: Partial<QuarterFigures> = {}): QuarterFigures {
  return {
    ...{ rows: people, people, children: people, adults: 0, contacts: people * 3 },
    ...{ nhsNumber: people, birth: people, postcode: people, email: people, mobile: people },
    ...{ reference: people, ...other },
  }
}

/** Quarters in the order of the calendar, of which nothing or this was confirmed. */
function quarters(
  ...of: readonly (QuarterFigures | readonly [QuarterFigures, string, string])[]
): EarlierQuarter[] {
  return of.map((each, index) => {
    const quarter = quarterAfter('2022-Q1', index)
    if ('people' in each) return { quarter, figures: each, confirmed: [] }
    const [made, code, field] = each
    return { quarter, figures: made, confirmed: [{ code, field }] }
  })
}

const codesOf = (now: QuarterFigures, earlier: readonly EarlierQuarter[]) =>
  compareQuarters(now, earlier).map(({ code }) => code)

describe('a first quarter', () => {
  test('has nothing to compare with', () => {
    expect(codesOf(figures(5_000), [])).toEqual([])
  })
})

describe('counts', () => {
  const steady = quarters(...[118, 121, 125, 119, 122].map((people) => figures(people)))

  test('that jump up or down are asked about, once for what one cause moves', () => {
    expect(codesOf(figures(240), steady)).toEqual(['people-jump'])
    expect(codesOf(figures(40), steady)).toEqual(['people-jump'])
    expect(codesOf(figures(130), steady)).toEqual([])
    expect(codesOf(figures(120, { contacts: 900 }), steady)).toEqual(['contacts-jump'])
    expect(codesOf(figures(120, { rows: 360 }), steady)).toEqual(['rows-jump'])
    expect(codesOf(figures(120, { children: 10, adults: 110 }), steady)).toEqual(['children-jump'])
    expect(codesOf(figures(240, { contacts: 60 }), steady)).toEqual([
      'people-jump',
      'contacts-jump',
    ])
  })

  test('of a service whose quarters differ widely are as they always were', () => {
    const seasonal = quarters(...[20, 95, 22, 110, 18].map((people) => figures(people)))
    expect(codesOf(figures(100), seasonal)).toEqual([])
    expect(codesOf(figures(900), seasonal)).toEqual(['people-jump'])
  })

  test('of a small service move without a question', () => {
    const small = quarters(figures(4), figures(6), figures(5), figures(4))
    expect(codesOf(figures(12), small)).toEqual([])
    expect(codesOf(figures(0), small)).toEqual([])
    expect(codesOf(figures(40), small)).toEqual(['people-jump'])
  })

  test('after a single quarter may double, no more', () => {
    const one = quarters(figures(60))
    expect(codesOf(figures(115), one)).toEqual([])
    expect(codesOf(figures(130), one)).toEqual(['people-jump'])
    expect(codesOf(figures(20), one)).toEqual(['people-jump'])
  })

  test('are not compared where they were not given', () => {
    const without = quarters(figures(60, { contacts: null }), figures(60, { contacts: null }))
    expect(codesOf(figures(60), without)).toEqual([])
    expect(codesOf(figures(60, { contacts: null }), quarters(figures(60)))).toEqual([])
  })

  test('that were confirmed are the habit from then on', () => {
    const grown = [...[118, 121, 125].map((people) => figures(people))]
    const earlier = quarters(...grown, [figures(400), 'people-jump', ''])
    expect(codesOf(figures(410), quarters(...grown, figures(400)))).toEqual(['people-jump'])
    expect(codesOf(figures(410), earlier)).toEqual([])
    expect(codesOf(figures(120), earlier)).toEqual([])
    expect(codesOf(figures(2_000), earlier)).toEqual(['people-jump'])
  })
})

describe('shares of identifiers', () => {
  test('that fall are asked about, with this quarter’s figures and those before', () => {
    const [fall, ...others] = compareQuarters(
      figures(118, { postcode: 12 }),
      quarters(figures(120, { postcode: 98 })),
    )
    expect(others).toEqual([])
    expect(fall).toMatchObject({ code: 'postcode-share-falls', field: 'postcode' })
    expect(wordsOf('postcode-share-falls', fall?.detail).fix).toMatch(
      /^98 of 120 people had one in April to June 2022; 12 of 118 do now[.] /,
    )
  })

  test.each([
    ['nhsNumber', 'nhs-share-falls', 'nhs_number'],
    ['birth', 'birth-share-falls', 'date_of_birth'],
    ['email', 'email-share-falls', 'email'],
    ['mobile', 'mobile-share-falls', 'mobile'],
    ['reference', 'ref-share-falls', 'client_ref'],
  ])('of %s are found as %s', (figure, code, field) => {
    expect(compareQuarters(figures(60, { [figure]: 20 }), quarters(figures(60)))).toMatchObject([
      { code, field, severity: 'confirm' },
    ])
  })

  test('that rise, fall a little or are of few people are not', () => {
    const before = quarters(figures(100, { postcode: 70 }))
    expect(codesOf(figures(100, { postcode: 100 }), before)).toEqual([])
    expect(codesOf(figures(100, { postcode: 60 }), before)).toEqual([])
    expect(codesOf(figures(4, { postcode: 2 }), quarters(figures(4)))).toEqual([])
    expect(codesOf(figures(8, { postcode: 0 }), quarters(figures(8)))).toEqual([
      'postcode-share-falls',
    ])
  })

  test('that vary from quarter to quarter fall by habit', () => {
    const varied = [90, 40, 85, 35, 60, 88].map((postcode) => figures(100, { postcode }))
    expect(codesOf(figures(100, { postcode: 38 }), quarters(...varied))).toEqual([])
  })

  test('that slide down a little each quarter are asked about in the end', () => {
    const sliding = [95, 94, 95, 93, 84].map((email) => figures(1_000, { email: email * 10 }))
    expect(codesOf(figures(1_000, { email: 740 }), quarters(...sliding))).toEqual([
      'email-share-falls',
    ])
  })

  test('are asked about once while the cause goes on, and anew when they fall again', () => {
    const high = figures(100, { postcode: 90 })
    const low = figures(100, { postcode: 30 })
    const confirmed = [low, 'postcode-share-falls', 'postcode'] as const
    expect(codesOf(low, quarters(high, high, confirmed))).toEqual([])
    expect(codesOf(low, quarters(high, high, confirmed, low, low))).toEqual([])
    const none = figures(100, { postcode: 0 })
    expect(codesOf(none, quarters(high, high, confirmed))).toEqual(['postcode-share-falls'])
    expect(codesOf(low, quarters(high, confirmed, high))).toEqual(['postcode-share-falls'])
    const other = [low, 'email-share-falls', 'email'] as const
    expect(codesOf(low, quarters(high, high, other))).toEqual(['postcode-share-falls'])
  })
})

test('the order in which quarters came does not matter, and no figures make a fault', () => {
  const count = fc.nat({ max: 400 })
  const some = fc.record({ people: count, children: count, postcode: count }).map((made) => {
    const children = Math.min(made.people, made.children)
    const postcode = Math.min(made.people, made.postcode)
    return figures(made.people, { children, adults: made.people - children, postcode })
  })
  fc.assert(
    fc.property(some, fc.array(some, { maxLength: 12 }), fc.nat(), (now, before, turn) => {
      const earlier = quarters(...before)
      const at = earlier.length === 0 ? 0 : turn % earlier.length
      const found = compareQuarters(now, earlier)
      expect(compareQuarters(now, [...earlier.slice(at), ...earlier.slice(0, at)])).toEqual(found)
      for (const { code, detail } of found)
        expect(wordsOf(code, detail).fix).not.toMatch(/NaN|undefined/)
    }),
  )
})
