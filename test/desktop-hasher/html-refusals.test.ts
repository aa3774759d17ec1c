import type { Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wordsOf, type Code } from '#core/messages/words-of.ts'
import {
  answerCheck,
  goToCheck,
  goToColumns,
  heading,
  missingBrowser,
  openKey,
  press,
  startHasherBrowser,
  withScriptChanged,
  type HasherBrowser,
} from './setup/hasher-browser.ts'
import {
  areaFile,
  keyFile,
  makeHasherFolder,
  OLD_SOURCE_KEY,
  PASSPHRASE,
  SOURCE_KEY,
  type HasherFolder,
} from './setup/hasher-folder.ts'

/** What the page refuses, and what it leaves behind when it is stopped. */

const missing = await missingBrowser()

let hasher: HasherFolder
let browser: HasherBrowser

beforeAll(async () => {
  if (missing !== '') return
  hasher = await makeHasherFolder()
  browser = await startHasherBrowser()
})

afterAll(async () => {
  if (missing !== '') return
  await browser.close()
  await hasher.remove()
})

/** Expects one message, in the words of its code, and no way on. */
async function expectRefused(page: Page, code: Code): Promise<void> {
  const summary = page.getByRole('alert')
  await summary.waitFor()
  const { title, fix } = wordsOf(code)
  expect(await summary.getByRole('listitem').allInnerTexts()).toEqual([`${title}\n${fix}`])
  expect(await page.getByRole('button', { name: 'Continue' }).count()).toBe(0)
  expect(await page.getByRole('textbox', { name: 'Passphrase' }).inputValue()).toBe('')
}

describe.runIf(missing === '')('a key', () => {
  const opening = async (key: string, passphrase: string, area?: string): Promise<Page> => {
    const { page } = await browser.open()
    await openKey(page, { key, passphrase, ...(area === undefined ? {} : { area }) })
    return page
  }

  it('is not opened with a wrong passphrase, and is with the right one after that', async () => {
    const page = await opening(hasher.at('key.txt'), 'nine green bottles of wime')
    await expectRefused(page, 'key-file-passphrase')
    await openKey(page, { key: hasher.at('key.txt'), passphrase: PASSPHRASE })
    await heading(page, 'Your key')
  })

  it('is not opened when a byte of its file was changed', async () => {
    const text = await keyFile(SOURCE_KEY, PASSPHRASE)
    const last = text.charAt(text.length - 2)
    const changed = `${text.slice(0, -2)}${last === '0' ? '1' : '0'}\n`
    const page = await opening(await hasher.write('changed.txt', changed), PASSPHRASE)
    await expectRefused(page, 'key-file-passphrase')
  })

  it('is not opened from another kind or version of file', async () => {
    const page = await opening(await hasher.write('other.txt', 'client_ref\nC-1\n'), PASSPHRASE)
    await expectRefused(page, 'key-file-unreadable')
    const text = (await keyFile(SOURCE_KEY, PASSPHRASE)).replace('key-1', 'key-2')
    await openKey(page, { key: await hasher.write('later.txt', text), passphrase: PASSPHRASE })
    await expectRefused(page, 'key-file-version')
  })

  it('[S36] is refused when it is weak', async () => {
    const weak = Uint8Array.from({ length: 32 }, (_, index) => 0x80 + index)
    const file = await hasher.write('weak.txt', await keyFile(weak, PASSPHRASE))
    await expectRefused(await opening(file, PASSPHRASE), 'key-file-weak')
  })

  it('goes with no area file but its own, unchanged', async () => {
    const other = await hasher.write('other-area.txt', areaFile(OLD_SOURCE_KEY))
    const page = await opening(hasher.at('key.txt'), PASSPHRASE, other)
    await expectRefused(page, 'area-file-other-key')
    const bytes = areaFile(SOURCE_KEY)
    const at = Buffer.from(bytes).indexOf('North')
    bytes[at] = 0x4d
    const changed = await hasher.write('changed-area.txt', bytes)
    await openKey(page, { key: hasher.at('key.txt'), passphrase: PASSPHRASE, area: changed })
    await expectRefused(page, 'area-file-changed')
  })
})

