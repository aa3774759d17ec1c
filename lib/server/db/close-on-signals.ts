type Close = () => Promise<void>

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

const closers = new Set<Close>()

/**
 * Calls `close` on Ctrl-C or a polite kill and then lets the signal have its way. Where somebody else in the process
 * listens to the signal, nothing is done: they decide its end, and close. Returns how to forget it again.
 */
export function closeOnSignals(close: Close): () => void {
  if (closers.size === 0) for (const signal of SIGNALS) process.on(signal, closeAll)
  closers.add(close)
  return () => {
    closers.delete(close)
    if (closers.size === 0) for (const signal of SIGNALS) process.off(signal, closeAll)
  }
}

function closeAll(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return
  const all = [...closers]
  void Promise.allSettled(all.map((close) => close())).then(() => {
    process.kill(process.pid, signal)
  })
}
