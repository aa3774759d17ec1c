import { setPriority } from 'node:os'

/** Of a process that others go before; 0 is everybody's, 19 the least. */
const BEHIND = 5

/**
 * What runs here, and what it starts, lets the pages' tests go first: those run one after another, and the whole waits
 * for the last of them, while the others keep every core busy at any time.
 */
setPriority(BEHIND)
