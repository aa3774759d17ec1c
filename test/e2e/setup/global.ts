import { execFileSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { writeDemonstration } from '#demonstration/write-demonstration.ts'
import { buildPortal, type PortalBuild } from '#server/portal/serving/build-portal.ts'
import { writeHasherPage } from '../../../desktop-hasher/build/hasher-page.ts'
import { writeVerifierPage } from '../../../desktop-hasher/build/verifier-page.ts'
import { startAzurite } from '../../server/setup/azurite.ts'
import { findBrowser } from './browser-program.ts'
import { openInstallation } from './installation.ts'
import { openPostOffice } from './post-office.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The portal of this run: what the browser opens, and the owner's address of its database. */
    portal: {
      readonly origin: string
      readonly databaseUrl: string
      readonly dataDir: string
      /** Every mail that was sent, one a file, as it went over the wire. */
      readonly mailDir: string
      readonly password: string
      /** The files that the demonstration leaves to a visitor, by service. */
      readonly files: Readonly<Record<string, string>>
      /** The pages as they were built. */
      readonly build: PortalBuild
      /**
       * What portal and worker were given in their environment besides: where files are held, and
       * where mail goes.
       */
      readonly env: Readonly<Record<string, string>>
    }
    /** The browser's program; empty when there is none, and how to install it was said. */
    browser: string
  }
}

const HASHER_FOLDER = join(
  import.meta.dirname,
  '../../../node_modules/.cache/count-once/hasher-page',
)

/**
 * A portal of a demonstration on free ports, with a database, a worker, a store of files (Azurite)
 * and a mail server of its own; stopped and removed at the end.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  // What a reading process runs is made from the code beside it, which may have changed.
  execFileSync(process.execPath, [join(import.meta.dirname, '../../../bin/generate.mjs')])
  // Begun together: each waits, or keeps one core busy. What fails is told where it is waited for.
  const building = buildPortal(() => undefined)
  const finding = findBrowser()
  const settled = Promise.allSettled([building, finding])
  const closers: (() => Promise<unknown>)[] = [() => settled]
  const tearDown = async (): Promise<void> => {
    for (const close of closers.reverse()) await close()
  }
  try {
    const azurite = await startAzurite()
    closers.push(() => azurite.stop())
    const post = await openPostOffice()
    closers.push(() => post.close())
    await writeVerifierPage(HASHER_FOLDER)
    const env = {
      BLOB_STORAGE: azurite.connectionString,
      SMTP_URL: post.url,
      COUNTONCE_HASHER: dirname(await writeHasherPage(HASHER_FOLDER)),
    }
    const installation = await openInstallation(env)
    closers.push(() => installation.close())
    const files = await writeLeftOver(installation.folder)
    project.provide('browser', await finding)
    const build = await building
    const { origin } = await installation.startPortal(build)
    const { databaseUrl, dataDir, password } = installation
    project.provide('portal', {
      ...{ origin, databaseUrl, dataDir, password, files, build },
      env: installation.env,
      mailDir: post.folder,
    })
  } catch (error) {
    await tearDown()
    throw error
  }
  return tearDown
}

async function writeLeftOver(folder: string): Promise<Record<string, string>> {
  const written = join(folder, 'files')
  const { manifest } = await writeDemonstration(written, { seed: 1, people: 700 })
  return Object.fromEntries(
    manifest.leftOver.map(({ service, file }) => [service, join(written, file)]),
  )
}
