import { availableParallelism } from 'node:os'
import { Turnstile } from '#server/platform/queue/turnstile.ts'

/**
 * The turn of those that read files for pages: so many are read at a time by one worker, each in a
 * process of its own, and fifty people may upload at once. The others wait their turn.
 */
export const READERS = new Turnstile(Math.max(2, availableParallelism()))
