import { expect, test } from 'vitest'
import { postcodeOfAddress, splitName } from '#core/mapping/name-split.ts'
import { cpuTime } from '../../setup/cpu-time.ts'

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
    ['Ana GARCIA LOPEZ', 'Ana', 'GARCIA LOPEZ'],
    ['Cara VAN DYKE', 'Cara', 'VAN DYKE'],
    ['AMARA GRACE OKAFOR', 'AMARA', 'OKAFOR'],
    ['Mr Darzi', '', 'Darzi'],
    ['Cllr Ann Lee', 'Ann', 'Lee'],
    ['Robert (Bob) Smith', 'Robert', 'Smith'],
    ['Robert "Bob" Smith', 'Robert', 'Smith'],
    ['Jane Smith (deceased)', 'Jane', 'Smith'],
    ['(Bob)', '(Bob)', ''],
    ['Jane Smith née Jones', 'Jane', 'Smith'],
    ['Jane Smith formerly Jones', 'Jane', 'Smith'],
    ['Kim Nee', 'Kim', 'Nee'],
    ['Baby Okafor', 'Baby', 'Okafor'],
    ['Baby Amara Okafor', 'Amara', 'Okafor'],
    ['Baby of Ngozi Okafor', 'Baby', 'Okafor'],
    ['Baby boy Okafor', 'Baby', 'Okafor'],
    ['B/O Ngozi Okafor', 'Baby', 'Okafor'],
    ['', '', ''],
    [' , ', '', ''],
  ]
  for (const [cell, first, last] of cases)
    expect([cell, splitName(cell)]).toEqual([cell, { first, last }])
  expect(splitName('Okafor Amara', true)).toEqual({ first: 'Amara', last: 'Okafor' })
  expect(splitName('van der Berg Jan', true)).toEqual({ first: 'Jan', last: 'van der Berg' })
  expect(splitName('GARCIA LOPEZ Ana', true)).toEqual({ first: 'Ana', last: 'GARCIA LOPEZ' })
  expect(splitName('VAN DYKE Cara', true)).toEqual({ first: 'Cara', last: 'VAN DYKE' })
  expect(splitName('OKAFOR AMARA GRACE', true)).toEqual({ first: 'AMARA', last: 'OKAFOR' })
})

test('finds the postcode at the end of an address only', () => {
  expect(postcodeOfAddress('1 High St, London, SW9 9SL')).toBe('SW9 9SL')
  expect(postcodeOfAddress('1 High St, London, sw99sl. ')).toBe('sw99sl')
  expect(postcodeOfAddress('SW9 9SL, London')).toBe('')
  expect(postcodeOfAddress('')).toBe('')
})

test('[S30] splits a hostile cell of 100 KB in time that grows with its length', async () => {
  for (const unit of [
    '(',
    '"',
    'a née ',
    'Baby ',
    'Ab CD ',
    ',',
    ' ',
    'a ',
    'van ',
    'mr ',
    'iii ',
    'A1 ',
    '\u00a0',
  ]) {
    const taken = await cpuTime(() => {
      splitName(unit.repeat(50_000))
      postcodeOfAddress(unit.repeat(50_000))
    })
    expect(taken).toBeLessThan(1000)
  }
})
