/**
 * One file of what a hasher runs, for the page and for the executables alike: the same bytes from
 * the same commit.
 */
import { rolldown } from 'rolldown'

/** Where a bundle runs: in a page or its worker, or in Node. */
export type BundlePlatform = 'browser' | 'node'

export interface BundleChoices {
  /** The file to begin with, as a path. */
  readonly entry: string
  readonly platform: BundlePlatform
  /** `iife`: a script that can be inlined. `cjs`: what a single executable takes. */
  readonly format: 'iife' | 'cjs' | 'esm'
  /** Names replaced by an expression, e.g. a version. */
  readonly define?: Readonly<Record<string, string>>
}

/** The bundle's source. Throws when anything but a module of Node is left outside it. */
export async function bundle(choices: BundleChoices): Promise<string> {
  return (await buildBundle(choices)).code
}

/** The files that a bundle is made of. */
export async function listModules(
  choices: Pick<BundleChoices, 'entry' | 'platform'>,
): Promise<readonly string[]> {
  return (await buildBundle({ ...choices, format: 'cjs' })).moduleIds
}

async function buildBundle({
  entry,
  platform,
  format,
  define,
}: BundleChoices): Promise<{ readonly code: string; readonly moduleIds: readonly string[] }> {
  const build = await rolldown({
    input: entry,
    platform,
    transform: { define: { ...define } },
    onLog(level, log) {
      if (level === 'warn') throw new Error(`the bundle of ${entry}: ${log.message}`)
    },
  })
  try {
    const { output } = await build.generate({
      format,
      strict: true,
      minify: true,
      comments: false,
      codeSplitting: false,
    })
    const [chunk, ...more] = output
    if (more.length > 0) throw new Error(`the bundle of ${entry} is more than one file`)
    return chunk
  } finally {
    await build.close()
  }
}
