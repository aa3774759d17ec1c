import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bundle } from '../../../../desktop-hasher/build/bundle.ts'

/** The state of a process that has loaded a file beside this one, kept as bin/generate.mjs keeps a reading process's. */
export async function snapshotOf(
  file: string,
  folder: string,
  define: Readonly<Record<string, string>> = {},
): Promise<string> {
  const entry = join(import.meta.dirname, file)
  const code = join(folder, file.replace(/ts$/, 'cjs'))
  const path = join(folder, file.replace(/ts$/, 'blob'))
  await writeFile(code, await bundle({ entry, platform: 'node', format: 'cjs', define }))
  await promisify(execFile)(
    process.execPath,
    ['--no-warnings', '--snapshot-blob', path, '--build-snapshot', code],
    { env: {} as NodeJS.ProcessEnv },
  )
  return path
}
