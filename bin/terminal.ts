import { wordsOf } from '#core/messages/words-of.ts'
import { systemCode, type Refusal } from '#server/platform/faults/fault.ts'

/**
 * How commands speak: results on standard output, everything else on standard error. With `--json`
 * standard output holds one JSON document and nothing else.
 */

/** Exit statuses. */
export const DONE = 0
export const FAULT = 1
export const USAGE = 2
export const REFUSED = 3

/**
 * Lets whoever reads what a command says stop reading, as `| head` does: the command goes on to its
 * end, since what it does may be half done.
 */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (systemCode(error) !== 'EPIPE') throw error
    })
  }
}

/** Prints a line of a result. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`)
}

/** Prints a result as one JSON document. */
export function printJson(result: unknown): void {
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
}

/** Says something that is no result. */
export function say(line = ''): void {
  clearProgress()
  process.stderr.write(`${line}\n`)
}

/** Says in words what was refused and how to fix it; answers the exit status. */
export function sayRefusal({ code, detail = {} }: Refusal): number {
  const { title, fix } = wordsOf(code)
  say(`countonce: ${title}`)
  say(`  ${fix}`)
  say(
    `  ${[code, ...Object.entries(detail).map(([name, value]) => `${name} ${value}`)].join(' · ')}`,
  )
  return REFUSED
}

let shown = false
let lastShown = 0

/**
 * Shows how far something is, on one line that the next replaces; in a terminal only, and not too
 * often.
 */
export function showProgress(line: string): void {
  if (!process.stderr.isTTY) return
  const now = Date.now()
  if (now - lastShown < 100) return
  lastShown = now
  shown = true
  process.stderr.write(`\r\u001b[2K${line}`)
}

function clearProgress(): void {
  if (shown) process.stderr.write('\r\u001b[2K')
  shown = false
}

/** Prints rows as columns of one width: numbers to the right, words to the left. */
export function printTable(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en-GB') : cell)),
  )
  const isNumber = header.map((_, column) => rows.every((row) => typeof row[column] === 'number'))
  const widths = header.map((name, column) =>
    Math.max(name.length, ...cells.map((row) => (row[column] ?? '').length)),
  )
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        isNumber[column] === true
          ? cell.padStart(widths[column] ?? 0)
          : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd()
  print(line(header))
  print(widths.map((width) => '─'.repeat(width)).join('  '))
  for (const row of cells) print(line(row))
}
