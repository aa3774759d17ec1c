import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCode } from '#server/platform/faults/fault.ts'

/** What a programme is set up with outside its database, so that it can be set up so again. */

/** Settings of the environment that are in each backup, as the process has them that makes it. */
export const KEPT_SETTINGS = [
  ...['COUNTONCE_ORIGIN', 'COUNTONCE_HOST', 'COUNTONCE_TRUSTED_PROXY', 'COUNTONCE_UPLOAD_LIMIT'],
  ...['COUNTONCE_LOG', 'COUNTONCE_HASHER', 'COUNTONCE_CLAMD', 'PORT', 'MAIL_FROM'],
  ...['PORTAL_METRICS', 'WORKER_METRICS', 'PORTAL_NOTICE', 'PORTAL_PATIENCE'],
  ...['PORTAL_FORM_PATIENCE', 'SIGN_ON_ISSUER', 'SIGN_ON_CLIENT_ID', 'SIGN_ON_ORGANISATION'],
  ...['SIGN_ON_SECOND_FACTOR', 'ANCHOR_FOLDER', 'ANCHOR_CONTAINER', 'ANCHOR_DAYS'],
  ...['STOP_FOLDER', 'STOP_CONTAINER', 'BACKUP_KEY', 'KEYS', 'PORTAL_KEYS'],
] as const

/** Settings by their names. */
export type KeptSettings = Readonly<Record<string, string>>

/** The settings of an environment that are kept. */
export function keptSettings(env: Readonly<Record<string, string | undefined>>): KeptSettings {
  return Object.fromEntries(
    KEPT_SETTINGS.flatMap((name) => {
      const value = env[name] ?? ''
      return value === '' ? [] : [[name, value] as const]
    }),
  )
}

/** A file of another language for the page for people in the files. */
export interface LanguageFile {
  readonly name: string
  readonly text: string
}

/** How such a file is called: no path, and nothing hidden. */
export const LANGUAGE_NAME = /^[^./\\\0][^/\\\0]*[.]json$/

/** The files of the folder `languages` of a data folder, in the order of their names. */
export async function readLanguageFiles(dataDir: string): Promise<readonly LanguageFile[]> {
  const folder = join(dataDir, 'languages')
  const names = await readdir(folder).catch(() => [])
  const files = names.filter((name) => LANGUAGE_NAME.test(name)).sort()
  return Promise.all(
    files.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
  )
}

/** Puts such files back; what is there already stays. */
export async function writeLanguageFiles(
  dataDir: string,
  files: readonly LanguageFile[],
): Promise<void> {
  if (files.length === 0) return
  const folder = join(dataDir, 'languages')
  await mkdir(folder, { recursive: true })
  for (const { name, text } of files) {
    try {
      await writeFile(join(folder, name), text, { flag: 'wx' })
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error
    }
  }
}
