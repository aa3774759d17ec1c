import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Has the C library write over memory as it is given back (glibc; elsewhere it means nothing): what Node
 * copied of a file on its way would lie there until something else needed the room.
 */
export const WRITTEN_OVER = { MALLOC_PERTURB_: '165' } as const

/** So long nothing has ended before what is left of it is given back, in milliseconds. */
const REST = 500

/**
 * Gives memory back that nothing refers to any more, a moment after the last call: a process that
 * rests would keep what it read until it needed the room.
 */
export function giveBackAtRest(): () => void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  let timer: NodeJS.Timeout | undefined
  return () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      fillYoungSpace()
      collect()
    }, REST)
    timer.unref()
  }
}

/** Lists of numbers that together are larger than where V8 puts what is new, which it does not wipe. */
function fillYoungSpace(): void {
  for (let list = 0; list < 4_000; list++) new Array<number>(2_000).fill(0)
}
