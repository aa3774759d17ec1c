/**
 * What the portal's process may load (docs/decisions/sealed-uploads.md): it reaches no module that opens a key ring, the private half
 * of a key of the workers, or a stranger's file. Types are left out: they are gone when it runs. `npm run check` holds it.
 */

const { options } = require('./.dependency-cruiser.cjs')

/** What opens keys of the workers, and what reads a file. */
const WORKERS_ALONE = [
  '^lib/server/keys/(keys|key-ring|rolling-keys|current-keys|rotate-source|export-source|signing-key)[.]ts$',
  '^lib/server/store/store[.]ts$',
  '^lib/server/intake/reading/',
  '^lib/server/jobs/(asks|worker)/',
  '^lib/core/tabular/open-table[.]ts$',
]

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'the-portal-opens-nothing',
      comment:
        'The portal seals uploads and asks workers; what opens keys or files is theirs alone.',
      severity: 'error',
      from: {
        path: [
          '^app/',
          '^(instrumentation|proxy)[.]ts$',
          '^lib/server/portal/(opening|screens)/',
          '^lib/server/portal/serving/portal-process[.]ts$',
        ],
      },
      to: { path: WORKERS_ALONE, reachable: true },
    },
  ],
  options: { ...options, tsPreCompilationDeps: false },
}
