import { isoDay, dayNumber } from './calendar.ts'
import type { Choices } from './random.ts'

/**
 * Ways in which a right value is written wrongly.
 */

/**
 * A word with one letter left out, doubled, swapped with its neighbour or replaced. Words of two
 * letters or fewer stay.
 */
export function mistypedWord(word: string, choices: Choices): string {
  const letters = Array.from(word)
  if (letters.length <= 2) return word
  const at = choices.between(1, letters.length - 2)
  const letter = letters[at] ?? ''
  const next = letters[at + 1] ?? ''
  switch (choices.between(0, 3)) {
    case 0:
      letters.splice(at, 1)
      break
    case 1:
      letters.splice(at, 0, letter)
      break
    case 2:
      letters.splice(at, 2, next, letter)
      break
    default:
      letters[at] = choices.oneOf(['a', 'e', 'i', 'o', 'r', 's', 't', 'n'])
  }
  return letters.join('')
}

/** A number with one of its digits replaced by another. */
export function mistypedDigit(number: string, choices: Choices): string {
  const at = choices.between(0, number.length - 1)
  const digit = (Number(number.charAt(at)) + choices.between(1, 9)) % 10
  return `${number.slice(0, at)}${digit}${number.slice(at + 1)}`
}

/** Day and month of `yyyy-mm-dd` changed places, where that is a date too; else the date itself. */
export function swappedDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return Number(date) <= 12 ? `${year}-${date}-${month}` : day
}

/** Another day of the same month, or of the one before. */
export function nearbyDay(day: string, choices: Choices): string {
  return isoDay(dayNumber(day) - choices.between(1, 9))
}

/** A postcode in which a letter O or I stands for a digit: what a reader can tell and fix. */
export function misreadPostcode(postcode: string): string {
  const [outward = '', inward = ''] = postcode.split(' ')
  return `${outward} ${inward.replace('0', 'O').replace('1', 'I')}`
}
