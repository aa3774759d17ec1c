/**
 * Whether so few of last quarter's clients are in a file that it may be another service's, or its
 * references numbered anew.
 */

/** Clients of a quarter, and how many of them came in the next as well. */
export interface Returning {
  readonly clients: number
  readonly returning: number
}

/** The share that returns to a service of which nothing is known, and the least that is no surprise. */
const UNKNOWN_HABIT = { expected: 0.5, least: 0.1 }
/** Fewer than half of those who usually return are a surprise. */
const HALF = 0.5
/** So rarely would as few return by chance. */
const BY_CHANCE = 0.01

/**
 * Whether fewer return than this service's own habit makes likely, however small it is. `habit` adds
 * up its earlier quarters; without any, hardly anybody returning is what is told.
 */
export function doFewReturn({ clients, returning }: Returning, habit: Returning): boolean {
  // As if one client more had not returned: no habit is certain.
  const own = habit.returning / (habit.clients + 1)
  const { expected, least } =
    habit.clients === 0 ? UNKNOWN_HABIT : { expected: own, least: own * HALF }
  return returning < clients * least && chanceOfAtMost(returning, clients, expected) < BY_CHANCE
}

/** Hardly anybody left and hardly anybody is new: no more than one client in twenty. */
const HARDLY_ANY = 0.05

/**
 * Whether nearly the same clients come again in a service where that is not the habit: the last
 * file, or a list that nobody leaves. `arrived` are those who were not there before.
 */
export function doAllReturn(
  { clients, returning }: Returning,
  arrived: number,
  habit: Returning,
): boolean {
  const left = clients - returning
  if (habit.clients === 0 || Math.max(left, arrived) > clients * HARDLY_ANY) return false
  return doFewReturn(
    { clients, returning: left },
    { clients: habit.clients, returning: habit.clients - habit.returning },
  )
}

/** Of `trials` that each succeed with this chance, the chance that at most so many do. */
function chanceOfAtMost(successes: number, trials: number, chance: number): number {
  // In logarithms: the terms of many trials are too small for a number.
  let term = trials * Math.log1p(-chance)
  let sum = Math.exp(term)
  for (let count = 1; count <= successes; count++) {
    term += Math.log(((trials - count + 1) / count) * (chance / (1 - chance)))
    sum += Math.exp(term)
  }
  return Math.min(1, sum)
}

/** Returning clients fewer than this say nothing of who they are. */
const FEW_CLIENTS = 5

/** Whether most clients who return under a reference are described as other people than then. */
export function areMostOthers(returning: number, others: number): boolean {
  return returning >= FEW_CLIENTS && others * 2 > returning
}
