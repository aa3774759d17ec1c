/** Roughly which browser somebody signed in with: what it says of itself is not kept. */
export interface BrowserFamily {
  readonly browser: keyof typeof BROWSERS
  readonly system: keyof typeof SYSTEMS
}

/** Families by what only they say; the first that fits, since each says what others say too. */
const BROWSERS = {
  edge: /\bEdg(e|A|iOS)?\//,
  opera: /\bOPR\//,
  samsung: /\bSamsungBrowser\//,
  firefox: /\b(Firefox|FxiOS)\//,
  // As a browser without a window has it, too.
  chrome: /(Chrome|CriOS)\//,
  safari: /\bSafari\//,
  other: /^/,
} as const

const SYSTEMS = {
  android: /\bAndroid\b/,
  ios: /\b(iPhone|iPad|iPod)\b/,
  windows: /\bWindows\b/,
  mac: /\bMacintosh\b/,
  linux: /\b(Linux|CrOS)\b/,
  other: /^/,
} as const

export const UNKNOWN_BROWSER: BrowserFamily = { browser: 'other', system: 'other' }

/** Far longer than any browser's own. */
const LONGEST = 500

/** The family of a browser from its User-Agent header. */
export function readBrowser(header: string | null): BrowserFamily {
  const text = (header ?? '').slice(0, LONGEST)
  return { browser: firstOf(BROWSERS, text), system: firstOf(SYSTEMS, text) }
}

function firstOf<Name extends string>(
  families: Readonly<Record<Name, RegExp>>,
  text: string,
): Name {
  const names = Object.keys(families) as Name[]
  return names.find((name) => families[name].test(text)) ?? ('other' as Name)
}
