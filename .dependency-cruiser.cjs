/**
 * Which folder may import which (docs/architecture.md, "The floors of lib/server"). `npm run check` holds it.
 */

/** Packages that core may use: they run in browsers as they are. */
const CORE_PACKAGES = ['@noble/hashes', 'fflate', 'zod', 'd3-scale', 'd3-shape']

const corePackages = `node_modules/(@types/)?(${CORE_PACKAGES.join('|')})/`

/** The floors of lib/server, from the ground up: each imports itself and those before it. */
const FLOORS = [
  'platform',
  'identity',
  'programme',
  'keys',
  'store',
  'intake',
  'linkage',
  'figures',
  'look-up',
  'jobs',
  'portal',
]

/** Floors that are one room. */
const ROOMS_OF_THEIR_OWN = ['keys', 'store']

const floorRules = FLOORS.slice(0, -1).map((floor, index) => ({
  name: `${floor}-imports-no-floor-above`,
  comment: `The floors of lib/server, from the ground up: ${FLOORS.join(', ')}.`,
  severity: 'error',
  from: { path: `^lib/server/${floor}/` },
  to: { path: `^lib/server/(${FLOORS.slice(index + 1).join('|')})/` },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'core-imports-core-only',
      comment:
        'lib/core is pure and isomorphic: the portal, the hashers and the command line run the same code.',
      severity: 'error',
      from: { path: '^lib/core/' },
      to: { pathNot: ['^lib/core/', corePackages] },
    },
    ...floorRules,
    {
      name: 'server-stands-on-its-floors',
      comment: 'A file of lib/server lies in a room of one of its floors.',
      severity: 'error',
      from: {
        path: '^lib/server/',
        pathNot: `^lib/server/(${FLOORS.join('|')})/[^/]+/|^lib/server/(${ROOMS_OF_THEIR_OWN.join('|')})/[^/]+$`,
      },
      to: {},
    },
    {
      name: 'no-folder-cycles',
      comment: 'Rooms of the server use each other one way.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^lib/(server|demonstration|standalone)' },
      to: { path: '^lib/(server|demonstration|standalone)', circular: true },
    },
    {
      name: 'server-imports-core-and-server',
      severity: 'error',
      from: { path: '^lib/server/' },
      to: { path: '^(app|bin|bench|test|desktop-hasher|lib/demonstration)/' },
    },
    {
      name: 'a-real-deployment-loads-no-standalone-part',
      comment:
        'What serves who has only Node and npm (embedded PostgreSQL, the launcher) is loaded by one line, when no database is named.',
      severity: 'error',
      from: {
        path: '^(lib/server|app)/',
        pathNot: '^lib/server/platform/opening/open-database[.]ts$',
      },
      to: { path: '^lib/standalone/' },
    },
    {
      name: 'standalone-is-imported-when-needed',
      severity: 'error',
      from: { path: '^lib/server/' },
      to: { path: '^lib/standalone/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    {
      name: 'demonstration-and-standalone-are-libraries',
      severity: 'error',
      from: { path: '^lib/(demonstration|standalone)/' },
      to: { path: '^(app|bench|test|desktop-hasher)/' },
    },
    {
      name: 'hasher-imports-core',
      comment: 'The hasher runs offline on a trust’s machine: nothing of the server belongs in it.',
      severity: 'error',
      from: { path: '^desktop-hasher/' },
      to: { path: '^(app|bin|bench|test|lib/(server|demonstration|standalone))/' },
    },
    {
      name: 'commands-do-not-import-pages',
      severity: 'error',
      from: { path: '^bin/' },
      to: { path: '^app/' },
    },
    {
      name: 'nothing-imports-the-application',
      severity: 'error',
      from: { pathNot: '^app/' },
      to: { path: '^app/' },
    },
    {
      name: 'client-files-import-core-and-their-own-actions',
      comment:
        'A server action is the only thing of the server that a page in the browser can reach.',
      severity: 'error',
      from: { path: '^app/.*[.-]client[.]tsx?$' },
      to: { path: '^(lib/(server|demonstration|standalone)|bin|bench|test)/' },
    },
    {
      name: 'nothing-imports-tests-or-benchmarks',
      severity: 'error',
      from: { path: '^(lib|app|bin|desktop-hasher)/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports, and that imports nothing, is forgotten.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '^bin/',
          '^bench/',
          '^desktop-hasher/build/',
          '[.]test[.]ts$',
          '[.]d[.]ts$',
          '^test/[^/]+/setup/',
        ],
      },
      to: {},
    },
    {
      name: 'imports-resolve',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'shipped-code-needs-no-package-for-development',
      severity: 'error',
      from: {
        path: '^(lib|app|desktop-hasher)/',
        pathNot: ['[.]d[.]ts$', '^desktop-hasher/build/'],
      },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: ['node_modules/@types/'],
      },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/generated/'] },
    exclude: { path: ['lib/core/pseudonym/hmac/assembly/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
    skipAnalysisNotInRules: true,
  },
}
