import { expect, test } from 'vitest'
import type { QuarterFigures } from '#core/checks/quarters/quarter-figures.ts'
import type { Measured } from '#core/profiling/measured.ts'
import { windowOf } from '#core/profiling/window-of.ts'

const FIGURES = {
  ...{ rows: 10, people: 10, children: 6, adults: 4, contacts: null, nhsNumber: 5 },
  ...{ birth: 9, postcode: 8, email: 0, mobile: 0, reference: 10 },
} satisfies QuarterFigures

function file(quarter: string, values: Partial<Measured>): Measured & { quarter: string } {
  return {
    ...{ quarter, rows: 10, accepted: 10, share: 1 },
    ...{ linkability: { strong: 4, weak: 3, none: 3 }, figures: FIGURES, findings: [] },
    ...values,
  }
}

const twice = { code: 'birth-future', field: 'birth', severity: 'error', rows: 2 } as const
const FILES = [
  file('2024-Q2', { accepted: 6, findings: [twice] as never }),
  file('2024-Q2', { accepted: 1, rows: 1000 }),
  file('2024-Q1', { findings: [twice] as never, figures: { ...FIGURES, contacts: 7 } }),
  file('2023-Q4', { linkability: null, figures: null }),
]

test('adds up the last file of each quarter of a time, and nothing of a quarter beside it', () => {
  expect(windowOf(FILES, { from: '2024-Q1', to: '2024-Q2' })).toEqual({
    ...{ files: 2, rows: 20, accepted: 16, share: 0.8 },
    linkability: { strong: 8, weak: 6, none: 6 },
    figures: expect.objectContaining({ people: 20, contacts: 7, nhsNumber: 10 }) as unknown,
    findings: [{ ...twice, rows: 4 }],
  })
  expect(windowOf(FILES, { from: '2023-Q4', to: '2023-Q4' })).toMatchObject({
    ...{ files: 1, linkability: null, figures: null },
  })
})

test('is nothing where no file lies in it, or where it ends before it begins', () => {
  expect(windowOf(FILES, { from: '2025-Q1', to: '2025-Q4' })).toBeUndefined()
  expect(windowOf(FILES, { from: '2024-Q2', to: '2024-Q1' })).toBeUndefined()
})

test('adds up nothing that one of its files was not counted by', () => {
  const counted = file('2024-Q3', { figures: { ...FIGURES, contactable: 4 } })
  const time = windowOf([counted, ...FILES], { from: '2024-Q1', to: '2024-Q3' })
  expect(time?.figures).toMatchObject({ people: 30 })
  expect(time?.figures).not.toHaveProperty('contactable')
  expect(windowOf([counted], { from: '2024-Q3', to: '2024-Q3' })?.figures?.contactable).toBe(4)
})
