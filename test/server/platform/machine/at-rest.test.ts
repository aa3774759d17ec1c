import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { atRest } from '#server/platform/machine/at-rest.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})

afterEach(() => {
  vi.useRealTimers()
})

/** At which seconds it is done, where something ends at these. */
async function doneAt(seconds: readonly number[], until = 300): Promise<number[]> {
  const done: number[] = []
  const begun = performance.now()
  const now = (): number => Math.round((performance.now() - begun) / 1000)
  const end = atRest(
    () => {
      done.push(now())
      return Promise.resolve()
    },
    { after: 8_000, apart: 20_000, atMost: 60_000 },
  )
  for (const second of [...seconds, until]) {
    await vi.advanceTimersByTimeAsync((second - now()) * 1000)
    if (second !== until) end()
  }
  return done
}

const everyFive = (until: number): number[] => Array.from({ length: until / 5 }, (_, at) => at * 5)

test.each([
  ['once the last has rested', [0, 3, 6], [14]],
  ['never where nothing ends', [], []],
  ['not sooner after the time before than is said', [0, 9], [8, 28]],
  // Who had waited for a minute is done with, and who came last is not forgotten.
  ['again for what ended just before it was done in any case', [...everyFive(60), 58], [60, 80]],
  ['each minute of a day without rest, and for the last of it', everyFive(130), [60, 120, 140]],
])('[S38] something is done %s', async (_when, ends, done) => {
  expect(await doneAt(ends)).toEqual(done)
})

test('[S38] what ends while it is being done is done with afterwards', async () => {
  let times = 0
  const end = atRest(
    async () => {
      times += 1
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    },
    { after: 2_000, apart: 0, atMost: 60_000 },
  )
  end()
  await vi.advanceTimersByTimeAsync(2_500)
  end()
  await vi.advanceTimersByTimeAsync(30_000)
  expect(times).toBe(2)
})
