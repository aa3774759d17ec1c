/** What a passkey may be, to tell one's own apart: a choice, so that nobody types a name. */
export const PASSKEY_KINDS = {
  computer: 'This computer',
  phone: 'Phone or tablet',
  'security-key': 'Security key',
  'password-manager': 'Password manager',
  other: 'Something else',
} as const

/** The code of a kind. */
export type PasskeyKind = keyof typeof PASSKEY_KINDS

/** Their codes, in the order of the list. */
export const PASSKEY_KIND_CODES = Object.keys(PASSKEY_KINDS) as [PasskeyKind, ...PasskeyKind[]]
