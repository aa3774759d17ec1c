import { randomBytes } from 'node:crypto'
import { makeReference, REFERENCE_BYTES } from '#core/linkage/references.ts'

/** Of what there are references that are made like a beneficiary's, by the two letters in front. */
const REFERENCE_KINDS = {
  approval: 'AP',
  'rights-request': 'DR',
  hold: 'LH',
  'look-up': 'LU',
  report: 'PR',
  question: 'QU',
  project: 'RP',
  extract: 'RX',
  submission: 'SU',
  token: 'TK',
} as const

/** A new reference of a kind, such as RX-7K3M-9QXZ-4: by lot, so that it tells nothing. */
export function newReference(kind: keyof typeof REFERENCE_KINDS): string {
  const reference = makeReference(new Uint8Array(randomBytes(REFERENCE_BYTES)))
  return reference.replace(/^CO-/, `${REFERENCE_KINDS[kind]}-`)
}
