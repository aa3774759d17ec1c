import {
  answerCheck,
  goToCheck,
  goToColumns,
  makeAndSave,
  missingBrowser,
  startHasherBrowser,
} from '../setup/hasher-browser.ts'
import type { Way } from './way.ts'

/** The page, opened from a folder in Chromium with the network refused. */
export const hasherPage: Way = {
  name: 'the page',
  missing: missingBrowser,
  async hash(given) {
    const browser = await startHasherBrowser()
    try {
      const { page } = await browser.open()
      await goToColumns(page, { ...given, file: given.extract })
      await goToCheck(page)
      await answerCheck(page)
      const saved = await makeAndSave(page)
      return { csv: saved['.csv'] ?? '', manifest: saved['.manifest.json'] ?? '{}' }
    } finally {
      await browser.close()
    }
  },
}
