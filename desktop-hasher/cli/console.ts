import { writeFileSync, writeSync } from 'node:fs'
import { isatty } from 'node:tty'

/**
 * How the command line speaks: results on standard output, everything else on standard error, and
 * all of it into a report. It writes to the descriptors themselves, because a program that was
 * started without a console (from a scheduler, or under wine) may have none: then the report is
 * where it is read.
 */

/** Exit statuses, those of countonce. */
export const DONE = 0
export const FAULT = 1
export const USAGE = 2
export const REFUSED = 3

const STDOUT = 1
const STDERR = 2
const OWNER_ALONE = 0o600

/** What was said, and whether anybody could hear it. */
export class Console {
  readonly #said: string[] = []
  #isHeard = true
  #progressShown = 0

  /** Prints a line of a result. */
  print(line = ''): void {
    this.#clearProgress()
    this.#write(STDOUT, `${line}\n`)
  }

  /** Prints a result as one JSON document. */
  printJson(result: unknown): void {
    this.print(JSON.stringify(result, null, 2))
  }

  /** Says something that is no result. */
  say(line = ''): void {
    this.#clearProgress()
    this.#write(STDERR, `${line}\n`)
  }

  /**
   * Shows how far something is, on one line that the next replaces; in a terminal only, and not too
   * often.
   */
  showProgress(line: string): void {
    const now = performance.now()
    if (!isatty(STDERR) || now - this.#progressShown < 100) return
    this.#progressShown = now
    tryWrite(STDERR, `\r\u001b[2K${line}`)
  }

  /** Whether everything said so far reached a console, a pipe or a file. */
  get isHeard(): boolean {
    return this.#isHeard
  }

  /** Writes everything said so far into a file. */
  saveReport(path: string): void {
    writeFileSync(path, this.#said.join(''), { mode: OWNER_ALONE })
  }

  #write(descriptor: number, text: string): void {
    this.#said.push(text)
    if (!tryWrite(descriptor, text)) this.#isHeard = false
  }

  #clearProgress(): void {
    if (this.#progressShown > 0) tryWrite(STDERR, '\r\u001b[2K')
    this.#progressShown = 0
  }
}

/** Writes all of a text; false when there is nobody to write to. */
function tryWrite(descriptor: number, text: string): boolean {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest))
    } catch (error) {
      // A pipe that is full asks to be tried again.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return false
    }
  }
  return true
}
