import { expect, test } from 'vitest'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { hasPlace } from '#core/purpose/purposes.ts'

test.each([
  [addresses.reach, 'reach'],
  ['/reach/exact?from=2024-Q1', 'reach'],
  ['/%72each/exact', 'reach'],
  [addresses.publishedRelease('R-1'), 'reach'],
  [addresses.framework, 'reach'],
  [addresses.hasher, 'reach'],
  [addresses.lookUp, 'look-up'],
  ['/api/auth/status', 'look-up'],
  ['/api/person/detail/LU-2222-2222-2.1/service', 'look-up'],
  [addresses.lookUpAnswer('LU-2222-2222'), 'look-up'],
] as const)('%s is there for %s alone', (address, purpose) => {
  expect(hasPlace(purpose, address)).toBe(true)
  expect(hasPlace(purpose === 'reach' ? 'look-up' : 'reach', address)).toBe(false)
})

test.each([
  addresses.home,
  addresses.send,
  addresses.rights,
  addresses.audit,
  '/api/auth/csrf',
  '/reachable',
  '/%',
])('%s is no purpose’s own', (address) => {
  expect(hasPlace('reach', address)).toBe(true)
  expect(hasPlace('look-up', address)).toBe(true)
})
