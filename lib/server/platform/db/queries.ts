import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '#server/platform/machine/project-folder.ts'

/**
 * What is put in for {name} in the text of a query: names and numbers written in the code, never
 * input. {r.name} puts a list of columns in as columns of r.
 */
export type NamesInQuery = Readonly<Record<string, string | number>>

const texts = new Map<string, string>()

/**
 * The text of the query prisma/sql/<room>/<name>.sql, read once, with names put in. Its header says
 * parameters, grain and result. Throws when there is no such file, or a name is none: both are
 * written in the code, never made from input.
 */
export function queryText(query: string, names: NamesInQuery = {}): string {
  let text = texts.get(query)
  if (text === undefined) {
    if (!/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/.test(query))
      throw new Error(`no query is named ${query}`)
    text = readFileSync(join(projectFolder('prisma'), 'sql', `${query}.sql`), 'utf8')
    texts.set(query, text)
  }
  return text.replaceAll(
    /\{([a-z]\.)?([a-z_]+)\}/g,
    (whole, table: string | undefined, name: string) => {
      const given = names[name]
      if (given === undefined) return whole
      if (!/^[a-z0-9_]+(, [a-z0-9_]+)*$/.test(String(given)))
        throw new Error(`not a name: ${name} of ${query}`)
      return table === undefined ? String(given) : String(given).replaceAll(/\w+/g, `${table}$&`)
    },
  )
}
