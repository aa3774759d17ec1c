import { normaliseMobile } from '#core/pseudonym/normalising/mobile.ts'
import { normaliseNhsNumber } from '#core/pseudonym/normalising/nhs-number.ts'
import { SLOT } from '#core/standard/fields.ts'

/**
 * References that are something else of the person: their initials, which others have, or a number
 * or a date that would match them with other services and as a reference does not.
 */

/** More rows tell nothing more. */
const MOST_ROWS = 5_000
/** Fewer come by chance. */
const FEW_ROWS = 3

/** Tells of such references. */
export class ReferenceIdentity {
  #rows = 0
  #initials = 0
  #births = 0
  #mobiles = 0
  readonly #ofTenDigits = new Map<string, boolean>()

  /** Counts the reference of a row. */
  add(cells: readonly string[], reference: string): void {
    const text = reference.trim()
    if (text === '' || this.#rows >= MOST_ROWS) return
    this.#rows++
    if (isInitials(text, cells)) this.#initials++
    if (isBirth(text, cells[SLOT.date_of_birth] ?? '')) this.#births++
    if (/^[+0]/.test(text) && normaliseMobile(text).value !== '') this.#mobiles++
    if (/^[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}$/.test(text) && !this.#ofTenDigits.has(text))
      this.#ofTenDigits.set(text, normaliseNhsNumber(text, true).value !== '')
  }

  /** Whether they are the initials of the names beside them. */
  get areInitials(): boolean {
    return this.#areMost(this.#initials)
  }

  /** Whether they are NHS numbers, mobile numbers or dates of birth. */
  get areIdentifiers(): boolean {
    return this.#areNhsNumbers() || this.#areMost(this.#births) || this.#areMost(this.#mobiles)
  }

  #areMost(rows: number): boolean {
    return rows >= FEW_ROWS && rows * 5 >= this.#rows * 3
  }

  /** One in eleven numbers passes by chance: a few among others of ten digits are none. */
  #areNhsNumbers(): boolean {
    const valid = [...this.#ofTenDigits.values()]
    if (valid.length === 0 || !valid.every((is) => is)) return false
    return valid.length >= FEW_ROWS || valid.length < this.#rows
  }
}

function isInitials(reference: string, cells: readonly string[]): boolean {
  if (!/^\p{L}[. ]?\p{L}[.]?$/u.test(reference)) return false
  const letters = reference.replace(/[^\p{L}]/gu, '').toUpperCase()
  const [first, last] = [cells[SLOT.first_name] ?? '', cells[SLOT.last_name] ?? ''].map((name) =>
    name.trim().slice(0, 1).toUpperCase(),
  )
  return letters === `${first ?? ''}${last ?? ''}` || letters === `${last ?? ''}${first ?? ''}`
}

/** Whether a reference has the digits of a date of birth, in the order in which it is written. */
function isBirth(reference: string, birth: string): boolean {
  const digits = birth.replace(/[^0-9]/g, '')
  return (
    digits.length >= 6 &&
    reference.replace(/[^0-9]/g, '') === digits &&
    /^[0-9/. -]+$/.test(reference)
  )
}
