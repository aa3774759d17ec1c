import { expect, test } from 'vitest'
import { areMostOthers, doAllReturn, doFewReturn } from '#core/checks/quarters/returning-clients.ts'

const NO_HABIT = { clients: 0, returning: 0 }

test('asks of a new service when hardly anybody returns, from seven clients on', () => {
  const few = (returning: number, clients: number) => doFewReturn({ clients, returning }, NO_HABIT)
  expect(few(0, 8)).toBe(true)
  expect(few(0, 7)).toBe(true)
  expect(few(0, 6)).toBe(false)
  expect(few(1, 8)).toBe(false)
  expect(few(2, 30)).toBe(true)
  expect(few(4, 30)).toBe(false)
  expect(few(900, 10_000)).toBe(true)
  expect(few(1_100, 10_000)).toBe(false)
  expect(few(0, 0)).toBe(false)
})

test('asks when far fewer return than is the service’s own habit, however small it is', () => {
  const small = { clients: 24, returning: 20 }
  expect(doFewReturn({ clients: 8, returning: 0 }, small)).toBe(true)
  expect(doFewReturn({ clients: 8, returning: 2 }, small)).toBe(true)
  expect(doFewReturn({ clients: 8, returning: 4 }, small)).toBe(false)
  expect(doFewReturn({ clients: 3, returning: 0 }, small)).toBe(true)
  const large = { clients: 3_000, returning: 2_400 }
  expect(doFewReturn({ clients: 1_000, returning: 390 }, large)).toBe(true)
  expect(doFewReturn({ clients: 1_000, returning: 600 }, large)).toBe(false)
})

test('asks nothing of a service to which nobody ever returns', () => {
  const single = { clients: 60, returning: 0 }
  for (const clients of [8, 40, 1_000])
    expect(doFewReturn({ clients, returning: 0 }, single)).toBe(false)
  expect(doFewReturn({ clients: 40, returning: 0 }, { clients: 20, returning: 2 })).toBe(false)
})

test('asks when most who return under their references are other people', () => {
  expect(areMostOthers(8, 8)).toBe(true)
  expect(areMostOthers(8, 5)).toBe(true)
  expect(areMostOthers(8, 4)).toBe(false)
  expect(areMostOthers(4, 4)).toBe(false)
  expect(areMostOthers(1_000, 30)).toBe(false)
})

test('asks when nearly everybody comes again and hardly anybody new, against the habit', () => {
  const changing = { clients: 90, returning: 36 }
  expect(doAllReturn({ clients: 30, returning: 30 }, 0, changing)).toBe(true)
  expect(doAllReturn({ clients: 30, returning: 29 }, 1, changing)).toBe(true)
  expect(doAllReturn({ clients: 30, returning: 29 }, 12, changing)).toBe(false)
  expect(doAllReturn({ clients: 30, returning: 22 }, 0, changing)).toBe(false)
  expect(doAllReturn({ clients: 30, returning: 30 }, 0, { clients: 90, returning: 88 })).toBe(false)
  expect(doAllReturn({ clients: 30, returning: 30 }, 0, NO_HABIT)).toBe(false)
})
