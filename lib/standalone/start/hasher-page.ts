import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '#server/platform/machine/project-folder.ts'

/**
 * Builds the pages that the portal offers for download, the hasher and the verifier, as this clone
 * has them. Never
 * fails: without it the portal says how it is built. A folder of one's own (COUNTONCE_HASHER) is
 * left alone, and so is a clone without packages for development.
 */
export async function offerHasherPage(onNotice: (notice: string) => void): Promise<void> {
  const root = join(projectFolder('bin'), '..')
  const builder = join(root, 'desktop-hasher/build/build-hasher.ts')
  if (process.env['COUNTONCE_HASHER'] !== undefined) return
  if (!existsSync(builder) || !existsSync(join(root, 'node_modules/rolldown'))) return
  const child = spawn(process.execPath, [builder, 'page', 'verifier'], {
    cwd: root,
    stdio: 'ignore',
  })
  const status = await new Promise<number | null>((resolve) => {
    child.once('error', () => {
      resolve(null)
    })
    child.once('exit', resolve)
  })
  if (status !== 0)
    onNotice('The pages to be downloaded were not built: `npm run hasher page verifier` says why.')
}
