/**
 * The indices of deprivation whose ranks stand in the postcode files of the Office for National
 * Statistics, and how many areas each ranks: what a rank is worth depends on it. Each nation ranks
 * its own areas; ranks of two nations compare with nothing.
 */

/** A nation as its country code in the files begins: E92000001, W92000004, S92000003, N92000002. */
export type Nation = 'E' | 'W' | 'S' | 'N'

interface Index {
  readonly name: string
  /** How many areas are ranked, 1 the most deprived. */
  readonly areas: number
  readonly source: string
}

/** The ranks of one column. */
export interface DeprivationEdition {
  /** The names the column goes by; `imd` was renamed in September 2026. */
  readonly columns: readonly string[]
  readonly indices: Readonly<Record<Nation, Index>>
}

const SCOTLAND_2020: Index = {
  name: 'SIMD 2020v2',
  areas: 6976,
  source: 'Scottish Government, Scottish Index of Multiple Deprivation 2020: data zones of 2011',
}
const NORTHERN_IRELAND_2017: Index = {
  name: 'NIMDM 2017',
  areas: 890,
  source: 'NISRA, Northern Ireland Multiple Deprivation Measure 2017: super output areas',
}

/** Every edition that is known, the latest first: where a file has two, the latest is used. */
export const DEPRIVATION_EDITIONS: readonly DeprivationEdition[] = [
  {
    columns: ['imd25ind'],
    indices: {
      E: {
        name: 'IMD 2025',
        areas: 33_755,
        source: 'MHCLG, English indices of deprivation 2025, statistical release, 30 October 2025',
      },
      W: {
        name: 'WIMD 2025',
        areas: 1917,
        source: 'Welsh Government, StatsWales, WIMD 2025: index and domain ranks, 27 November 2025',
      },
      S: SCOTLAND_2020,
      N: NORTHERN_IRELAND_2017,
    },
  },
  {
    columns: ['imd20ind', 'imd'],
    indices: {
      E: {
        name: 'IMD 2019',
        areas: 32_844,
        source: 'MHCLG, English indices of deprivation 2019 (as 2015): LSOAs of 2011',
      },
      W: {
        name: 'WIMD 2019',
        areas: 1909,
        source: 'Welsh Government, Welsh Index of Multiple Deprivation 2019: LSOAs of 2011',
      },
      S: SCOTLAND_2020,
      N: NORTHERN_IRELAND_2017,
    },
  },
]

/**
 * The decile of a rank, 1 the most deprived tenth of the nation's areas; 0 for rank 0, which stands
 * where there is none, and null for a rank beyond the last. England publishes the same deciles;
 * those of other nations may differ by one area at a bound.
 */
export function decileOfRank(rank: number, { areas }: Pick<Index, 'areas'>): number | null {
  if (rank === 0) return 0
  return rank > areas ? null : Math.ceil((rank * 10) / areas)
}

/**
 * The nation of a country code, or undefined: the Channel Islands and the Isle of Man have no
 * index.
 */
export function nationOf(country: string): Nation | undefined {
  const [nation] = /^[EWSN](?=92)/.exec(country) ?? []
  return nation as Nation | undefined
}
