/** Fewer values than this do not show that they count. */
const FEW_VALUES = 3
const LONGEST_NUMBER = 7

/** Tells from the values of a column, in the order of its rows, whether they only count the rows. */
export class RunningNumbers {
  #filled = 0
  #first = -1
  #last = -1
  #steps = 0

  /** Takes the next value that is not blank; whether it is a whole number. */
  add(value: string): boolean {
    this.#filled++
    const number = wholeNumber(value)
    if (number < 0) return false
    if (this.#first < 0) this.#first = number
    else if (number === this.#last + 1) this.#steps++
    this.#last = number
    return true
  }

  /** Whether they begin at 0 or 1 and go up by one in nine rows of ten. */
  get countRows(): boolean {
    return (
      this.#filled >= FEW_VALUES &&
      (this.#first === 0 || this.#first === 1) &&
      this.#steps * 10 >= (this.#filled - 1) * 9
    )
  }
}

/** A whole number of a few digits, leading zeros aside; -1 for anything else. */
function wholeNumber(value: string): number {
  if (value.length === 0 || value.length > LONGEST_NUMBER) return -1
  let number = 0
  for (let index = 0; index < value.length; index++) {
    const unit = value.charCodeAt(index)
    if (unit < 0x30 || unit > 0x39) return -1
    number = number * 10 + unit - 0x30
  }
  return number
}
