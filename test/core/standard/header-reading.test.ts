import { describe, expect, test } from 'vitest'
import { knownHeading } from '#core/standard/header-reading.ts'

describe('a known heading', () => {
  test.each([
    ['Surname', 'own last_name'],
    ['DOB', 'own date_of_birth'],
    ['Mother Name', 'carer name'],
    ['Carer email', 'carer carer_email'],
    ['Number of appointments kept', 'own contacts'],
  ])('is told by its words: %s', (heading, known) => {
    expect(knownHeading(heading)).toBe(known)
  })

  test.each(['Amara', 'OKAFOR', 'no', '', '12/03/2021', 'SW9 8AB'])(
    'is not seen in a cell of somebody’s: %s',
    (cell) => {
      expect(knownHeading(cell)).toBeUndefined()
    },
  )

  test.each(['Appointments made', 'Total meetings made'])(
    'is not seen in what was only booked: %s',
    (heading) => {
      expect(knownHeading(heading)).toBeUndefined()
    },
  )

  test.each(['name@mail.example', 'mum.name@home.example', 'email@mail.example'])(
    'is not seen in an address of email, whatever stands before the @: %s',
    (cell) => {
      expect(knownHeading(cell)).toBeUndefined()
    },
  )
})
