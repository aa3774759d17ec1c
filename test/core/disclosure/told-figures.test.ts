import { describe, expect, it } from 'vitest'
import { SPANS, type CellGroup } from '#core/disclosure/lattice.ts'
import { releaseText, type ReleaseFacts } from '#core/disclosure/release-text.ts'
import type { ReleasedCell } from '#core/disclosure/released-figures.ts'
import { DISCLOSURE_SETTINGS } from '#core/disclosure/settings.ts'
import { ToldFigures } from '#core/disclosure/told-figures.ts'

const FACTS: ReleaseFacts = {
  ...{ reference: 'PUB-2024-Q2-1', profile: 'public', version: 1 },
  ...{ firstQuarter: '2024-Q1', lastQuarter: '2024-Q2', madeAt: '2024-11-01T09:00:00.000Z' },
  settings: { ...DISCLOSURE_SETTINGS.public, ageBands: ['0', '1-', 'unknown'] },
  ...{ linkageVersion: 4, linkagePolicy: 'cautious', keyCheck: 'abc', programVersion: '1' },
  strands: ['early'],
  services: [
    { code: 'baby-club', strand: 'early' },
    { code: 'talk-time', strand: 'early' },
  ],
  wards: ['east', 'west'],
  coverage: { '2024-Q1': ['baby-club'], '2024-Q2': ['baby-club', 'talk-time'] },
}

const EVERYBODY: CellGroup = {
  scope: 'all',
  scopeCode: '',
  place: 'everywhere',
  placeCode: '',
  attribute: '',
  attributeValue: '',
}

/** Every cell that a release of these lists can hold, each with a figure that no other has. */
function everyCell(): ReleasedCell[] {
  const told = new ToldFigures(releaseText(FACTS, []))
  let next = 1000
  const places = [
    ...(['everywhere', 'area', 'area-unknown', 'outside', 'unknown'] as const).map((place) => ({
      ...{ place, placeCode: '' },
    })),
    ...FACTS.wards.map((placeCode) => ({ place: 'ward', placeCode }) as const),
  ]
  const measures = [
    'people',
    'lower',
    'upper',
    'doubtful',
    'children',
    'adults',
    'families',
  ] as const
  return told.quarters.flatMap((quarter) =>
    SPANS.flatMap((span) => [
      ...told.scopes.flatMap(({ kind: scope, code: scopeCode }) =>
        places.flatMap((place) =>
          [...measures, ...(span === 'quarter' ? (['new', 'returning'] as const) : [])].map(
            (measure) => ({
              ...{ ...EVERYBODY, scope, scopeCode, ...place, quarter, span, measure },
              printed: (next += 5),
            }),
          ),
        ),
      ),
      ...FACTS.settings.ageBands.map((attributeValue) => ({
        ...({ ...EVERYBODY, attribute: 'age-band', attributeValue, quarter, span } as const),
        ...{ measure: 'people' as const, printed: (next += 5) },
      })),
    ]),
  )
}

describe('the figures of a signed text', () => {
  it('are shown every one, and no others', () => {
    // Where no file had come there is no figure.
    const cells = everyCell().filter(
      ({ scopeCode, quarter }) => scopeCode !== 'talk-time' || quarter !== '2024-Q1',
    )
    const told = new ToldFigures(releaseText(FACTS, cells))
    const shown = told.quarters.flatMap((quarter) =>
      told.scopes.flatMap((scope) =>
        told.tables(scope, quarter).flatMap(({ columns, rows }) => {
          for (const row of rows) expect(row).toHaveLength(columns.length)
          return rows.flatMap(([, ...figures]) => figures)
        }),
      ),
    )
    const numbers = new Set(shown.filter((figure) => figure !== 'No file'))
    const expected = new Set(cells.map(({ printed }) => Number(printed).toLocaleString('en-GB')))
    expect(numbers).toEqual(expected)
    expect(shown).toContain('No file')
  })

  it('are 0 where the text has none, hidden where it says so, and how sure in words', () => {
    const cell = { ...EVERYBODY, quarter: '2024-Q2', span: 'quarter' } as const
    const told = new ToldFigures(
      releaseText(FACTS, [
        { ...cell, measure: 'people', printed: 1115 },
        { ...cell, measure: 'adults', printed: '*' },
      ]),
    )
    const all = { kind: 'all', code: '' } as const
    const [quarter] = told.tables(all, '2024-Q2')
    expect(quarter?.rows[0]?.slice(0, 8)).toEqual([
      'Everywhere',
      '1,115',
      '0',
      '0',
      '0',
      '0',
      '*',
      '0',
    ])
    expect(told.intervals(all, '2024-Q2')[0]).toBe(
      'July to September 2024: about 1,115 after rounding; every record was matched with certainty.',
    )
  })

  it('are of use as well, where the release tells of it', () => {
    const cell = { ...EVERYBODY, quarter: '2024-Q2', measure: 'people' } as const
    const told = new ToldFigures(
      releaseText(
        {
          ...FACTS,
          use: {
            scales: [
              { code: 'a', isRuled: true },
              { code: 'b', isRuled: false },
            ],
          },
        },
        [
          {
            ...cell,
            span: 'year',
            attribute: 'activities',
            attributeValue: 'took-part',
            printed: 25,
          },
          {
            ...cell,
            span: 'quarter',
            attribute: 'ending',
            attributeValue: 'completed',
            printed: '*',
          },
          { ...cell, span: 'year', attribute: 'improved', attributeValue: 'a', printed: 15 },
        ],
      ),
    )
    const rows = told.tables({ kind: 'all', code: '' }, '2024-Q2').flatMap((table) => table.rows)
    expect(rows).toContainEqual(['All services', '0', '25'])
    expect(rows).toContainEqual(['Reached: Completed a service', '*'])
    expect(rows).toContainEqual(['a', '0', '0', '15', '0', '0'])
    expect(rows).toContainEqual(['b', '0', '0', 'No rule', 'No rule', 'No rule'])
  })

  it('are none of a text that is no release', () => {
    expect(new ToldFigures('countonce-release-9\nquarters\tx\ty\n').quarters).toEqual([])
  })
})
