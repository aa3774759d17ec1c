import { expect, test } from 'vitest'
import { Turnstile } from '#server/platform/queue/turnstile.ts'

test.each([1, 3])(
  'lets %i through at a time, in the order they came, whatever fails',
  async (places) => {
    const turnstile = new Turnstile(places)
    const begun: number[] = []
    let inside = 0
    let most = 0
    const works = Array.from({ length: 20 }, (_, index) =>
      turnstile.pass(async () => {
        begun.push(index)
        inside += 1
        most = Math.max(most, inside)
        await new Promise((resolve) => setTimeout(resolve, 2))
        inside -= 1
        if (index % 4 === 1) throw new Error('failed')
        return index
      }),
    )
    const ended = await Promise.allSettled(works)
    expect(ended.filter(({ status }) => status === 'rejected')).toHaveLength(5)
    expect(begun).toEqual(Array.from({ length: 20 }, (_, index) => index))
    expect(most).toBe(places)
    // As good as new.
    expect(await turnstile.pass(() => Promise.resolve('through'))).toBe('through')
  },
)
