/**
 * What a number format shows that the cell does not hold. The value read is the cell's; where a
 * person sees another, somebody is asked. Source: ECMA-376 part 1, 18.8.31 (numFmts).
 */

/** How a number format shows a number of the workbook, as far as it differs from the number. */
export interface NumberDisplay {
  /** Digits before the point at least: fewer are filled with zeros. */
  readonly wholeDigits: number
  /** Whether it shows no fraction. */
  readonly isWhole: boolean
  readonly isPercent: boolean
  /** Whether it shows letters or digits of its own, as in `"AB-"0000`. */
  readonly addsText: boolean
}

/** Words such as ` days` after a number are its unit, and change nothing about it. */
const UNIT = /^\s[\p{L}\s.]+$/u

/**
 * What a format code shows beside the number; undefined when it shows the number alone, and for
 * dates.
 */
export function displayOfCode(code: string): NumberDisplay | undefined {
  const sections = sectionsOf(code)
  // Which section of a conditional format is used is the value's to tell: `[=1]"Male";[=2]"Female"`.
  const isConditional = sections.some((section) => /\[[<>=]/.test(section))
  const shown = (isConditional ? sections : sections.slice(0, 1)).map(readSection)
  const first = shown.find(({ addsText }) => addsText) ?? shown[0]
  if (first === undefined) return undefined
  const { wholeDigits, isWhole, isPercent, addsText } = first
  return wholeDigits > 1 || isWhole || isPercent || addsText ? first : undefined
}

/** Whether a code such as `;;;` shows nothing at all of a number above zero. */
export function hidesNumbers(code: string): boolean {
  return code.includes(';') && sectionsOf(code)[0]?.trim() === ''
}

/**
 * Whether a date of this format is shown without its day or its year, as `mmm-yy` and `d mmm` are:
 * a spreadsheet fills in what was not typed.
 */
export function showsPartOfDate(code: string): boolean {
  const letters = plainOf(sectionsOf(code)[0] ?? '').replace(/[^a-z]/gi, '')
  return /^(m+y+|y+m*|d+m+|m+d+|m+|d+)$/i.test(letters)
}

/** Whether a number is shown as something else than the text that is read of it. */
export function isShownOtherwise(text: string, display: NumberDisplay): boolean {
  const { wholeDigits, isWhole, isPercent, addsText } = display
  if (addsText || isPercent) return true
  const point = text.indexOf('.')
  if (point >= 0) return isWhole
  const digits = text.startsWith('-') ? text.length - 1 : text.length
  return digits < wholeDigits && text !== '0'
}

/** Digits of a number that a spreadsheet keeps; those after them are zeros. */
const DIGITS_KEPT = 15

/** Whether a whole number has more digits than a spreadsheet keeps, so that its end is made up. */
export function isRounded(text: string): boolean {
  if (text.length <= DIGITS_KEPT || text.includes('.')) return false
  return text.replace(/^-?0*/, '').length > DIGITS_KEPT
}

function readSection(section: string): NumberDisplay {
  let plain = ''
  let before = ''
  let after = ''
  for (const { text, isLiteral } of piecesOf(section)) {
    if (!isLiteral) plain += withoutBrackets(text)
    else if (/[0#?]/.test(plain)) after += unquoted(text)
    else before += unquoted(text)
  }
  // `General` and `@` show the number as it is.
  const isGeneral = /general|standard|@/i.test(plain)
  const [whole = ''] = plain.split('.')
  return {
    wholeDigits: isGeneral ? 0 : (whole.match(/0/g)?.length ?? 0),
    isWhole: !isGeneral && /[0#?]/.test(plain) && !/[./]|e[+-]/i.test(plain),
    isPercent: plain.includes('%'),
    addsText: hasSigns(before) || (hasSigns(after) && !UNIT.test(after)),
  }
}

function hasSigns(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}

/** The sections of a code, which semicolons part. */
function sectionsOf(code: string): string[] {
  const sections: string[] = []
  let section = ''
  for (const { text, isLiteral } of piecesOf(code)) {
    const [first = '', ...rest] = isLiteral ? [text] : text.split(';')
    section += first
    for (const next of rest) {
      sections.push(section)
      section = next
    }
  }
  return [...sections, section]
}

/** A code without its literal texts, colours, conditions and locales. */
function plainOf(code: string): string {
  return piecesOf(code)
    .filter(({ isLiteral }) => !isLiteral)
    .map(({ text }) => withoutBrackets(text))
    .join('')
}

function withoutBrackets(text: string): string {
  let plain = ''
  for (let at = 0; ;) {
    const opens = text.indexOf('[', at)
    const closes = opens < 0 ? -1 : text.indexOf(']', opens)
    if (closes < 0) return plain + text.slice(at)
    plain += text.slice(at, opens)
    at = closes + 1
  }
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.replaceAll('"', '') : text.slice(1)
}

interface Piece {
  readonly text: string
  readonly isLiteral: boolean
}

/** A code as its literal texts (quoted, or one character after a backslash) and the rest. */
function piecesOf(code: string): Piece[] {
  const pieces: Piece[] = []
  // Padding (`_x`, `*x`) shows a space or a line, never a sign.
  for (const [text] of code.matchAll(/"[^"]*"?|\\.|[_*].|[^"\\_*]+/gsu)) {
    if (/^[_*]/.test(text)) continue
    pieces.push({ text, isLiteral: /^["\\]/.test(text) })
  }
  return pieces
}
