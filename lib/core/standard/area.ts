import type { YesNo } from './roles.ts'

/** What a programme knows of a postcode; the postcode itself is dropped once it was looked up. */
export interface Area {
  /** A ward code of the programme, or blank outside its wards. */
  readonly ward: string
  /** Index of Multiple Deprivation decile, 1 (most deprived) to 10; 0 when not known. */
  readonly imdDecile: number
  readonly inArea: YesNo
}

/**
 * Finds the area of a postcode in the normalised form of docs/pseudonymisation.md, e.g. `SW99SL`.
 */
export interface AreaLookup {
  find(postcode: string): Area | undefined
}

/** The look-up of a programme without a postcode file: every area is unknown. */
export const NO_AREAS: AreaLookup = { find: () => undefined }
