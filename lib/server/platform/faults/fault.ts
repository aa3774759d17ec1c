import { randomBytes } from 'node:crypto'
import type { ServerCode } from '#core/messages/operating/refusals.ts'
import type { Code } from '#core/messages/words-of.ts'

/**
 * What may be told about a fault or refusal: names of rules and tables, counts, limits; never a
 * value of a row.
 */
export type FaultDetail = Readonly<Record<string, string | number>>

/** Something the caller handles: a result, not an exception. */
export interface Refusal<Given extends string = Code> {
  readonly ok: false
  readonly code: Given
  readonly detail?: FaultDetail
}

/** A refusal with its code. */
export function refuse<Given extends string>(code: Given, detail?: FaultDetail): Refusal<Given> {
  return detail === undefined ? { ok: false, code } : { ok: false, code, detail }
}

/**
 * Something that failed under us and that no caller fixes. The person sees `reference`; the log has
 * the rest. Its message is the code and detail alone, so that it can be logged as it is.
 */
export class Fault extends Error {
  readonly code: ServerCode
  readonly detail: FaultDetail
  /** What the person quotes, e.g. `F-3K9Q-7TXW`: random, so that it says nothing. */
  readonly reference: string

  constructor(code: ServerCode, detail: FaultDetail = {}, cause?: unknown) {
    const told = Object.entries(detail).map(([name, value]) => ` ${name}=${value}`)
    super(code + told.join(''), cause === undefined ? undefined : { cause })
    this.name = 'Fault'
    this.code = code
    this.detail = detail
    this.reference = faultReference()
  }
}

const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

function faultReference(): string {
  const letters = Array.from(randomBytes(8), (byte) => LETTERS[byte % LETTERS.length] ?? '').join(
    '',
  )
  return `F-${letters.slice(0, 4)}-${letters.slice(4)}`
}

/** The system's code of an error (`ENOSPC`, `23505`), or empty when it has none. */
export function systemCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}

/** Whether an error says that a disk or a quota is full. */
export function saysDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(systemCode(error))
}
