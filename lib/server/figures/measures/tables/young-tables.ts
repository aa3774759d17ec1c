import {
  besidePopulation,
  notReached,
  PRIORITY_AGE,
  profileOf,
  shareReached,
  type ReachedOf,
} from '#core/measures/young-children.ts'
import type { Told, ToldTable } from '#core/measures/told-table.ts'
import { counted } from '#core/messages/reading/reading-words.ts'
import type { YoungReach } from '#server/figures/measures/look-at-wards.ts'

/** Young children reached beside those who live in the wards, as tables. */
export interface YoungTables {
  /** Each ward, and all of them. */
  readonly wards: ToldTable
  /** The part of each ward and age among those reached and among those who live there. */
  readonly profile: ToldTable
  /** Who was not reached: each ward, each age, and each age of each ward. */
  readonly notReached: readonly ToldTable[]
  /** Each ward in the order of the names. */
  readonly of: readonly ReachedOf[]
  /** Of all wards and ages. */
  readonly whole: ReachedOf
  /** The middle of which year the population is of; undefined where there is none. */
  readonly year: number | undefined
  /** What is in no table, in words. */
  readonly leftOut: string
  /** Whether some ward has no population. */
  readonly isLacking: boolean
}

const YOUNG = `children under ${PRIORITY_AGE}`

/** Makes the tables; `names` are those of the wards by code. */
export function youngTables(reach: YoungReach, names: ReadonlyMap<string, string>): YoungTables {
  const wards = [...names]
    .sort(([, left], [, right]) => left.localeCompare(right, 'en-GB'))
    .map(([code]) => code)
  const cells = besidePopulation(reach, reach.populations, { wards, age: PRIORITY_AGE })
  const whole = cells.find(({ ward, age }) => ward === '' && age === null) ?? NOTHING
  const of = cells.filter(({ ward, age }) => ward !== '' && age === null)
  const ages = cells.filter(({ ward, age }) => ward === '' && age !== null)
  const each = cells.filter(({ ward, age }) => ward !== '' && age !== null)
  const year = reach.populations[0]?.year
  const living = year === undefined ? 'Live there' : `Live there, mid-${year}`
  const wardName = ({ ward }: ReachedOf): string =>
    ward === '' ? 'All wards' : (names.get(ward) ?? ward)
  const rowOf = (first: readonly Told[], one: ReachedOf): { key: string; cells: Told[] } => ({
    key: `${one.ward} ${one.age ?? ''}`,
    cells: [...first, ...cellsOf(one)],
  })
  const columns = [
    { name: living, is: 'count' },
    { name: 'Reached', is: 'between' },
    { name: 'Not reached', is: 'between' },
    { name: 'Share reached', is: 'share' },
  ] as const
  return {
    ...{ of, whole, year },
    isLacking: of.some((one) => one.living === null),
    wards: {
      name: 'Wards',
      caption: `${capital(YOUNG)} reached, and who live there`,
      note: `A child is of the ward where files of the period say that they live, and of each of several wards; among all wards they are once. They were younger than ${PRIORITY_AGE} on the last day of the period. In brackets is what a figure can be while possible matches are open.`,
      columns: [{ name: 'Ward', is: 'words' }, ...columns],
      rows: of.map((one) => rowOf([wardName(one)], one)),
      total: ['All wards', ...cellsOf(whole)],
    },
    profile: {
      name: 'Profile',
      caption: `${capital(YOUNG)}: who was reached beside who lives there`,
      note: 'A part that is more among those reached than among those who live there was reached more than others; of a few children a point is hardly one child. Somebody in two wards is in both, so parts of wards may come to more than the whole. Of ethnicity, language, disability and deprivation there is no population by ward in the programme to hold these against.',
      columns: [
        { name: 'Group', is: 'words' },
        { name: 'Reached', is: 'between' },
        { name: 'Part of those reached', is: 'percent' },
        { name: 'Part of who live there', is: 'percent' },
        { name: 'Difference', is: 'points' },
      ],
      rows: [...ages, ...of].map((one) => {
        const profile = profileOf(one, whole)
        return {
          key: `${one.ward} ${one.age ?? ''}`,
          cells: [
            one.age === null ? wardName(one) : ageWords(one.age),
            one.reached,
            ...[profile?.reached ?? null, profile?.living ?? null, profile?.gap ?? null],
          ],
        }
      }),
    },
    notReached: [
      {
        name: 'Not reached by ward',
        caption: `${capital(YOUNG)} who were not reached, by ward`,
        columns: [{ name: 'Ward', is: 'words' }, ...columns],
        rows: of.map((one) => rowOf([wardName(one)], one)),
        total: ['All wards', ...cellsOf(whole)],
      },
      {
        name: 'Not reached by age',
        caption: 'By age',
        columns: [{ name: 'Age', is: 'words' }, ...columns],
        rows: ages.map((one) => rowOf([ageWords(one.age)], one)),
        total: ['All ages', ...cellsOf(whole)],
      },
      {
        name: 'Not reached by ward and age',
        caption: 'By ward and age',
        columns: [{ name: 'Ward and age', is: 'words' }, ...columns],
        rows: each.map((one) =>
          rowOf([`${wardName(one)}, ${ageWords(one.age).toLowerCase()}`], one),
        ),
      },
    ],
    leftOut: `${counted(reach.ofNoWard, 'child', 'children')} younger than ${PRIORITY_AGE} of no ward that is the programme’s or known, and ${counted(reach.ofNoBirth, 'child', 'children')} whose birth is not known`,
  }
}

const NOTHING: ReachedOf = {
  ...{ ward: '', age: null, living: null },
  reached: { people: 0, lower: 0, upper: 0 },
}

function cellsOf(one: ReachedOf): Told[] {
  return [one.living, one.reached, notReached(one), shareReached(one)]
}

/** A year of age in words. */
function ageWords(age: number | null): string {
  if (age === null) return 'All ages'
  return age === 0 ? 'Under 1' : `${age}`
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
