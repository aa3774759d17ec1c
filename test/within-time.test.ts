import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withinTime } from './setup/within-time.ts'

/** Properties of the database end in time, and never by half. */

test('a property that is out of time fails, and nothing of it goes on', async () => {
  let [begun, ended] = [0, 0]
  const property = fc.asyncProperty(fc.nat(), async () => {
    begun++
    await pause(30)
    ended++
  })
  const asserted = fc.assert(property, { numRuns: 5, plugins: [withinTime(40)] })
  await expect(asserted).rejects.toThrow(/runs took 40 ms: the rest was left out/)
  expect(begun).toBeGreaterThan(0)
  expect(begun).toBeLessThan(5)
  expect(ended).toBe(begun)
})

test('one that has time runs to its end', async () => {
  let ended = 0
  const property = fc.asyncProperty(fc.nat(), async () => {
    await pause(1)
    ended++
  })
  await fc.assert(property, { numRuns: 5, plugins: [withinTime(60_000)] })
  expect(ended).toBe(5)
})

test('one that fails is told by what fails, however little time is left to make it smaller', async () => {
  const property = fc.asyncProperty(fc.nat(), async () => {
    await pause(30)
    throw new Error('the fault')
  })
  await expect(fc.assert(property, { plugins: [withinTime(40)] })).rejects.toThrow(
    /Property failed[\s\S]*Counterexample/,
  )
})
