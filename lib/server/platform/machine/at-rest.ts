/** When something is done once a process rests, in milliseconds. */
export interface Rest {
  /** So long nothing has ended before it is done. */
  readonly after: number
  /** The least time between two times that it is done. */
  readonly apart: number
  /** And so long after something ended it is done in any case: whoever is asked all day never rests. */
  readonly atMost: number
}

/**
 * Does `work` once nothing has ended for a while; answers what to call whenever something ends. Where it was done before the
 * last of all had rested, since others had waited long enough, it is done again for what came last.
 */
export function atRest(work: () => Promise<void>, { after, apart, atMost }: Rest): () => void {
  let since: number | undefined
  let ended = 0
  let done = -Infinity
  let timer: NodeJS.Timeout | undefined
  const wait = (): void => {
    const now = performance.now()
    since ??= now
    const due = Math.min(Math.max(ended + after, done + apart), since + atMost)
    clearTimeout(timer)
    timer = setTimeout(() => void rest(), due - now)
    timer.unref()
  }
  const rest = async (): Promise<void> => {
    const asOf = ended
    const isEarly = performance.now() < asOf + after
    since = undefined
    await work()
    done = performance.now()
    if (isEarly || ended !== asOf) wait()
  }
  return () => {
    ended = performance.now()
    wait()
  }
}
