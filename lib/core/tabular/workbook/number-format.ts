/**
 * What a spreadsheet's number format makes of a number, as far as the text of a cell depends on it.
 * Source: ECMA-376 part 1, 18.8.30 (numFmt); docs/pseudonymisation.md, "Cell".
 */

/**
 * `date`: shown with a day, month or year. A number above 0: padded with zeros to so many digits.
 * 0: as it is.
 */
export type NumberFormat = 'date' | number

/**
 * The format behind a built-in id that no workbook spells out; ids from 164 are the workbook's own.
 */
export function builtInFormat(id: number): NumberFormat {
  const date =
    (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)
  return date ? 'date' : 0
}

/**
 * The format that a code such as `dd/mm/yyyy`, `0000000000` or `[$-809]d mmmm yyyy;@` describes. A
 * code with hours but neither day, month nor year is a duration or a time of day: a number. Only
 * the first section counts.
 */
export function formatOfCode(code: string): NumberFormat {
  if (/^0+$/.test(code)) return code.length
  if (GENERAL.test(code)) return 0
  let day = false
  let month = false
  let time = false
  for (let at = 0; at < code.length; at += 1) {
    const letter = code.charAt(at).toLowerCase()
    if (letter === ';') break
    if (letter === '"') at = endOf(code, '"', at)
    else if (letter === '[') {
      const end = endOf(code, ']', at)
      if (/^\[[hms]+$/i.test(code.slice(at, end))) time = true
      at = end
    } else if (letter === '\\' || letter === '_' || letter === '*') at += 1
    else if (letter === 'a' && /^(am\/pm|a\/p)/i.test(code.slice(at, at + 5))) {
      time = true
      at += code.charAt(at + 1) === '/' ? 2 : 4
    } else if (letter === 'g' && /^general/i.test(code.slice(at, at + 7))) at += 6
    else if (letter === 'd' || letter === 'y') day = true
    else if (isYear(code, at)) return 'date'
    else if (letter === 'm') month = true
    else if (letter === 'h' || letter === 's') time = true
  }
  return day || (month && !time) ? 'date' : 0
}

/** `General` as workbooks of other languages spell it; its letters are no days. */
const GENERAL = /^(general|standard|est[aá]ndar|standaard|normal|geral|standaardi|общий)$/i

/** The letter of the year, four times, in languages where it is none of d, m and y: `TT.MM.JJJJ`. */
function isYear(code: string, at: number): boolean {
  return /^(j{4}|a{4}|r{4}|v{4}|å{4}|é{4}|ε{4}|г{4})/iu.test(code.slice(at, at + 4))
}

function endOf(code: string, mark: string, from: number): number {
  const end = code.indexOf(mark, from + 1)
  return end < 0 ? code.length : end
}
