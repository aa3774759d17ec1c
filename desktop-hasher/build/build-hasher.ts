/**
 * `npm run hasher [FORM …]`: builds what a trust is given into desktop-hasher/dist, with the
 * SHA-256 of each file beside them. Without a form, every one.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildExecutable } from './executables.ts'
import { SQL_DIALECTS, writeSqlScript } from '../sql-scripts/write-sql-scripts.ts'
import { writeHasherBill } from './hasher-bill.ts'
import { writeHasherPage } from './hasher-page.ts'
import { PLATFORMS } from './runtimes.ts'
import { writeVerifierPage } from './verifier-page.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FOLDER = join(ROOT, 'desktop-hasher/dist')

/** What can be built, by name; each answers the path of what it built. */
const FORMS: ReadonlyMap<string, () => Promise<string>> = new Map<string, () => Promise<string>>([
  ['page', () => writeHasherPage(FOLDER)],
  ['verifier', () => writeVerifierPage(FOLDER)],
  ...SQL_DIALECTS.map((dialect) => [dialect, () => writeSqlScript(dialect, FOLDER)] as const),
  ...PLATFORMS.map((platform) => [platform, () => buildExecutable(platform, FOLDER)] as const),
])

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !FORMS.has(name))
if (unknown.length > 0) {
  process.stderr.write(
    `There is no ${unknown.join(', ')}. Forms: ${[...FORMS.keys()].join(', ')}.\n`,
  )
  process.exitCode = 2
} else {
  await mkdir(FOLDER, { recursive: true })
  for (const [name, build] of FORMS) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    process.stderr.write(`building ${name} …\n`)
    process.stdout.write(`${await build()}\n`)
  }
  await writeHasherBill(ROOT, FOLDER)
  await writeSums()
}

async function writeSums(): Promise<void> {
  const names = (await readdir(FOLDER))
    .filter((name) => /^count-?once-(has|ver).*(?<![.]sha256)$/.test(name))
    .sort()
  const lines: string[] = []
  for (const name of names) {
    const digest = createHash('sha256')
      .update(await readFile(join(FOLDER, name)))
      .digest('hex')
    lines.push(`${digest}  ${basename(name)}\n`)
  }
  await writeFile(join(FOLDER, 'SHA256SUMS'), lines.join(''))
}
