import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as later } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { keepOwnContext } from '#server/platform/machine/own-context.ts'

const request = new AsyncLocalStorage<object>()

/** Whether something refers to a request that did this and is over, as the portal's process does it. */
export async function refersToRequest(work: () => Promise<unknown>): Promise<boolean> {
  keepOwnContext()
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const typed = await answer(work)
  // What an answer leaves to be done at once is done.
  await later(20)
  collect()
  await later(1)
  collect()
  return typed.deref() !== undefined
}

/** Only what lives on refers to what was typed: nothing here does. */
async function answer(work: () => Promise<unknown>): Promise<WeakRef<object>> {
  const typed = { into: 'a form' }
  await request.run(typed, work)
  return new WeakRef(typed)
}
