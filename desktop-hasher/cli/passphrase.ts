import { stdin } from 'node:process'
import { isatty } from 'node:tty'
import type { Console } from './console.ts'
import { USAGE } from './console.ts'
import { stopped } from './stopped.ts'

const CTRL_C = '\u0003'
const CTRL_D = '\u0004'
const BACKSPACES = ['\u0008', '\u007f']

/**
 * The passphrase of a key file: what the variable of the environment says, which is then forgotten,
 * else what is typed without being shown.
 */
export async function readPassphrase(
  variable: string,
  asked: string,
  terminal: Console,
): Promise<string> {
  const given = process.env[variable]
  if (given !== undefined && given !== '') {
    Reflect.deleteProperty(process.env, variable)
    return given
  }
  if (!isatty(0)) {
    throw stopped('passphrase-missing', USAGE, { asked, variable })
  }
  return typed(() => {
    terminal.say(`Passphrase of the ${asked} (it is not shown):`)
  })
}

/** What is typed up to the end of a line; nothing of it is echoed, from before `ask` is called. */
function typed(ask: () => void): Promise<string> {
  stdin.setRawMode(true)
  ask()
  stdin.setEncoding('utf8')
  stdin.resume()
  return new Promise((resolve, reject) => {
    let text = ''
    const end = (): void => {
      stdin.off('data', take)
      stdin.setRawMode(false)
      stdin.pause()
    }
    const take = (chunk: string): void => {
      for (const letter of chunk) {
        if (letter === '\r' || letter === '\n' || letter === CTRL_D) {
          end()
          resolve(text)
          return
        }
        if (letter === CTRL_C) {
          end()
          reject(stopped('passphrase-untyped', USAGE))
          return
        }
        text = BACKSPACES.includes(letter) ? Array.from(text).slice(0, -1).join('') : text + letter
      }
    }
    stdin.on('data', take)
  })
}
