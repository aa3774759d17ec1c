/**
 * Which folder may import which (docs/architecture.md, "Folders"). `npm run check` holds it.
 */

/** Packages that core may use: they run in browsers as they are. */
const CORE_PACKAGES = [
  '@noble/hashes',
  'papaparse',
  'fflate',
  'saxes',
  'zod',
  'd3-scale',
  'd3-shape',
]

const corePackages = `node_modules/(@types/)?(${CORE_PACKAGES.join('|')})/`

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
    {
      name: 'server-imports-core-and-server',
      severity: 'error',
      from: { path: '^lib/server/' },
      to: { path: '^(app|bin|bench|test|desktop-hasher)/' },
    },
    {
      name: 'hasher-imports-core',
      comment: 'The hasher runs offline on a trust’s machine: nothing of the server belongs in it.',
      severity: 'error',
      from: { path: '^desktop-hasher/' },
      to: { path: '^(app|bin|bench|test|lib/server)/' },
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
      to: { path: '^(lib/server|bin|bench|test)/' },
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
