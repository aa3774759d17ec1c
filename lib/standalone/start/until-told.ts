/** How often it is looked whether whoever started us is still there, in milliseconds. */
const EVERY = 2_000
/** The same Ctrl-C may come by two ways; later than this it is another one, in milliseconds. */
const SAME = 500

/** The word to stop. */
export interface WordToStop {
  /** Resolves when it comes. */
  readonly given: Promise<void>
  readonly isGiven: () => boolean
}

/**
 * Listens for Ctrl-C, for a polite kill and for the end of the terminal; where a launcher started
 * us, for its end too, since nobody could stop us after it. `again` is called when Ctrl-C is
 * pressed once more.
 */
export function listenForStop(again: () => void): WordToStop {
  let isGiven = false
  let since = 0
  let give = (): void => undefined
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  const hear = (signal?: NodeJS.Signals): void => {
    if (isGiven && signal === 'SIGINT' && Date.now() - since > SAME) again()
    if (isGiven) return
    isGiven = true
    since = Date.now()
    give()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, hear)
  const launcher = process.ppid
  if (process.env['COUNTONCE_PREPARED'] !== undefined) {
    setInterval(() => {
      if (process.ppid !== launcher && !isGiven) hear()
    }, EVERY).unref()
  }
  return { given, isGiven: () => isGiven }
}
