import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The absolute path of a folder of the project. Four folders above this file when it runs as it is, or
 * from a bundle as deep; any other bundle has left its place, and then the folder the process was started in counts.
 */
export function projectFolder(name: string): string {
  const places = [
    join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..'),
    process.cwd(),
  ]
  const found = places
    .map((place) => join(/* turbopackIgnore: true */ place, name))
    .find((path) => existsSync(path))
  if (found === undefined) throw new Error(`no folder ${name} in the project`)
  return found
}
