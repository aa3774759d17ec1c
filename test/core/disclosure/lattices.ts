import { layOutLattice, type Lattice, type LatticeLists } from '#core/disclosure/lattice.ts'

/**
 * A small lattice: two strands, three services, three wards, five quarters over two financial
 * years.
 */
export const LISTS: LatticeLists = {
  quarters: ['2023-Q3', '2023-Q4', '2024-Q1', '2024-Q2', '2024-Q3'],
  strands: ['early', 'food'],
  services: [
    { code: 'baby-club', strand: 'early' },
    { code: 'talk-time', strand: 'early' },
    { code: 'wise-meals', strand: 'food' },
  ],
  wards: ['east', 'north', 'west'],
  values: {
    'age-band': ['0', '1-', 'unknown'],
    gender: ['F', 'M', 'unknown'],
    ethnicity: ['A', 'unknown'],
  },
}

export const SMALL: Lattice = layOutLattice(LISTS)
