/**
 * Why something is confirmed or left out, in a person's words, which are kept: short, and without
 * what could name somebody.
 */

/** The most characters of a reason. */
export const LONGEST_REASON = 200

/** Why a reason is not kept. */
export type ReasonRefusal = 'reason-missing' | 'reason-personal'

/**
 * A reason as it is kept. What looks like an identifier (an address, a long number, a date, a
 * postcode) is refused.
 */
export function readReason(
  text: string,
):
  | { readonly ok: true; readonly reason: string }
  | { readonly ok: false; readonly code: ReasonRefusal } {
  const reason = text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_REASON)
  if (looksPersonal(reason)) return { ok: false, code: 'reason-personal' }
  return /\p{L}/u.test(reason) ? { ok: true, reason } : { ok: false, code: 'reason-missing' }
}

function looksPersonal(reason: string): boolean {
  return (
    reason.includes('@') ||
    /[0-9](?:[ ./-]?[0-9]){4}/.test(reason) ||
    /[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2}/.test(reason) ||
    /\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b/i.test(reason)
  )
}
