import { describe, expect, it } from 'vitest'
import { isReached, type ServiceUse } from '#core/reach/reached.ts'

const use = (own: Partial<ServiceUse>): ServiceUse => ({
  status: 'active',
  contacts: null,
  startDate: '',
  endDate: '',
  ...own,
})
const QUARTER = '2024-Q1'

describe('reached', () => {
  it.each([
    ['one attended contact', { contacts: 1 }, true, true],
    ['no contact', { contacts: 0 }, false, true],
    ['no word of contacts', {}, false, true],
    ['a contact before the person left', { contacts: 2, status: 'left_early' }, true, true],
    ['waiting, with a contact', { contacts: 3, status: 'waiting' }, false, false],
    ['declined, with a contact', { contacts: 3, status: 'declined' }, false, false],
    ['no status', { status: '' }, false, true],
    ['not yet started', { startDate: '2024-07-01' }, false, false],
    ['started on the last day', { startDate: '2024-06-30' }, false, true],
    ['ended before the quarter', { endDate: '2024-03-31' }, false, false],
    ['completed on its first day', { status: 'completed', endDate: '2024-04-01' }, false, true],
    ['completed, nobody says when', { status: 'completed' }, false, false],
    ['left early, nobody says when', { status: 'left_early' }, false, false],
  ] as const)('%s', (_, own, byContacts, byEnrolment) => {
    expect(isReached(use(own), QUARTER, 'contacts')).toBe(byContacts)
    expect(isReached(use(own), QUARTER, 'active-enrolment')).toBe(byEnrolment)
  })
})
