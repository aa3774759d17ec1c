import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ENGLISH_CODE, TRANSLATIONS } from '#core/messages/about-data/about-texts.ts'
import { BYTE_ORDER_MARK } from '#core/tabular/writing/csv-writer.ts'
import { translationSchema, type Translation } from '#core/messages/about-data/translation.ts'

/** The languages that there are beside English, by their codes, and why files of the folder are not used. */
export interface Translations {
  readonly translations: ReadonlyMap<string, Translation>
  /** Each names a file and what is wrong in it. */
  readonly refused: readonly string[]
}

/**
 * Reads the translations of the page for people in the files: those of the program, and each `*.json` in the folder
 * `languages` of the data folder, which takes the place of one that comes with the program.
 */
export async function readTranslations(dataDir: string): Promise<Translations> {
  const folder = join(dataDir, 'languages')
  const translations = new Map(TRANSLATIONS)
  const refused: string[] = []
  for (const name of (await filesIn(folder)).sort()) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => undefined)
    const read = text === undefined ? 'it cannot be read' : readTranslation(text)
    if (typeof read === 'string') refused.push(`${name}: ${read}`)
    else translations.set(read.language, read)
  }
  return { translations, refused }
}

const inFolders = new Map<string, Promise<Translations['translations']>>()

/** The same, read once by a process, which says on standard error what it does not use. */
export function openTranslations(dataDir: string): Promise<Translations['translations']> {
  const opened = inFolders.get(dataDir) ?? openAndTell(dataDir)
  inFolders.set(dataDir, opened)
  return opened
}

async function openAndTell(dataDir: string): Promise<Translations['translations']> {
  const { translations, refused } = await readTranslations(dataDir)
  for (const why of refused) process.stderr.write(`count once: languages/${why}. It is not used.\n`)
  return translations
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => name.endsWith('.json'))
}

/** A translation, or what is wrong with it. */
function readTranslation(text: string): Translation | string {
  let file: unknown
  try {
    file = JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text)
  } catch {
    return 'it is not JSON'
  }
  const parsed = translationSchema.safeParse(file)
  if (!parsed.success)
    return parsed.error.issues
      .map(({ path, message }) =>
        [path.join('.'), message].filter((part) => part !== '').join(': '),
      )
      .join('; ')
  return parsed.data.language === ENGLISH_CODE ? 'English is the program’s own' : parsed.data
}
