import type { Lattice } from '#core/disclosure/lattice.ts'

/** Whether a release has so many cells that not everything is tried which takes long: more than `most`. */
export function isLarge({ cells }: Pick<Lattice, 'cells'>, most = SMALL): boolean {
  return cells > most
}

/**
 * Whether a programme has so many services and places that in its releases all that is hidden in a sum as small is taken
 * to be known as small. It goes by groups, of which a programme has as many in every quarter: what one release takes to be
 * known the next has to take so too.
 */
export function hasManyGroups({ groups }: Pick<Lattice, 'groups'>): boolean {
  return groups.length > MANY
}

/** About twenty services in four wards. */
const MANY = 300

/** The most cells of a release of which the solver chooses what to hide; of more it takes long. */
const SMALL = 30_000
