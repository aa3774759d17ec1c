import { expect, test } from 'vitest'
import type { Purpose } from '#core/purpose/purposes.ts'
import { may, rolesWith, type Right } from '#server/identity/actors/actor.ts'
import { RIGHTS, ROLES } from '#server/identity/actors/roles.ts'
import { rolesIn, type UserRole } from '#server/identity/actors/user.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import { GRANTED, RESTORED, takesTwo } from '#server/identity/approvals/given-roles.ts'
import { GROUP_ROLES } from '#server/programme/register/register.ts'

const rights = Object.keys(RIGHTS) as Right[]

function rightsOf(role: UserRole, mayExact: boolean): Right[] {
  return rights.filter((right) => may({ role, mayExact }, right))
}

test('people of one organisation hold no right that reaches the whole programme', () => {
  for (const role of ['provider', 'uploader', 'practitioner'] as const) {
    const held = rightsOf(role, true)
    expect(
      held.filter((right) =>
        /^(reach|exact|doubt|register|user|audit|key|release|system)/.test(right),
      ),
    ).toEqual([])
  }
})

test('an uploader holds no more than the lead, and cannot make or approve tokens', () => {
  const lead = rightsOf('provider', false)
  const uploader = rightsOf('uploader', false)
  expect(lead).toEqual(expect.arrayContaining(uploader))
  expect(uploader).not.toContain('token.manage')
})

test('roles that watch see the audit trail and nothing that they watch; officers answer people besides', () => {
  expect(rightsOf('officer', true)).toEqual([
    ...['audit.see', 'approval.see', 'rights.handle', 'research.manage'],
    ...['retention.see', 'retention.hold'],
  ])
  expect(rightsOf('auditor', true)).toEqual(['audit.see'])
})

test('what reaches keys, users and releases is administrators’ alone', () => {
  for (const right of ['key.export', 'key.rotate', 'user.manage', 'release.make'] as const) {
    expect(rolesWith(right)).toEqual(['administrator'])
  }
})

test('exact figures take leave besides the role', () => {
  for (const role of Object.keys(ROLES) as UserRole[]) {
    expect(may({ role, mayExact: false }, 'exact.see')).toBe(false)
  }
  expect(may({ role: 'analyst', mayExact: true }, 'exact.see')).toBe(true)
})

test('a deployment has the roles of its purpose, and nobody is given one that holds nothing there', () => {
  const both = ['provider', 'uploader', 'reviewer', 'administrator', 'officer', 'auditor']
  expect([...rolesIn('reach')].sort()).toEqual([...both, 'analyst'].sort())
  expect([...rolesIn('look-up')].sort()).toEqual([...both, 'manager', 'practitioner'].sort())
})

test('nobody looks people up where reach is measured, and nobody sees reach where people are looked up', () => {
  const held = (purpose: Purpose): Right[] =>
    rights.filter((right) =>
      (Object.keys(ROLES) as UserRole[]).some((role) =>
        may({ role, mayExact: true, purpose }, right),
      ),
    )
  expect(held('reach').filter((right) => right.startsWith('look-up'))).toEqual([])
  expect(held('look-up').filter((right) => /^(reach|exact|release|research)/.test(right))).toEqual(
    [],
  )
  expect(held('look-up')).toContain('look-up.ask')
})

test('[S20] whoever of the programme approves anything is given and let in again by two people, and by no group', () => {
  const approving = rolesOfProgramme().filter((role) =>
    Object.values(APPROVAL_KINDS).some(({ right }) => may({ role, mayExact: true }, right)),
  )
  expect(approving).toEqual(['administrator', 'officer'])
  expect(rolesOfProgramme().filter(takesTwo)).toEqual(approving)
  expect(Object.values(GRANTED).sort()).toEqual(approving)
  expect(Object.values(RESTORED).sort()).toEqual(approving)
  expect(GROUP_ROLES).toEqual(['analyst', 'reviewer', 'auditor'])
})

function rolesOfProgramme(): UserRole[] {
  return (Object.keys(ROLES) as UserRole[]).filter((role) => ROLES[role].of === 'programme')
}

test('[S20] what a provider’s lead approves beside administrators is a token, and nothing else', () => {
  const kinds = Object.entries(APPROVAL_KINDS)
    .filter(([, { right }]) => rolesWith(right).some((role) => ROLES[role].of === 'provider'))
    .map(([kind]) => kind)
  expect(kinds).toEqual(['submission-token'])
})
