import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, type FormatConfig } from 'oxfmt'
import { projectFolder } from '#server/platform/machine/project-folder.ts'

/** A file of TypeScript laid out as `npm run format` lays it out. Throws where the formatter cannot read it. */
export async function formatTypes(text: string): Promise<string> {
  const file = join(projectFolder('bin'), '..', '.oxfmtrc.json')
  const options = JSON.parse(readFileSync(file, 'utf8')) as FormatConfig
  const { code, errors } = await format('types.ts', text, options)
  const [error] = errors
  if (error !== undefined) throw new Error(error.message)
  return code
}
