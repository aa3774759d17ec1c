import { describe, expect, it } from 'vitest'
import type { CopiedFamilies } from '#core/estimate/copied-families.ts'
import { estimateFamilies, type Estimate } from '#core/estimate/estimate-figures.ts'
import { carersKnownOf } from '#core/estimate/known-carers.ts'
import { RandomStream } from '#core/estimate/random-stream.ts'
import { ReachCopier } from '#core/estimate/reach-copier.ts'
import { decidePart } from '#core/linkage/decide-part.ts'
import { standingDecisions } from '#core/linkage/decisions.ts'
import type { LinkRecord } from '#core/linkage/part.ts'
import { POLICIES } from '#core/linkage/policy.ts'
import { partsOf } from '#core/linkage/possible-edges.ts'
import { ofEachPseudonym } from '#core/pseudonym/kinds.ts'
import { records } from '../linkage/people.ts'

interface Outcome {
  readonly truth: number
  readonly found: number
  readonly families: CopiedFamilies
  readonly estimate: Estimate
  readonly ofAdvice: { readonly truth: number; readonly found: number; readonly estimate: Estimate }
}

/**
 * Families of one to three children. Visits and the clinic write NHS numbers down and the carer’s
 * email and mobile, mistyped now and then; the library writes no carer down; advice sees carers.
 */
function estimateInvented(seed: number): Outcome {
  const random = new RandomStream(seed, 5)
  const all: LinkRecord[] = []
  const familyOf: number[] = []
  for (let family = 0; family < 500; family++) {
    const add = (service: string, said: Partial<LinkRecord>): void => {
      const id = all.length + 1
      all.push({
        ...{ ...ofEachPseudonym((): string | null => null), id, service, quarter: '2024-Q1' },
        ...{ submission: 1, sourceRow: id, role: 'child', birth: '', gender: 'unknown' },
        ...{ ward: '', epoch: 1, client: `client ${String(id)}`, ...said },
      })
      familyOf.push(family)
    }
    const contact = (kind: string): string =>
      `${kind} ${String(family)}${random.happens(0.05) ? ` mistyped ${String(all.length)}` : ''}`
    const children = 1 + Math.floor(random.fraction() * 3)
    for (let child = 0; child < children; child++) {
      const nameBirth = `child ${String(family)} ${String(child)}`
      for (const service of ['visits', 'clinic']) {
        if (!random.happens(0.35)) continue
        const nhsNumber = `nhs ${String(family)} ${String(child)}`
        const [carerEmail, carerMobile] = [contact('email'), contact('mobile')]
        add(service, { nameBirth, nhsNumber, carerEmail, carerMobile })
      }
      if (random.happens(0.2)) add('library', { nameBirth })
    }
    if (!random.happens(0.5)) continue
    const nameBirth = `carer ${String(family)}`
    add('advice', { role: 'parent', nameBirth, email: contact('email'), mobile: contact('mobile') })
  }
  return estimateOf(all, familyOf)
}

function estimateOf(all: readonly LinkRecord[], familyOf: readonly number[]): Outcome {
  const options = {
    policy: POLICIES.cautious,
    decisions: standingDecisions([]),
    sharedContacts: new Set<string>(),
  }
  const copier = new ReachCopier({ ...options, seed: 1, copies: 20, sampled: 1 })
  const found = { whole: 0, advice: 0 }
  for (const places of partsOf(all, options.sharedContacts)) {
    const part = places.flatMap((place) => all[place] ?? [])
    const decision = decidePart(part, options)
    const of = (isCounted: (record: LinkRecord) => boolean): number =>
      new Set(
        Array.from(decision.family).filter((family, at) => {
          const record = part[at]
          return family >= 0 && record !== undefined && isCounted(record)
        }),
      ).size
    found.whole += of(() => true)
    found.advice += of(({ service }) => service === 'advice')
    copier.add(
      part,
      part.map(({ id }) => id - 1),
      decision,
    )
  }
  const making = copier.copy()
  let made = making.next()
  while (made.done !== true) made = making.next()
  const { families } = made.value
  const isAdvice = (place: number): boolean => all[place]?.service === 'advice'
  const estimates = estimateFamilies(
    families,
    new Map([
      ['whole', found.whole],
      ['advice', found.advice],
    ]),
    (place) => (isAdvice(place) ? ['whole', 'advice'] : ['whole']),
  )
  const withChild = new Set(familyOf.filter((_, place) => all[place]?.role === 'child'))
  const [estimate, advice] = [estimates.get('whole'), estimates.get('advice')]
  if (estimate === undefined || advice === undefined) throw new Error('nothing was estimated')
  const truth = (counts: (place: number) => boolean): number =>
    new Set(familyOf.filter((family, place) => withChild.has(family) && counts(place))).size
  return {
    truth: truth(() => true),
    found: found.whole,
    families,
    estimate,
    ofAdvice: { truth: truth(isAdvice), found: found.advice, estimate: advice },
  }
}

