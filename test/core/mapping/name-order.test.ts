import { expect, test } from 'vitest'
import { NameOrder } from '#core/mapping/name-order.ts'

function orderOf(names: readonly string[]): NameOrder {
  const order = new NameOrder()
  for (const name of names) order.add(name)
  return order
}

test('tells which name stands first by the surname in capitals', () => {
  expect(orderOf(['OKAFOR Amara', 'HALL Ben', 'VAN DYKE Cara']).byCapitals).toBe('last-name')
  expect(orderOf(['Amara OKAFOR', 'Ben HALL', 'Cara VAN DYKE']).byCapitals).toBe('first-name')
  for (const names of [
    ['AMARA OKAFOR', 'BEN HALL', 'CARA LOWE'],
    ['Amara Okafor', 'Ben Hall', 'Cara Lowe'],
    ['OKAFOR Amara', 'HALL Ben', 'Cara Lowe', 'Dev Patel', 'Eve Stone'],
    ['OKAFOR, Amara', 'HALL, Ben', 'LOWE, Cara'],
    ['Amara', 'BEN', ''],
  ])
    expect(orderOf(names).byCapitals).toBe('')
})

test('asks about a column whose known first names stand last', () => {
  const reversed = ['Okafor Abbie', 'Hall Ben', 'Lowe Jimmy', 'Patel Kate', 'Stone Tom', 'Rao Liz']
  const forward = reversed.map((name) => name.split(' ').reverse().join(' '))
  expect(orderOf(reversed).contradicts(false)).toBe(true)
  expect(orderOf(reversed).contradicts(true)).toBe(false)
  expect(orderOf(forward).contradicts(false)).toBe(false)
  expect(orderOf(forward).contradicts(true)).toBe(true)
  // First names that are surnames too.
  expect(orderOf(['Amara Ali', 'Ben James', 'Cara Ahmed', 'Tom Ali']).contradicts(false)).toBe(
    false,
  )
})

test('asks about names of which some have their capitals the other way round', () => {
  const names = ['Amara Okafor', 'HALL Ben', 'Cara Lowe', 'Dev Patel']
  expect(orderOf(names).contradicts(false)).toBe(true)
  expect(orderOf(names).contradicts(true)).toBe(false)
})

test('takes a stand-in in capitals for no surname', () => {
  const names = ['Amara Okafor', 'Ben Hall', 'BABY Stewart', 'TWIN1 Kate']
  expect(orderOf(names).hasOtherWayRound).toBe(false)
  expect(orderOf([...names, 'HALL Ben']).hasOtherWayRound).toBe(true)
})

test('asks about surnames with an initial behind, and not about first names with one', () => {
  expect(orderOf(['Okafor A', 'Hall B.', 'Lowe C']).contradicts(false)).toBe(true)
  expect(orderOf(['Kate O', 'Ben H', 'Lowe C']).contradicts(false)).toBe(false)
})
