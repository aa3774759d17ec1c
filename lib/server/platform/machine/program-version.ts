import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { projectFolder } from '#server/platform/machine/project-folder.ts'

const manifest = z.object({ version: z.string() })

let version: string | undefined

/** The version of this program, as its package says. */
export function programVersion(): string {
  version ??= manifest.parse(
    JSON.parse(readFileSync(projectFolder('package.json'), 'utf8')),
  ).version
  return version
}
