import { expect, test } from 'vitest'
import { postcodeOfAddress, splitName } from '#core/mapping/name-split.ts'

test('takes whole names apart', () => {
  const cases: [string, string, string][] = [
    ['Amara Okafor', 'Amara', 'Okafor'],
    ['Okafor, Amara', 'Amara', 'Okafor'],
    ['OKAFOR, Amara Grace', 'Amara', 'OKAFOR'],
    ['Mrs Ngozi  Okafor', 'Ngozi', 'Okafor'],
    ['Ana Maria Silva', 'Ana', 'Silva'],
    ['Jan van der Berg', 'Jan', 'van der Berg'],
    ['Fatima Al Hassan', 'Fatima', 'Al Hassan'],
    ['John Smith Jr', 'John', 'Smith'],
    ['John Smith, Jr', 'John', 'Smith'],
    ['Cher', 'Cher', ''],
    ['van Dyke', 'van', 'Dyke'],
    ['', '', ''],
    [' , ', '', ''],
  ]
  for (const [cell, first, last] of cases)
    expect([cell, splitName(cell)]).toEqual([cell, { first, last }])
  expect(splitName('Okafor Amara', true)).toEqual({ first: 'Amara', last: 'Okafor' })
  expect(splitName('van der Berg Jan', true)).toEqual({ first: 'Jan', last: 'van der Berg' })
})

test('finds the postcode at the end of an address only', () => {
  expect(postcodeOfAddress('1 High St, London, SW9 9SL')).toBe('SW9 9SL')
  expect(postcodeOfAddress('1 High St, London, sw99sl. ')).toBe('sw99sl')
  expect(postcodeOfAddress('SW9 9SL, London')).toBe('')
  expect(postcodeOfAddress('')).toBe('')
})

test('[S30] splits a hostile cell of 100 KB in time that grows with its length', () => {
  for (const unit of [',', ' ', 'a ', 'van ', 'mr ', 'iii ', 'A1 ', '\u00a0']) {
    const before = performance.now()
    splitName(unit.repeat(50_000))
    postcodeOfAddress(unit.repeat(50_000))
    expect(performance.now() - before).toBeLessThan(1000)
  }
})
