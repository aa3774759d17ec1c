import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TRANSLATIONS } from '#core/messages/about-data/about-texts.ts'
import { readTranslations } from '#server/portal/screens/read-translations.ts'

/** The languages that a programme adds itself. */

let dataDir = ''

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'countonce-languages-'))
})

afterAll(() => rm(dataDir, { recursive: true }))

test('are those of the program where there is no folder of its own', async () => {
  expect(await readTranslations(dataDir)).toEqual({ translations: TRANSLATIONS, refused: [] })
})

test('come from files, in the place of the program’s own, and what is wrong in one is said', async () => {
  await mkdir(join(dataDir, 'languages'))
  const write = (name: string, text: string) => writeFile(join(dataDir, 'languages', name), text)
  const file = (language: string, texts: Readonly<Record<string, string>>) =>
    JSON.stringify({ language, name: 'X', direction: 'ltr', isReviewed: true, texts })
  await write('cy.json', file('cy', { title: 'Eich data' }))
  await write('pt-again.json', file('pt', { title: 'Dados' }))
  await write('broken.json', '{')
  await write('english.json', file('en', { title: 'Data' }))
  await write('stale.json', file('so', { nothing: 'x' }))
  await write('welsh-windows.json', `\ufeff${file('cy', { title: 'Eich data' })}`)
  await mkdir(join(dataDir, 'languages', 'folder.json'))
  await write('notes.txt', 'not read')
  const { translations, refused } = await readTranslations(dataDir)
  expect([...translations.keys()]).toEqual(['pt', 'cy'])
  expect(translations.get('pt')?.texts).toEqual({ title: 'Dados' })
  expect(refused).toEqual([
    'broken.json: it is not JSON',
    'english.json: English is the program’s own',
    'folder.json: it cannot be read',
    'stale.json: No text is called nothing',
  ])
})
