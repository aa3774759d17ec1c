import fc from 'fast-check'

/**
 * Ends a property that takes longer than so many milliseconds, of which a failure is told while the test still runs: a run
 * that began is waited for, so that nothing of it goes on into the next test, and runs that were left out are a failure.
 * `fc.interruptAfterTimeLimit` does neither.
 */
export function withinTime(limit: number): fc.Plugin<unknown> {
  return () => {
    const end = performance.now() + limit
    let isOver = false
    return {
      decorateRun: (run) => (value) => {
        if (performance.now() < end) return run(value)
        isOver = true
        return new fc.PreconditionFailure(true)
      },
      onAllRunsComplete: ({ failed, numRuns }) => {
        // What failed before is told by itself, with the smallest that was found in the time.
        if (isOver && !failed)
          throw new Error(`${String(numRuns)} runs took ${String(limit)} ms: the rest was left out`)
      },
    }
  }
}
