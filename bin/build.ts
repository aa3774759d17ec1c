import { buildPortal } from '#server/portal/serving/build-portal.ts'
import { offerHasherPage } from '#standalone/start/hasher-page.ts'
import { say } from './terminal.ts'

/**
 * npm run build: makes everything that is made (generated files, pages, the hasher's page), so that
 * what is left after `npm prune --omit=dev` runs as it is.
 */
await buildPortal(say)
await offerHasherPage(say)
