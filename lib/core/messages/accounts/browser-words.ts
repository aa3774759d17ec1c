/** Browsers and systems that somebody signed in with, as far as they are told apart. */

const BROWSER_NAMES = {
  chrome: 'Chrome',
  edge: 'Edge',
  firefox: 'Firefox',
  opera: 'Opera',
  safari: 'Safari',
  samsung: 'Samsung Internet',
  other: 'Another browser',
} as const

const SYSTEM_NAMES = {
  android: ' on Android',
  ios: ' on an iPhone or iPad',
  linux: ' on Linux',
  mac: ' on a Mac',
  windows: ' on Windows',
  other: '',
} as const

/** What a browser is roughly, in words. */
export function browserWords({
  browser,
  system,
}: {
  readonly browser: keyof typeof BROWSER_NAMES
  readonly system: keyof typeof SYSTEM_NAMES
}): string {
  return BROWSER_NAMES[browser] + SYSTEM_NAMES[system]
}
