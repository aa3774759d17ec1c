import { findProgram } from '../../server/setup/debian-program.ts'

/** The browser's program, without windows where there is one; empty when there is none. */
export function findBrowser(): Promise<string> {
  return findProgram({
    packages: ['chromium-headless-shell', 'chromium'],
    ...{ name: 'Chromium', setting: 'CHROMIUM', tests: 'the browser tests' },
    places: [
      '/usr/bin/chromium-headless-shell',
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
    ],
  })
}
