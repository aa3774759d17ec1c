import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { UsageError } from './run-command.ts'

/**
 * Asking the person at the terminal; where there is none, an environment variable answers or the
 * command says which.
 */

/** Something that is typed once and seen, such as a one-time code. */
export async function ask(question: string, variable: string): Promise<string> {
  return (process.env[variable] ?? '') || (await readTyped(question, variable, false))
}

/** A secret: not echoed, and typed twice where it is a new one. Undefined when the two differ. */
export async function askSecret(
  question: string,
  variable: string,
  twice: boolean,
): Promise<string | undefined> {
  const given = process.env[variable] ?? ''
  if (given !== '') return given
  const typed = await readTyped(question, variable, true)
  if (!twice) return typed
  return (await readTyped('The same once more: ', variable, true)) === typed ? typed : undefined
}

async function readTyped(question: string, variable: string, secret: boolean): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new UsageError(`there is no terminal to ask at: set ${variable}.`)
  }
  const silent = new Writable({
    write: (_chunk, _encoding, done) => {
      done()
    },
  })
  process.stderr.write(question)
  const terminal = createInterface({
    input: process.stdin,
    output: secret ? silent : process.stderr,
    terminal: true,
  })
  try {
    return await terminal.question('')
  } finally {
    terminal.close()
    if (secret) process.stderr.write('\n')
  }
}