describe.runIf(missing === '')('a page whose self-test fails', () => {
  it('[S34] refuses to work: it takes no key', async () => {
    const html = withScriptChanged(browser.html, (script) =>
      script.replace(/"p2\\?":\\?"[0-9a-f]{8}/, (found) => `${found.slice(0, -8)}00000000`),
    )
    const { page, complaints } = await browser.open({ html })
    await page.getByText('This page refuses to work').waitFor()
    const { title } = wordsOf('hasher-self-test')
    expect(await page.getByRole('alert').innerText()).toContain(title)
    expect(await page.getByRole('alert').innerText()).toContain('1 check failed, 479 passed.')
    expect(await page.locator('form, input, select, main button').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('does not run at all when its script is not the one that its policy names', async () => {
    const html = browser.html.replace('480', '481').replace(/<\/script>/, ';0</script>')
    const { page, complaints } = await browser.open({ html })
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Count Once hasher')
    expect(complaints.join('\n')).toContain('script-src')
  })
})

/**
 * Chromium's own dialogue cannot be answered here; this is a place that somebody has chosen, and
 * what became of it.
 */
function placeChosen(fails: boolean): void {
  const written: { bytes: number; acts: string[] } = { bytes: 0, acts: [] }
  const writable = {
    write: (bytes: Uint8Array): Promise<void> => {
      if (fails) return Promise.reject(new DOMException('full', 'QuotaExceededError'))
      written.bytes += bytes.length
      return Promise.resolve()
    },
    truncate: (): Promise<void> => Promise.resolve(),
    seek: (): Promise<void> => Promise.resolve(),
    close: (): Promise<number> => Promise.resolve(written.acts.push('closed')),
    abort: (): Promise<number> => Promise.resolve(written.acts.push('aborted')),
  }
  const handle = {
    name: 'chosen.csv',
    getFile: (): Promise<Blob> => Promise.resolve(new Blob([])),
    createWritable: (): Promise<typeof writable> => Promise.resolve(writable),
    remove: (): Promise<number> => Promise.resolve(written.acts.push('removed')),
  }
  Object.assign(globalThis, {
    written,
    showSaveFilePicker: (): Promise<typeof handle> => Promise.resolve(handle),
  })
}

function written(page: Page): Promise<{ bytes: number; acts: string[] }> {
  return page.evaluate(
    () => (globalThis as unknown as { written: { bytes: number; acts: string[] } }).written,
  )
}

describe.runIf(missing === '')('making a hashed file', () => {
  const header = 'client_ref,first_name,last_name,date_of_birth,gender,postcode,contacts\n'
  const rows = (count: number, birth = (index: number) => `03/0${1 + (index % 9)}/2021`): string =>
    Array.from({ length: count }, (_, index) => {
      const name = String.fromCharCode(97 + (index % 26), 97 + (Math.floor(index / 26) % 26))
      const postcode = `SW${1 + (index % 20)} ${index % 10}${'ABDEFGHJLN'.charAt(index % 10)}L`
      return `C-${index},An${name},Win${name}er,${birth(index)},F,${postcode},3\n`
    }).join('')

  const goToMake = async (file: string): Promise<Page> => {
    const { page } = await browser.open({ withPicker: true })
    await goToColumns(page, {
      key: hasher.at('key.txt'),
      passphrase: PASSPHRASE,
      provider: 'trust-a',
      service: 'slt',
      quarter: '2024-Q1',
      file,
    })
    await goToCheck(page)
    await answerCheck(page)
    return page
  }
  const MAKE = 'Choose where to save it, and make it'

  it('writes straight to the place that was chosen', async () => {
    const page = await goToMake(await hasher.write('few.csv', header + rows(20)))
    await page.evaluate(placeChosen, false)
    await press(page, MAKE)
    await heading(page, 'Hashed file made')
    const { bytes, acts } = await written(page)
    expect(bytes).toBeGreaterThan(20 * 300)
    expect(acts).toEqual(['closed'])
    expect(await page.getByText('chosen.manifest.json').count()).toBeGreaterThan(0)
  })

  it('can be stopped, and leaves nothing behind', async () => {
    const page = await goToMake(await hasher.write('many.csv', header + rows(16_000)))
    await page.evaluate(placeChosen, false)
    const downloads: string[] = []
    page.on('download', (download) => downloads.push(download.suggestedFilename()))
    await press(page, MAKE)
    await press(page, 'Stop')
    await page.getByText(wordsOf('hasher-cancelled').title).waitFor()
    expect((await written(page)).acts).toEqual(['aborted', 'removed'])
    expect(downloads).toEqual([])
    // And can be begun again.
    await page.evaluate(placeChosen, false)
    await press(page, MAKE)
    await heading(page, 'Hashed file made')
    expect((await written(page)).acts).toEqual(['closed'])
  })

  it('tells of a place that cannot be written to, and leaves nothing behind', async () => {
    const page = await goToMake(hasher.at('few.csv'))
    await page.evaluate(placeChosen, true)
    await press(page, MAKE)
    await page.getByText('The hashed file could not be written.').waitFor()
    expect((await written(page)).acts).toEqual(['aborted', 'removed'])
  })

  it('does not go past dates that are written month first', async () => {
    const american = rows(30, (index) => `02/${13 + (index % 15)}/2021`)
    const { page } = await browser.open()
    await goToColumns(page, {
      key: hasher.at('key.txt'),
      passphrase: PASSPHRASE,
      provider: 'trust-a',
      service: 'slt',
      quarter: '2024-Q1',
      file: await hasher.write('american.csv', header + american),
    })
    await press(page, 'Continue')
    await page.getByRole('heading', { name: 'This file cannot continue' }).waitFor()
    expect(await page.getByRole('button', { name: 'Continue' }).count()).toBe(0)
  })
})
