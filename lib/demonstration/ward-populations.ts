import { POPULATION_COLUMNS } from '#core/populations/population-file.ts'
import { writePlainCsv } from '#core/tabular/writing/csv-writer.ts'
import { isoDay } from './calendar.ts'
import { PLACES } from './places.ts'
import type { Person } from './population.ts'

/** Families of which no service ever hears live in the wards too: one for so many that do. */
const EACH_UNHEARD = 4
const OLDEST = 90
const MID_YEAR = '2024-06-30'

/**
 * How many people of each age live in the demonstration's wards in the middle of 2024, in the form that the programme imports:
 * invented, as the people are.
 */
export function wardPopulationsCsv(people: readonly Person[]): string {
  const wards = [...new Set(PLACES.map(({ ward }) => ward))].filter((ward) => ward !== '').sort()
  const counts = new Map<string, number>()
  for (const { born, situations } of people) {
    const day = isoDay(born)
    const age = Math.min(OLDEST, ageAt(day, MID_YEAR))
    const ward = situations[0]?.home.ward ?? ''
    const key = `${ward} ${String(age)}`
    if (day <= MID_YEAR) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const rows = wards.flatMap((ward) =>
    Array.from({ length: OLDEST + 1 }, (_, age) => {
      const heard = counts.get(`${ward} ${String(age)}`) ?? 0
      return [ward, 2024, age, heard + Math.ceil(heard / EACH_UNHEARD)]
    }),
  )
  return writePlainCsv([[...POPULATION_COLUMNS], ...rows])
}

function ageAt(born: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4))
  return born.slice(5) > day.slice(5) ? years - 1 : years
}
