import { AsyncLocalStorage } from 'node:async_hooks'

/** One of a process, whichever bundle of it asks. */
const HOLDER = Symbol.for('countonce.own-context')

interface Holder {
  [HOLDER]?: ReturnType<typeof AsyncLocalStorage.snapshot>
}

/**
 * Has what `asItself` does from now on done in the context of whoever calls this: of a process that nobody has asked
 * anything.
 */
export function keepOwnContext(): void {
  ;(globalThis as Holder)[HOLDER] = AsyncLocalStorage.snapshot()
}

/**
 * Does something for the process itself rather than for the request that happens to need it: a timer or a connection refers to
 * the context it was made in, and by it to a request with all that was typed into its form, for as long as it lives.
 */
export function asItself<T>(work: () => T): T {
  const own = (globalThis as Holder)[HOLDER]
  return own === undefined ? work() : own(work)
}
