/** What is kept of a person, in words. */

const ROLES: Readonly<Record<string, string>> = { child: 'Child', parent: 'Parent', adult: 'Adult' }

const GENDERS: Readonly<Record<string, string>> = {
  F: 'Female',
  M: 'Male',
  X: 'Neither',
  unknown: 'Not known',
}

/** A role of a person in words. */
export function roleWords(role: string): string {
  return ROLES[role] ?? role
}

/** A gender as it is kept, in words. */
export function genderWords(gender: string): string {
  return GENDERS[gender] ?? gender
}