const holds = ({ low, high }: Estimate, truth: number): boolean => low <= truth && truth <= high

describe('an estimate of families', () => {
  const outcomes = [1, 2, 3, 4].map(estimateInvented)

  it('is nearer the truth than what was found, and holds it without being wide', () => {
    for (const { truth, found, estimate } of outcomes) {
      expect(found).toBeGreaterThan(truth * 1.05)
      expect(Math.abs(estimate.estimate - truth)).toBeLessThan((found - truth) / 2)
      expect(holds(estimate, truth)).toBe(true)
      expect(estimate.high - estimate.low).toBeLessThan(1.5 * (found - truth))
    }
  })

  it('counts families that a service reached by carers of whom nothing ties the child', () => {
    const held = outcomes.filter(({ ofAdvice: { truth, found, estimate } }) => {
      expect(found).toBeLessThan(truth)
      expect(estimate.estimate).toBeGreaterThan(found)
      return holds(estimate, truth)
    })
    expect(held.length).toBeGreaterThanOrEqual(3)
  })

  it('says how many are tied to nobody, and of how many children no carer is known', () => {
    for (const { families } of outcomes) {
      const { children, childrenAlone, withoutCarer, adults, adultsAlone } = families.evidence
      expect(withoutCarer).toBeGreaterThan(0)
      expect(withoutCarer).toBeLessThan(childrenAlone)
      expect(childrenAlone).toBeLessThan(children)
      expect(adultsAlone).toBeGreaterThan(0)
      expect(adultsAlone).toBeLessThan(adults)
    }
  })

  it('repeats', () => {
    expect(estimateInvented(1).families).toEqual(outcomes[0]?.families)
  })

  it('takes nothing off where every child has its carer in one row', () => {
    const all = records(
      ...Array.from({ length: 60 }, (_, index) =>
        index % 2 === 0
          ? ({ submission: 1, sourceRow: index, nhsNumber: `N${String(index)}` } as const)
          : ({
              submission: 1,
              sourceRow: index - 1,
              role: 'parent',
              email: `e${String(index)}`,
            } as const),
      ),
    )
    const { found, estimate } = estimateOf(
      all,
      all.map((_, place) => Math.floor(place / 2)),
    )
    expect(found).toBe(30)
    expect(estimate).toEqual({ estimate: 30, low: 30, high: 30 })
  })
})

describe('what is known of carers', () => {
  const of = records(
    { submission: 9, sourceRow: 1 },
    { submission: 9, sourceRow: 1, role: 'parent' },
    { carerEmail: 'e', carerMobile: 'm' },
    { carerEmail: 'e' },
    { mobile: 'm', role: 'parent' },
    {},
    { carerEmail: 'desk' },
  )
  const known = carersKnownOf(of, new Set(['desk']))

  it('is a row, both contacts, one or nothing, and a shared contact says nothing', () => {
    expect(of.map((record) => known([record]))).toEqual([
      ...['row', 'row', 'contacts', 'email', 'mobile', 'nothing', 'nothing'],
    ])
    expect(known(of.slice(3, 5))).toBe('contacts')
  })
})
