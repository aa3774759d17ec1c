import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { atRest, type Rest } from './at-rest.ts'

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

/** A collection of everything that nothing refers to, whose pages V8 gives back instead of keeping them for what comes. */
type Collect = (how: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void

/** What moves all that is still referred to into fresh pages: what lay between it in the old ones goes with them. */
const COMPACTS = 'compact-on-every-full-gc'

/** When it is given back, unless it is said otherwise, in milliseconds. */
const REST: Rest = { after: 2_000, apart: 0, atMost: 60_000 }

/**
 * Gives memory back that nothing refers to any more, a moment after the last call: a process that
 * rests would keep what it read until it needed the room. V8 wipes no text, so no page of its heap stays
 * that held any; and no small bytes lie in a piece that others keep from being given back. `before` is what else is
 * to be done then, first. Nothing is answered meanwhile.
 */
export function giveBackAtRest({
  before = () => Promise.resolve(),
  ...rest
}: Partial<Rest> & { readonly before?: () => Promise<void> } = {}): () => void {
  Buffer.poolSize = 0
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as Collect
  return atRest(
    async () => {
      await before().catch(() => undefined)
      fillYoungSpace()
      setFlagsFromString(`--${COMPACTS}`)
      collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
      setFlagsFromString(`--no-${COMPACTS}`)
    },
    { ...REST, ...rest },
  )
}

/** Lists of numbers that together are larger than where V8 puts what is new, which it does not wipe. */
function fillYoungSpace(): void {
  for (let list = 0; list < 4_000; list++) new Array<number>(2_000).fill(0)
}
