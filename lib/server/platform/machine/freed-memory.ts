import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Has the C library write over memory as it is given back (glibc; elsewhere it means nothing): what Node
 * copied of a file on its way would lie there until something else needed the room. Without a store of small
 * pieces for each thread, which it does not write over.
 */
export const WRITTEN_OVER = {
  MALLOC_PERTURB_: '165',
  GLIBC_TUNABLES: 'glibc.malloc.tcache_count=0',
} as const

/** So long nothing has ended before what is left of it is given back, in milliseconds. */
const REST = 2_000

/** A collection of everything that nothing refers to, whose pages V8 gives back instead of keeping them for what comes. */
type Collect = (how: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void

/** What moves all that is still referred to into fresh pages: what lay between it in the old ones goes with them. */
const COMPACTS = 'compact-on-every-full-gc'

/**
 * Gives memory back that nothing refers to any more, a moment after the last call: a process that
 * rests would keep what it read until it needed the room. V8 wipes no text, so no page of its heap stays
 * that held any; and no small bytes lie in a piece that others keep from being given back.
 */
export function giveBackAtRest(): () => void {
  Buffer.poolSize = 0
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as Collect
  let timer: NodeJS.Timeout | undefined
  return () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      fillYoungSpace()
      setFlagsFromString(`--${COMPACTS}`)
      collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
      setFlagsFromString(`--no-${COMPACTS}`)
    }, REST)
    timer.unref()
  }
}

/** Lists of numbers that together are larger than where V8 puts what is new, which it does not wipe. */
function fillYoungSpace(): void {
  for (let list = 0; list < 4_000; list++) new Array<number>(2_000).fill(0)
}
