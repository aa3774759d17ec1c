import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { countonce } from './command-line.ts'

const PROGRAM = join(import.meta.dirname, '../../bin/countonce.ts')

test('a command ends as usual when nobody reads what it says any more', async () => {
  const child = spawn(process.execPath, [PROGRAM, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [status] = (await once(child, 'close')) as [number | null]
  expect({ status, said }).toEqual({ status: 0, said: '' })
})

test('the sources are the command that all other tests run in one piece', async () => {
  for (const words of [['--help'], ['ingest', '--help'], ['ingest']]) {
    const child = spawn(process.execPath, [PROGRAM, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text))
    const [status] = (await once(child, 'close')) as [number | null]
    const bundled = await countonce(words)
    expect({ status, said }).toEqual({
      status: bundled.status,
      said: bundled.stdout + bundled.stderr,
    })
  }
})
