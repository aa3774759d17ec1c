import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** How many small pieces glibc keeps for each thread, of each size. */
const SMALL_PIECES = 'glibc.malloc.tcache_count'

/**
 * What a process is started with beside its environment, so that the C library writes over memory as it is given back
 * (glibc; elsewhere it means nothing): what Node copied of a file on its way would lie there until something else
 * needed the room. Without a store of small pieces for each thread, which it does not write over.
 */
export function writtenOver(env: Readonly<Record<string, string | undefined>>): {
  readonly MALLOC_PERTURB_: string
  readonly GLIBC_TUNABLES: string
} {
  // What an operator tunes besides stays; of two settings of one thing, which one holds is glibc's choice.
  const others = (env['GLIBC_TUNABLES'] ?? '')
    .split(':')
    .filter((one) => one !== '' && !one.startsWith(`${SMALL_PIECES}=`))
  return { MALLOC_PERTURB_: '165', GLIBC_TUNABLES: [...others, `${SMALL_PIECES}=0`].join(':') }
}

/** So long nothing has ended before what is left of it is given back, in milliseconds. */
const REST = 2_000
/** And so long after something ended it is given back in any case, in milliseconds: whoever is asked all day never rests. */
const LONGEST = 60_000

/** A collection of everything that nothing refers to, whose pages V8 gives back instead of keeping them for what comes. */
type Collect = (how: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void

/** What moves all that is still referred to into fresh pages: what lay between it in the old ones goes with them. */
const COMPACTS = 'compact-on-every-full-gc'

/**
 * Gives memory back that nothing refers to any more, a moment after the last call: a process that
 * rests would keep what it read until it needed the room. V8 wipes no text, so no page of its heap stays
 * that held any; and no small bytes lie in a piece that others keep from being given back. `before` is what else is
 * to be done then, first; `apart` is the least time between two such moments, in milliseconds: nothing is answered in one.
 */
export function giveBackAtRest({
  before = () => Promise.resolve(),
  apart = 0,
}: { readonly before?: () => Promise<void>; readonly apart?: number } = {}): () => void {
  Buffer.poolSize = 0
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as Collect
  let since: number | undefined
  let last = -Infinity
  const giveBack = (): void => {
    since = undefined
    fillYoungSpace()
    setFlagsFromString(`--${COMPACTS}`)
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
    setFlagsFromString(`--no-${COMPACTS}`)
    last = performance.now()
  }
  let timer: NodeJS.Timeout | undefined
  return () => {
    const now = performance.now()
    since ??= now
    const rested = Math.max(now + REST, last + apart)
    clearTimeout(timer)
    timer = setTimeout(
      () => void before().then(giveBack, giveBack),
      Math.min(rested, since + LONGEST) - now,
    )
    timer.unref()
  }
}

/** Lists of numbers that together are larger than where V8 puts what is new, which it does not wipe. */
function fillYoungSpace(): void {
  for (let list = 0; list < 4_000; list++) new Array<number>(2_000).fill(0)
}
