import { expect, test } from 'vitest'
import {
  demandRegister,
  parseRegister,
  type RegisterRead,
} from '#server/programme/register/register.ts'
import { REGISTER } from '../../intake/submissions/small-programme.ts'

/** What a register may say of signing on with an organisation's accounts. */
function registerWith(signOn: unknown): string {
  return JSON.stringify({ ...REGISTER, signOn })
}

function read(signOn: unknown): ReturnType<typeof demandRegister>['signOn'] {
  return demandRegister(registerWith(signOn)).signOn
}

test('groups and what their people are here, and whose people keep a password', () => {
  const groups = [
    { group: 'analysts', role: 'analyst', exact: true },
    { group: 'auditors', role: 'auditor' },
  ]
  expect(read({ groups, passwordRoles: ['administrator'] })).toEqual({
    groups: [groups[0], { ...groups[1], exact: false }],
    passwordRoles: ['administrator'],
  })
  expect(read({ groups: [] })).toEqual({ groups: [], passwordRoles: [] })
  expect(read(undefined)).toBeUndefined()
})

test.each([
  ['an administrator by a group', { groups: [{ group: 'it', role: 'administrator' }] }],
  ['an officer by a group', { groups: [{ group: 'it', role: 'officer' }] }],
  ['a provider by a group', { groups: [{ group: 'trust', role: 'provider' }] }],
  ['a practitioner by a group', { groups: [{ group: 'trust', role: 'practitioner' }] }],
  ['a group without a name', { groups: [{ group: '', role: 'analyst' }] }],
  [
    'one group twice',
    {
      groups: [
        { group: 'a', role: 'analyst' },
        { group: 'a', role: 'auditor' },
      ],
    },
  ],
  ['a line that says more', { groups: [{ group: 'a', role: 'analyst', mayExact: true }] }],
  ['a password of providers, who have one', { groups: [], passwordRoles: ['provider'] }],
  ['no groups', { passwordRoles: [] }],
  ['a word', 'everybody'],
])('[S20] is refused with %s', (_what, signOn) => {
  const refused: RegisterRead = parseRegister(registerWith(signOn))
  expect(refused).toEqual({ ok: false, problems: [expect.stringMatching(/^signOn/)] })
})
