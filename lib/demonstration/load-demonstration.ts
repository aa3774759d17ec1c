import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Mapping } from '#core/mapping/mapping.ts'
import { parseMappingFile } from '#core/mapping/mapping-file.ts'
import type { DemonstrationFile, DemonstrationManifest } from './write-demonstration.ts'

/** The demonstration's files of a data folder, where they were written; undefined before. */
export async function readManifest(folder: string): Promise<DemonstrationManifest | undefined> {
  const path = join(folder, 'manifest.json')
  if (!existsSync(path)) return undefined
  return JSON.parse(await readFile(path, 'utf8')) as DemonstrationManifest
}

/** The mapping file that goes with a demonstration file, when its headers alone do not decide. */
export async function readDemonstrationMapping(
  folder: string,
  file: DemonstrationFile,
): Promise<Mapping | undefined> {
  if (file.mapping === undefined) return undefined
  const parsed = parseMappingFile(await readFile(join(folder, file.mapping), 'utf8'))
  if (!parsed.ok)
    throw new Error(`the demonstration's mapping ${file.mapping} cannot be read: ${parsed.code}`)
  return parsed.mapping
}
