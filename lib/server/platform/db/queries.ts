import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '#server/platform/machine/project-folder.ts'

const texts = new Map<string, string>()

/**
 * The text of the named query prisma/sql/<room>/<name>.sql, read once. Its header says parameters, grain and
 * result. Throws when there is no such file: names are written in the code, never made from input.
 */
export function namedQuery(room: string, name: string): string {
  const key = `${room}/${name}`
  let text = texts.get(key)
  if (text === undefined) {
    if (!/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/.test(key)) throw new Error(`no query is named ${key}`)
    text = readFileSync(join(projectFolder('prisma'), 'sql', room, `${name}.sql`), 'utf8')
    texts.set(key, text)
  }
  return text
}
