import type { Choices } from './random.ts'

/**
 * Invented postcodes of the demonstration's wards: well formed, in the districts the area lies in,
 * and tied to wards by nothing but this table.
 */

export interface Place {
  readonly postcode: string
  /** A ward code, or blank outside the area. */
  readonly ward: string
  readonly imdDecile: number
  readonly inArea: boolean
}

interface Neighbourhood {
  readonly ward: string
  readonly weight: number
  /** Outward code and first digit of the inward one. */
  readonly sectors: readonly [string, ...string[]]
  /** Deciles found there, an assumption: the four wards were chosen for their deprivation. */
  readonly deciles: readonly [number, ...number[]]
}

/**
 * Families outside the area come to its services too: a share as for one tenth of the area's own.
 */
const NEIGHBOURHOODS: readonly [Neighbourhood, ...Neighbourhood[]] = [
  {
    ward: 'stockwell',
    weight: 24,
    sectors: ['SW9 9', 'SW8 1', 'SW8 2', 'SW4 6'],
    deciles: [2, 3, 3, 4, 5],
  },
  {
    ward: 'coldharbour',
    weight: 25,
    sectors: ['SW9 8', 'SE24 0', 'SE5 9', 'SW2 1'],
    deciles: [1, 1, 2, 2, 3],
  },
  {
    ward: 'vassall',
    weight: 23,
    sectors: ['SW9 0', 'SW9 6', 'SW9 7', 'SE5 0'],
    deciles: [1, 2, 2, 3, 4],
  },
  {
    ward: 'tulse-hill',
    weight: 20,
    sectors: ['SW2 2', 'SW2 3', 'SE24 9', 'SE27 9'],
    deciles: [2, 2, 3, 4, 6],
  },
  {
    ward: '',
    weight: 8,
    sectors: ['SE15 5', 'SW16 1', 'SE11 4', 'SW12 0', 'SE21 7'],
    deciles: [3, 4, 5, 7, 8],
  },
]

/** Letters that the second half of a postcode uses. */
const LETTERS = 'ABDEFGHJLNPQRSTUWXYZ'

/**
 * How many postcodes of each ward the demonstration knows; one holds about 15 households in life.
 */
const POSTCODES_PER_WARD = 300

/** All places of the demonstration, each postcode once: the same for every seed. */
export const PLACES: readonly Place[] = NEIGHBOURHOODS.flatMap((neighbourhood, which) =>
  Array.from({ length: POSTCODES_PER_WARD }, (_, index) => placeOf(neighbourhood, which, index)),
)

function placeOf(neighbourhood: Neighbourhood, which: number, index: number): Place {
  const { sectors, deciles, ward } = neighbourhood
  const sector = sectors[index % sectors.length] ?? sectors[0]
  // 400 pairs of letters; a stride that shares no factor with 400 visits each once.
  const pair =
    (Math.floor(index / sectors.length) * 147 + which * 31) % (LETTERS.length * LETTERS.length)
  return {
    postcode: `${sector}${lettersOf(pair)}`,
    ward,
    imdDecile: deciles[index % deciles.length] ?? deciles[0],
    inArea: ward !== '',
  }
}

/** The two letters of one of 400 pairs. */
function lettersOf(pair: number): string {
  return LETTERS.charAt(Math.floor(pair / LETTERS.length)) + LETTERS.charAt(pair % LETTERS.length)
}

/** About 15 homes of 2.4 people. */
const PEOPLE_A_POSTCODE = 36

/** Districts around the area, for the homes of more people than live in it. */
const DISTRICTS_AROUND = [
  ['E', 18],
  ['N', 22],
  ['SE', 28],
  ['SW', 20],
] as const

/**
 * Places enough for so many people to live in as thinly as in life: those of the demonstration, and
 * what is wanting of them around it.
 */
export function placesFor(people: number): readonly Place[] {
  const wanted = Math.ceil(people / PEOPLE_A_POSTCODE)
  const places = [...PLACES]
  const known = new Set(NEIGHBOURHOODS.flatMap(({ sectors }) => sectors))
  for (const [area, districts] of DISTRICTS_AROUND) {
    // SW1 has districts of its own, with a letter.
    for (let district = 2; district <= districts; district += 1) {
      for (let sector = 0; sector <= 9; sector += 1) {
        const outward = `${area}${String(district)} ${String(sector)}`
        if (known.has(outward)) continue
        for (let pair = 0; pair < LETTERS.length * LETTERS.length; pair += 1) {
          if (places.length >= wanted) return places
          const postcode = `${outward}${lettersOf(pair)}`
          places.push({ postcode, ward: '', imdDecile: 1 + (pair % 10), inArea: false })
        }
      }
    }
  }
  return places
}

/** A home, drawn as likely as its ward's weight. */
export function drawHome(choices: Choices): Place {
  const neighbourhood = choices.byWeight(NEIGHBOURHOODS)
  const which = NEIGHBOURHOODS.indexOf(neighbourhood)
  const place = PLACES[which * POSTCODES_PER_WARD + choices.between(0, POSTCODES_PER_WARD - 1)]
  if (place === undefined) throw new Error('A ward without places was drawn.')
  return place
}
