import { makePopulation } from '#demonstration/population.ts'
import { tellsContacts, type Content, type ServiceHabit } from '#demonstration/service-habit.ts'
import { enrolments, type Enrolment, type Use } from '#demonstration/service-use.ts'
import { DEMONSTRATION_QUARTERS, makeDemonstration } from '#demonstration/write-demonstration.ts'

/** Who truly used the services of a demonstration: read from enrolments, and sharing no code with the measures. */

const OPTIONS = { seed: 5, people: 1_500 }
export const { sent, events } = makeDemonstration(OPTIONS)

/** Somebody's use of a service in a quarter, with all that a file of the service says of it. */
export interface TrueUse {
  readonly person: string
  readonly enrolment: Enrolment
  readonly use: Use
}

export const ALL = makePopulation({ ...OPTIONS, quarters: DEMONSTRATION_QUARTERS })
export const HABITS = [...new Set(sent.map(({ habit }) => habit))]

/** Who used a service in a quarter's file, a carer as well where the service writes one down. */
export function trueUses(habit: ServiceHabit, quarter: number): TrueUse[] {
  if (
    !sent.some((file) => file.habit === habit && file.quarter === DEMONSTRATION_QUARTERS[quarter])
  )
    return []
  return enrolments(ALL, habit, OPTIONS.seed).flatMap((enrolment) => {
    const use = enrolment.uses.find((one) => one.quarter === quarter)
    // A file of contacts has a row for each that was agreed, and none for who had none.
    const isThere =
      habit.shape !== 'contacts' || (use?.attended.length ?? 0) + (use?.missed.length ?? 0) > 0
    if (use === undefined || !isThere) return []
    const { person, carer } = enrolment
    const both =
      habit.shape === 'child-and-carer' && carer !== undefined ? [person, carer] : [person]
    return both.map(({ id }) => ({ person: id, enrolment, use }))
  })
}

export const has = ({ columns }: ServiceHabit, content: Content): boolean =>
  columns.some(([, held]) => held === content)
export const isServed = ({ status }: Use): boolean => status !== 'waiting' && status !== 'declined'

export function wasReached(habit: ServiceHabit, { use }: TrueUse): boolean {
  return isServed(use) && (!tellsContacts(habit) || use.attended.length > 0)
}
