type Close = () => Promise<void>

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

const closers = new Set<Close>()

/**
 * Calls `close` on Ctrl-C or a polite kill and then lets the signal have its way. Where somebody
 * else in the process listens to the signal, nothing is done: they decide its end, and close.
 * Returns how to forget it again.
 */
export function closeOnSignals(close: Close): () => void {
  if (closers.size === 0) for (const signal of SIGNALS) process.on(signal, closeAll)
  closers.add(close)
  return () => {
    closers.delete(close)
    if (closers.size === 0) for (const signal of SIGNALS) process.off(signal, closeAll)
  }
}

/**
 * Closes everything that a signal would close: for whoever listens to signals and ends the process.
 */
export async function closeEverything(): Promise<void> {
  await Promise.allSettled([...closers].map((close) => close()))
}

function closeAll(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return
  void closeEverything().then(() => {
    process.kill(process.pid, signal)
  })
}
