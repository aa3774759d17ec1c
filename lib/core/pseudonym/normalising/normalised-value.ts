import type { FindingCode } from '#core/messages/findings/findings.ts'

/**
 * What a field's rules make of a cell: a component of a message, or a reason why there is none.
 */

/**
 * Reason codes of a blank, without the field they begin with. Source: docs/pseudonymisation.md,
 * "Fields".
 */
export type BlankReason =
  | 'character'
  | 'missing'
  | 'exponent'
  | 'not-10-digits'
  | 'placeholder'
  | 'check-digit'
  | 'test'
  | 'not-ascii'
  | 'not-one-at'
  | 'local-part'
  | 'domain'
  | 'unreadable'
  | 'landline'
  | 'not-m-or-f'
  | 'pattern'
  | 'impossible'
  | 'future'
  | 'over-120'
  | 'no-letters'
  | 'one-letter'

/** What a reason code begins with. */
export type BlankField =
  | 'nhs'
  | 'email'
  | 'mobile'
  | 'birth'
  | 'gender'
  | 'first'
  | 'last'
  | 'postcode'
  | 'ref'

/** Why a field is blank, e.g. `nhs-check-digit`; empty when it is not. */
export type FieldCode = '' | Extract<FindingCode, `${BlankField}-${BlankReason}`>

/** Why there is no alternate, or no sound, where all fields that it is made from have a value. */
export type NothingMade = 'alternate-none' | 'sound-short'

/** Why a component is blank; empty when it is not. */
export type BlankCode = FieldCode | NothingMade

/** A finding on a value that is kept. */
export type KeptFinding = 'birth-two-digit-year' | 'first-please-confirm' | 'last-please-confirm'

/** A component, or the code of its absence: exactly one of `value` and `code` is empty. */
export interface NormalisedValue<Code extends BlankCode = FieldCode> {
  readonly value: string
  readonly code: Code
  readonly finding: KeptFinding | ''
}

/** A component that is kept. */
export function kept(value: string, finding: KeptFinding | '' = ''): NormalisedValue {
  return { value, code: '', finding }
}

/** A component that is blank; made once for each code, not for each cell. */
export function blank<Code extends Exclude<BlankCode, ''>>(code: Code): NormalisedValue<Code> {
  return Object.freeze({ value: '', code, finding: '' })
}
