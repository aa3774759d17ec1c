import { DEPRIVATION_EDITIONS, type DeprivationEdition } from './deprivation-indices.ts'

/**
 * The columns of the ONS Postcode Directory (ONSPD) and the National Statistics Postcode Lookup (NSPL), whose names change
 * from year to year. Source: the user guide in the Documents folder of each edition. As of 2026:
 *
 *     postcode        pcds (one space), pcd (seven characters), pcd7 since September 2026
 *     terminated      doterm, yyyymm, blank while in use
 *     district        oslaua (ONSPD), laua (NSPL); lad25cd, lad26cd …
 *     ward            osward (ONSPD), ward (NSPL); wd25cd, wd26cd …
 *     country         ctry; ctry25cd, ctry26cd …
 *     deprivation     imd; imd20ind, imd25ind
 */
export interface OnsColumns {
  readonly postcode: number
  readonly terminated: number
  readonly district: number
  readonly ward: number
  readonly country: number
  /** −1 when the file has no ranks. */
  readonly rank: number
  /** Whose ranks they are; undefined when there are none. */
  readonly edition: DeprivationEdition | undefined
}

/**
 * Finds the columns; undefined when this is no such file, `unknown-edition` when its only ranks are
 * of an edition not known here.
 */
export function findOnsColumns(
  header: readonly string[],
): OnsColumns | 'unknown-edition' | undefined {
  const names = header.map((name) => name.trim().toLowerCase())
  const one = (...patterns: RegExp[]): number => {
    for (const pattern of patterns) {
      const at = names.findIndex((name) => pattern.test(name))
      if (at >= 0) return at
    }
    return -1
  }
  const columns = {
    postcode: one(/^pcds$/, /^pcd7?$/),
    terminated: one(/^doterm$/),
    district: one(/^oslaua$/, /^laua$/, /^lad[0-9]{2}cd$/),
    ward: one(/^osward$/, /^ward$/, /^wd[0-9]{2}cd$/),
    country: one(/^ctry(?:[0-9]{2}cd)?$/),
  }
  if (Object.values(columns).some((at) => at < 0)) return undefined
  for (const edition of DEPRIVATION_EDITIONS) {
    const rank = names.findIndex((name) => edition.columns.includes(name))
    if (rank >= 0) return { ...columns, rank, edition }
  }
  if (one(/^imd(?:[0-9]{2}ind)?$/) >= 0) return 'unknown-edition'
  return { ...columns, rank: -1, edition: undefined }
}
