import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { bundle } from '../../../desktop-hasher/build/bundle.ts'

const ROOT = path.join(import.meta.dirname, '../../..')
const ENTRY = path.join(ROOT, 'desktop-hasher/cli/countonce-hash.ts')

/** Bundles the command line once, as the executables hold it: each of hundreds of runs begins in half the time. */
export default async function setup(project: TestProject): Promise<void> {
  const folder = path.join(ROOT, 'node_modules/.cache/count-once/bundled')
  const program = path.join(folder, 'countonce-hash.cjs')
  await mkdir(folder, { recursive: true })
  const code = await bundle({ entry: ENTRY, platform: 'node', format: 'cjs' })
  // Another run may be at it.
  const aside = `${program}.${process.pid}`
  await writeFile(aside, code)
  await rename(aside, program)
  project.provide('hasherProgram', program)
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The hasher's command line in one file. */
    hasherProgram: string
  }
}
