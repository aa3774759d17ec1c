import { describe, expect, it } from 'vitest'
import { agreementWords, falseJoinWords } from '#core/messages/review/agreement-words.ts'
import { measureAgreement, type TwoVerdicts } from '#core/review/agreement.ts'
import { falseJoinShare } from '#core/review/false-joins.ts'

function times(count: number, verdicts: TwoVerdicts): TwoVerdicts[] {
  return Array.from({ length: count }, () => verdicts)
}

describe('the agreement of two reviewers', () => {
  it('takes away what chance alone would agree on', () => {
    // Half of all is "same": chance agrees on half, and 8 of 10 is 0.6 of the way from there.
    const verdicts = [
      ...times(4, ['same', 'same']),
      ...times(4, ['different', 'different']),
      ...times(1, ['same', 'different']),
      ...times(1, ['different', 'same']),
    ]
    const { share, kappa } = measureAgreement(verdicts)
    expect(share).toBe(0.8)
    expect(kappa).toBeCloseTo(0.6)
    expect(agreementWords(measureAgreement(verdicts))).toContain('0.60: moderate agreement')
  })

  it('is 0 where they agree as often as chance, and says so whoever is first', () => {
    const half = [
      ...times(1, ['same', 'same']),
      ...times(1, ['different', 'different']),
      ...times(1, ['same', 'different']),
      ...times(1, ['different', 'same']),
    ]
    expect(measureAgreement(half).kappa).toBeCloseTo(0)
    const turned = half.map(([first, second]): TwoVerdicts => [second, first])
    expect(measureAgreement(turned)).toEqual(measureAgreement(half))
  })

  it('has no kappa without pairs, nor where everybody always says the same', () => {
    expect(measureAgreement([])).toEqual({ pairs: 0, agreed: 0, share: null, kappa: null })
    expect(measureAgreement(times(9, ['same', 'same']))).toMatchObject({ share: 1, kappa: null })
    expect(agreementWords(measureAgreement([]))).toContain('No pair')
    expect(agreementWords(measureAgreement(times(1, ['same', 'same'])))).toContain('1 pair ')
  })
})

describe('the share of joins that are wrong', () => {
  it('has Wilson’s interval, which leaves room where none was found', () => {
    // Source: Newcombe 1998, table I: 81 of 263 is 0.2553 to 0.3662.
    expect(falseJoinShare({ checked: 263, wrong: 81 })?.low).toBeCloseTo(0.2553, 4)
    expect(falseJoinShare({ checked: 263, wrong: 81 })?.high).toBeCloseTo(0.3662, 4)
    const none = falseJoinShare({ checked: 100, wrong: 0 })
    expect(none?.low).toBe(0)
    expect(none?.high).toBeCloseTo(0.037, 3)
    expect(falseJoinShare({ checked: 0, wrong: 0 })).toBeUndefined()
  })

  it('is said in plain words', () => {
    const joins = { checked: 100, wrong: 1 }
    expect(falseJoinWords(joins, falseJoinShare(joins))).toBe(
      'Of 100 joined pairs that were checked, 1 was of two people: 1% of joins are wrong, between 0.2% and 5.4% with 95% confidence.',
    )
    expect(falseJoinWords({ checked: 0, wrong: 0 }, undefined)).toContain('No joined pair')
  })
})
