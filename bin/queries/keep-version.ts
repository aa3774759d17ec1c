import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

/**
 * `node bin/queries/keep-version.ts COMMIT`: keeps what a version that is rolled out says to the database, and the code that
 * describes it, for test/server/platform/db/version-before.test.ts. A clone without history has it too.
 */

const ROOT = join(import.meta.dirname, '../..')
const KEPT = 'test/server/platform/db/version-before.tar.gz'
const START = 'bin/queries/describe-queries.ts'
/** Read at run time, and what compares with it. */
const BESIDE = [
  'prisma/sql',
  'prisma/schema.prisma',
  'package.json',
  'tsconfig.json',
  'lib/server/platform/db/query-types.ts',
]

const commit = process.argv[2] ?? ''
const folder = mkdtempSync(join(tmpdir(), 'countonce-version-'))
try {
  const all = archive(['lib', 'bin', 'package.json'])
  execFileSync('tar', ['-x', '-C', folder], { input: all })
  const kept = archive([...reachedFrom(START), ...BESIDE])
  writeFileSync(join(ROOT, KEPT), gzipSync(kept, { level: 9 }))
} finally {
  rmSync(folder, { recursive: true })
}

function archive(parts: readonly string[]): Buffer {
  return execFileSync('git', ['archive', commit, ...parts], {
    ...{ cwd: ROOT, maxBuffer: 256 * 1024 * 1024 },
  })
}

/** The files of the version that one of them loads. */
function reachedFrom(start: string): string[] {
  const reached = new Set([start])
  for (const file of reached) {
    const text = readFileSync(join(folder, file), 'utf8')
    const imports = text.matchAll(/^(?:import|export) (?!type )[^;']*?from '([#.][^']+\.ts)'/gm)
    for (const [, from = ''] of imports) {
      const path = from.startsWith('#') ? from.replace('#', 'lib/') : join(dirname(file), from)
      // What is generated is not in the archive, and not loaded by what is.
      if (existsSync(join(folder, path))) reached.add(path)
    }
  }
  return [...reached]
}
