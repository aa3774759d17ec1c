import { execFileSync, spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { describe, expect, test } from 'vitest'
import { PSEUDONYM_COLUMNS, pseudonymName } from '#core/pseudonym/kinds.ts'
import { findInlineStatements } from './inline-statements.ts'

const ROOT = path.join(import.meta.dirname, '..')
const THIS_FILE = 'test/repository.test.ts'

/** Files of the repository: those committed, and those that would be. */
function files(...options: string[]): string[] {
  return execFileSync('git', ['ls-files', '-z', ...options], { cwd: ROOT, encoding: 'utf8' })
    .split('\0')
    .filter((file) => file !== '' && file !== THIS_FILE && existsSync(path.join(ROOT, file)))
}

const committed = files('--cached')
const all = [...new Set([...committed, ...files('--others', '--exclude-standard')])].sort()
const texts = new Map(
  all
    .filter((file) => !/[.](png|ico|woff2?|xlsx|zip)$/.test(file))
    .map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]),
)

/** `file: rule` of what lint, set up as here, finds of patterns in one text at several places. */
function lintElsewhere(places: readonly string[], text: string): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'countonce-lint-'))
  try {
    copyFileSync(path.join(ROOT, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'))
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'))
    for (const place of places) {
      mkdirSync(path.dirname(path.join(folder, place)), { recursive: true })
      writeFileSync(path.join(folder, place), text)
    }
    const { stdout } = spawnSync(
      process.execPath,
      [path.join(ROOT, 'node_modules/oxlint/bin/oxlint'), '--format', 'json', '.'],
      { cwd: folder, encoding: 'utf8' },
    )
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: readonly { readonly code: string; readonly filename: string }[]
    }
    return diagnostics
      .filter(({ code }) => code.startsWith('regexp('))
      .map(({ code, filename }) => `${filename}: ${code}`)
      .sort()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** `file:line` of every line of the chosen files that a pattern meets. */
function occurrences(
  chosen: RegExp,
  pattern: RegExp,
  text = (raw: string): string => raw,
): string[] {
  const found: string[] = []
  for (const [file, raw] of texts) {
    if (!chosen.test(file)) continue
    for (const [index, line] of text(raw).split('\n').entries()) {
      if (pattern.test(line)) found.push(`${file}:${index + 1}`)
    }
  }
  return found
}

/** The code without its comments, line for line. */
function withoutComments(raw: string): string {
  return raw
    .replace(/\/\*[^]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''))
    .replace(/(^|\s)\/\/.*$/gm, '$1')
}

/** The code without its comments and without the names of files that it imports. */
function withoutImports(raw: string): string {
  return withoutComments(raw).replace(/\bfrom '[^']*'/g, '')
}

const CODE = /^(lib|bin|bench|test|app|desktop-hasher)\/.*[.](tsx?|mjs)$/
const TYPESCRIPT = /^(lib|bin|bench|test|app|desktop-hasher)\/.*[.]tsx?$/
const ANYTHING = /^(?!package-lock[.]json$)/

interface Locked {
  readonly dev?: boolean
}

describe('what is installed to run', () => {
  const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, Locked>>
  }

  test('holds no command line of Prisma, no studio, no driver of another database, and no second reader of XML', () => {
    const tools =
      /^(prisma(-cli)?|@prisma[/](studio-core|dev|engines|config)|mysql.*|postgres|assemblyscript|saxes)$/
    const kept = Object.entries(lock.packages)
      .filter(([folder, { dev }]) => folder !== '' && dev !== true)
      .map(([folder]) => folder.replace(/^.*node_modules[/]/, ''))
    expect(kept.filter((name) => tools.test(name))).toEqual([])
    expect(kept).toContain('@prisma/client')
  })
})

describe('the code', () => {
  test('has no default export but where the framework asks for one', () => {
    const framework =
      /^app\/.*(page|layout|error|not-found|forbidden|loading|template|default|route)[.]tsx?$|^test\/[a-z0-9-]+\/setup\/global[.]ts$/
    const found = occurrences(CODE, /^\s*export default\b|\bas default\b/)
    expect(found.filter((place) => !framework.test(place.replace(/:\d+$/, '')))).toEqual([])
  })

  test('answers that there is no page in one place, which makes it an entry of the audit trail', () => {
    const found = occurrences(/^app\/(?!guards\/refused[.]ts$)/, /\bnotFound\(|status: 404\b/)
    expect(found).toEqual([])
  })

  test('[S61] refuses who has not the right through the one function that makes it an entry', () => {
    // Of two people: within somebody’s transaction, whose caller makes the entry once that is over. A worker's: the
    // act that it refuses is one.
    const elsewhere =
      /^lib\/server\/(?!identity\/(?:audit\/holds-right|approvals\/approvals)[.]ts$|jobs\/worker\/)/
    expect(occurrences(elsewhere, /!may(?:Act)?\(actor\b.*(?:\brefuse\(|\|\||\?)/)).toEqual([])
    expect(occurrences(elsewhere, /\bholdsRight\(/).length).toBeGreaterThan(30)
  })

  test('has no barrels and no drawers for odds and ends', () => {
    const drawer = /(^|\/)(index|utils?|helpers?|common|misc|types|shared)([.][a-z]+)?(\/|$)/
    expect(all.filter((file) => CODE.test(file) && drawer.test(file))).toEqual([])
    const onlyExportsOn = [...texts].filter(([file, raw]) => {
      if (!TYPESCRIPT.test(file)) return false
      const statements = withoutComments(raw).trim()
      return /^(export\s[^;]*?\sfrom\s+'[^']+'\s*)+$/.test(statements)
    })
    expect(onlyExportsOn.map(([file]) => file)).toEqual([])
  })

  test('is typed throughout and silences no check', () => {
    expect(
      occurrences(
        TYPESCRIPT,
        /(:\s*|\bas\s+|<|\|\s*)any\b(?=\s*([;,)\]>=|&[]|$))/,
        withoutComments,
      ),
    ).toEqual([])
    expect(
      occurrences(
        CODE,
        /(eslint|oxlint)-disable|@ts-(ignore|nocheck|expect-error)|istanbul ignore|v8 ignore/,
      ),
    ).toEqual([])
  })

  test('has no line wider than the formatter promises, but for what it may not break', () => {
    // Strings, templates, patterns and text of pages stay in one piece.
    const quoted = /`.*`|`.*$|^.*`|'[^']*'|"[^"]*"|[/](?![/*]).*[/]/g
    const withoutTemplates = (raw: string): string =>
      raw.replace(/`(?:\\.|[^`\\])*`/g, (template) => template.replace(/[^\n]/g, ''))
    const widths = (raw: string): number[] => {
      const code = withoutTemplates(raw).split('\n')
      return raw
        .split('\n')
        .map((line, index) =>
          /^\s*([*]|[/][/]|[/][*])/.test(line)
            ? line.length
            : Math.min(
                (code[index] ?? '').replace(quoted, '').length,
                line.replace(quoted, '').length,
              ),
        )
    }
    const wide = [...texts].flatMap(([file, raw]) =>
      !TYPESCRIPT.test(file) || /query-types|[/]assembly[/]/.test(file)
        ? []
        : widths(raw).flatMap((width, index) =>
            width > 130 ? [`${file}:${String(index + 1)}`] : [],
          ),
    )
    expect(wide).toEqual([])
    // A migration that was applied is never edited.
    expect(occurrences(/^(?!prisma[/]migrations).*[.]sql$/, /^.{131,}$/)).toEqual([])
    // Prisma breaks no line within an attribute, nor within the index that it cannot state.
    const attribute = /^(?!.* @relation[(]|[/]{3} Beside Prisma: ).{131,}$/
    expect(occurrences(/[.]prisma$/, attribute)).toEqual([])
    const prose = /^(?![|]|\s{4}|.*https?:).{300,}$/
    expect(occurrences(/^(docs[/].*|README)[.]md$/, prose)).toEqual([])
  })

  test('[S30] has every pattern of what runs checked for backtracking, and for beginning over and over', () => {
    const places = [
      'lib/core/a.ts',
      'lib/server/a.ts',
      'lib/standalone/a.ts',
      'desktop-hasher/a.ts',
      'app/a.tsx',
      'bin/a.mjs',
      'proxy.ts',
    ]
    const patterns = ['/^(a+)+$/', '/a+b/', '/^a+b/']
    const text = `export const met = (text) => [${patterns.map((one) => `${one}.test(text)`).join()}]\n`
    expect(lintElsewhere(places, text)).toEqual(
      places
        .flatMap((place) => [
          `${place}: regexp(no-super-linear-backtracking)`,
          `${place}: regexp(no-super-linear-move)`,
        ])
        .sort(),
    )
  })

  test('leaves nothing for later', () => {
    expect(occurrences(CODE, /\b(TODO|FIXME|XXX:|HACK)\b/)).toEqual([])
    expect(occurrences(/[.]test[.]ts$/, /\b(test|it|describe)[.](skip|only|todo|fails)\b/)).toEqual(
      [],
    )
  })

  test('prints nothing from its rooms', () => {
    expect(occurrences(/^lib\/.*[.]ts$/, /\bconsole\s*[.[]/, withoutComments)).toEqual([])
  })

  test('mocks none of itself', () => {
    expect(occurrences(/^test\/.*[.]ts$/, /\bvi[.](mock|doMock|hoisted)\(/)).toEqual([])
  })

  test('lists the pseudonyms of a record in one place, from which the rest follows', () => {
    const code =
      /^((app|bench|bin|desktop-hasher|lib)\/.*[.](tsx?|mjs)|(prisma\/sql|desktop-hasher)\/.*[.]sql)$/
    const lists = [...texts].flatMap(([file, text]) =>
      code.test(file) && mostKindsTogether(text) >= 3 ? [file] : [],
    )
    expect(lists.sort()).toEqual(Object.keys(SPEAKS_OF_KINDS).sort())
  })

  test.each([
    "const COLUMNS = ['child_pseudonym', 'client_pseudonym', 'email_pseudonym']",
    'nameBirth: 1,\nnamePostcode: 2,\nsoundBirth: 3,',
    "['name_birth', 'birth_postcode', 'nhs_number_pseudonym']",
  ])('takes for a list of pseudonyms: %s', (text) => {
    expect(mostKindsTogether(text)).toBeGreaterThanOrEqual(3)
  })

  test('makes the summary of what is wrong in one place, for pages of the portal and of the hasher', () => {
    const found = occurrences(/^(app|lib|desktop-hasher)\/.*[.]tsx?$/, /govuk-error-summary\b/)
    const places = new Set(found.map((place) => place.replace(/:\d+$/, '')))
    expect([...places]).toEqual(['lib/core/forms/error-summary.ts'])
  })

  test('builds every address of the portal in one place', () => {
    // A string that begins with a slash and a letter, or with nothing but the slash, is an address.
    const written = /(['"`])\/(?=[a-z[]|\1|\$\{)/
    expect(occurrences(/^app\/.*[.]tsx?$/, written, withoutImports)).toEqual([])
    // In mails and redirects of the server one would follow the origin.
    const afterOrigin = /[oO]rigin\}\/|[oO]rigin\s*\+\s*['"`]\//
    expect(occurrences(/^(app|lib\/server)\/.*[.]tsx?$/, afterOrigin, withoutComments)).toEqual([])
  })

  test('[S71] connects to the database in few places, and to what the portal’s own login may not read in one', () => {
    const shipped = /^(lib|app|bin)\/.*[.]tsx?$|^(proxy|instrumentation)[.]ts$/
    const filesOf = (pattern: RegExp): string[] => [
      ...new Set(
        occurrences(shipped, pattern, withoutComments).map((place) => place.replace(/:\d+$/, '')),
      ),
    ]
    expect(filesOf(/\bopenPool\(|new (pg[.])?(Pool|Client)\(/).sort()).toEqual([
      'bin/queries.ts',
      // A thread of the worker's, by the worker's login.
      'lib/server/figures/reach/estimate-thread.ts',
      'lib/server/identity/actors/login-roles.ts',
      'lib/server/identity/audit/looks.ts',
      'lib/server/jobs/asks/answer-asks.ts',
      // A copy that is being restored, and the one of a drill: by their owner, on the command line.
      'lib/server/jobs/backup/drill-backup.ts',
      'lib/server/jobs/backup/restore-backup.ts',
      'lib/server/platform/db/migrate.ts',
      'lib/server/platform/db/pool.ts',
      'lib/server/portal/opening/portal.ts',
      'lib/server/store/store.ts',
      'lib/standalone/postgres/embedded.ts',
    ])
    expect(filesOf(/new Looks\(/)).toEqual(['lib/server/portal/opening/portal.ts'])
    expect(filesOf(/\breaderUrls\b|(EXACT|AUDIT)_DATABASE_URL/).sort()).toEqual([
      'lib/server/portal/opening/portal-settings.ts',
      'lib/server/portal/opening/portal.ts',
    ])
  })

  test('holds no demonstration programme of its own: wards and services are data', () => {
    const place = /\b(lambeth|stockwell|coldharbour|vassall|tulse)\b/i
    expect(
      occurrences(/^(lib\/core|app|desktop-hasher)\/.*[.]tsx?$/, place, withoutComments),
    ).toEqual([])
  })
})

/** Files that name three pseudonyms or more in a few lines, each with why it must. */
const SPEAKS_OF_KINDS: Readonly<Record<string, string>> = {
  'lib/core/pseudonym/kinds.ts': 'the one list',
  'lib/server/platform/db/query-types.ts': 'made from the database',
  'lib/core/rights/agreement.ts': 'whose a record is, each rule of its own kinds',
  'lib/core/linkage/policy.ts': 'rules of linkage, each of its own kinds',
  'lib/core/linkage/settle.ts': 'what disagrees for one rule of linkage',
  'lib/core/linkage/twins.ts': 'names and their sounds, and what else tells twins apart',
  'lib/core/linkage/vetoes.ts': 'what must agree beside a number, a reference, an email',
  'lib/core/checks/record-tally.ts': 'which kinds together are strong evidence',
  'lib/core/checks/whole-file/people-forecast.ts': 'what a file alone can link by, and how',
  'lib/core/hashed-file/sealed-rows.ts': 'what rows of one reference must agree in',
  'lib/core/estimate/clean-part.ts': 'which alternates a person has',
  'lib/core/estimate/typed-slips.ts': 'what each slip changes',
  'lib/core/estimate/rule-doubts.ts': 'which kinds a rule that doubts asks for',
  'lib/core/estimate/slip-counts.ts': 'which kinds tell one slip from another',
  'prisma/sql/decisions/find-decision-side.sql': 'what a side of a decision is shown by',
  'prisma/sql/submissions/compare-earlier.sql': 'a number or a name that is another’s',
  'lib/server/look-up/finding/find-involvement.ts': 'what leads a look-up to somebody',
  'bench/linkage.ts': 'what invented people carry',
  'bench/quality/between-parts.ts': 'says what keeps people apart who were found as several',
}

/** The names that a pseudonym has, but those that an identifier or a role has too. */
const NAMES_OF_KINDS = PSEUDONYM_COLUMNS.map((pseudonym) => {
  const { column, field } = pseudonym
  const others = [field, pseudonymName(pseudonym)].filter(
    (name) => !/^(nhs|email|mobile|carer|client$|child$)/.test(name),
  )
  return new RegExp(`(?<!\\w)(${[column, ...others].join('|')})(?!\\w)`)
})

/** How many pseudonyms are named within eight lines of a text, at most. */
function mostKindsTogether(text: string): number {
  const named = text
    .split('\n')
    .map((line) => NAMES_OF_KINDS.flatMap((name, kind) => (name.test(line) ? [kind] : [])))
  return Math.max(...named.map((_, at) => new Set(named.slice(at, at + 8).flat()).size))
}

/** Every table there is, also those that a transaction makes for itself. */
const tables = [
  ...new Set(
    [...texts]
      .filter(([file]) => /^prisma\/.*[.]sql$/.test(file))
      .flatMap(([, sql]) => [
        ...sql.matchAll(/\bcreate (?:temporary )?table (?:if not exists )?(\w+)/g),
      ])
      .map(([, name = '']) => name),
  ),
]

describe('statements of SQL', () => {
  test('stand in prisma/sql and bench/sql, and in no string of the code', () => {
    const found = [...texts]
      .filter(([file]) => /^(lib|app|bin|bench|desktop-hasher)\/.*[.](tsx?|mjs)$/.test(file))
      // What writes the scripts that a trust installs writes SQL, and runs none.
      .filter(([file]) => !file.startsWith('desktop-hasher/sql-scripts/'))
      .flatMap(([file, code]) =>
        findInlineStatements(file, code, tables).map(
          ({ line, begins }) => `${file}:${line} ${begins}`,
        ),
      )
    expect(found).toEqual([])
  })

  test('that nobody asks for are gone', () => {
    const code = [...texts]
      .filter(
        ([file]) => /^(lib|app|bin)\/.*[.]tsx?$/.test(file) && !file.endsWith('/query-types.ts'),
      )
      .map(([, text]) => text)
      .join('\n')
    const named = [...texts.keys()].flatMap(
      (file) => /^prisma\/sql\/(.*)[.]sql$/.exec(file)?.[1] ?? [],
    )
    expect(named.length).toBeGreaterThan(100)
    expect(named.filter((name) => !code.includes(`'${name}'`))).toEqual([])
  })

  test('are found wherever they stand', () => {
    const written = [
      "client.query('select 1')",
      'const SELECT = `\n  select code, name\n  from ward`',
      'const SELECT = `select ${COLUMNS} from ${table}`',
      "const QUERY = 'select code ' + 'from ' + name",
      'run(`${SELECT} where reference = $1`)',
      'run(SELECT + " order by id limit $2")',
      "const TEXTS = { lock: ['select pg_advisory_xact_lock(1)'] }",
      "f('select from act where id = 1')",
      "f('select count(*) from somewhere')",
      "f('select migration_name as name from _prisma_migrations where rolled_back_at is null')",
      'sql`insert into act (kind) values (${kind})`',
      "f('update act set stage = 1')",
      'f(`update ${table} n set ${column} = 1`)',
      "f('delete from act')",
      "f('-- Why\\ndelete from somewhere where id = 1')",
      "f('WITH RECURSIVE known (event) AS (SELECT 1) SELECT * FROM known')",
      "f('begin; drop table if exists act cascade')",
      "f('create temporary table rekeyed (id bigint not null)')",
      "f('create index concurrently on act (id)')",
      'f(`create database ${name}`)',
      'f(`drop index ${name}`)',
      "f('alter table act add column more text')",
      'f(`truncate ${table}`)',
      "f('analyze act')",
      "f('grant select on act to countonce_app')",
      'f(`grant ${role} to countonce_app`)',
      "f('lock table act in share mode')",
      "f('copy (select code from ward) to stdout')",
      'class A { readonly #text = `(select id from act)` }',
      "const el = <Table of='select code from ward' />",
    ]
    const missed = written.filter(
      (code) => findInlineStatements('file.tsx', code, tables).length === 0,
    )
    expect(missed).toEqual([])
  })

  test('are not found in settings, transactions, COPY and English', () => {
    const english = [
      "f('set local role countonce_reader')",
      'f(`set local work_mem = 1`)',
      "f('set client_min_messages = warning')",
      "f('set transaction isolation level repeatable read')",
      "f('select set_config(name, value, true) from unnest($1::text[], $2::text[]) as s (name, value)')",
      "f('begin')",
      "f('savepoint described')",
      "f('rollback to savepoint described')",
      'f(`copy ${target} from stdin with (format binary)`)',
      'f(`copy (${query}) to stdout with (format binary)`)',
      "run(client, 'tables/analyze', [])",
      "f('select a file')",
      "f('select files from your computer')",
      "f('Select the services from the list')",
      "f('Select file(s)')",
      "f('with the file as it is (or without)')",
      "f('insert into the form what it says')",
      "f('update the mapping and set it aside')",
      "f('delete from the list')",
      "f('create table of contents')",
      "f('create an account')",
      "f('drop the file here')",
      "f('lock the door')",
      "f('grant them access')",
      'const el = <p>select code from ward</p>',
      "text.replace(pattern, '<strong>$1</strong>')",
      "// select code from ward\nf('nothing')",
      "const select = 'select'",
      "f('It costs £5, or $5')",
    ]
    expect(english.flatMap((code) => findInlineStatements('file.tsx', code, tables))).toEqual([])
  })
})

describe('the words', () => {
  test('are spelt in the UK way', () => {
    const american =
      /\b(pseudonymiz|anonymiz|normaliz(?!e\b)|organiz|authoriz(?!ation['"]?\s*[:)]|e\()|recogniz|summariz|behavior|neutraliz)/i
    // What providers write in their headers is theirs to spell.
    const found = occurrences(/^(lib|app)\/.*[.]tsx?$|^(docs\/.*|README)[.]md$/, american)
    expect(
      found.filter(
        (place) => !/standard\/(header-party|header-reading|header-synonyms|codes)/.test(place),
      ),
    ).toEqual([])
  })

  test('are one for each idea in what people read', () => {
    // A pseudonym is never called a hash, token or salt on a screen; providers are not vendors,
    // findings not bugs.
    const wrong = /\b(hash(es|ed)?(?!-)|tokens?|salt(ed|s)?|vendor|supplier|dedup\w*)\b/i
    const hashedFile = /\bhashed file/i
    // Whoever hashes at source is told to hash again; it is what they do with a file, and no name
    // of a pseudonym.
    // What a program sends files with is a token, and no name of a pseudonym.
    const ofPrograms =
      /TOKEN_WORDS|token: \{|token is revoked|--token-file|submit-token|There is no token to send|whole token|cos_|submission-token|Token for automated|token with which a program|has the token|present token|'token[.]manage'/
    const found = occurrences(
      /^lib\/core\/messages\/(?!hasher\/hashed-refusals|submissions\/token-refusals)/,
      wrong,
      withoutComments,
    )
    expect(
      found.filter((place) => !hashedFile.test(lineAt(place)) && !ofPrograms.test(lineAt(place))),
    ).toEqual([])
  })

  test('are those of docs/words.md: rows must be fixed, people have an email address', () => {
    // What providers call their own columns is theirs to spell.
    const theirs = /header-(reading|sets|synonyms)|suggest[.]test|messy-file|service-habits/
    const people =
      /^(app|lib|bin|desktop-hasher|test|bench|docs)\/.*[.](tsx?|mjs|md)$|^README[.]md$/
    const found = [
      ...occurrences(people, /(^|[^a-z])e-mail/i),
      ...occurrences(people, /\bmend(s|ed|ing)?\b/i),
      ...occurrences(people, /standard dataset/i),
    ]
    expect(found.filter((place) => !theirs.test(place))).toEqual([])
  })

  test('call no pseudonym a hash on a page', () => {
    // Hashing at source is what a provider does with a file; the SHA-256 of a download is its name.
    const said = /\bhash(es)?\b|\bhashed\b/i
    const allowed =
      /hash(ed|es)? at source|hashed (file|with|under|for)|was hashed|is hashed|Hash at source/i
    const found = occurrences(/^app\/.*[.]tsx$/, said, withoutImports)
    expect(found.filter((place) => !allowed.test(lineAt(place)))).toEqual([])
  })

  test('never promise that what is stored is anonymous', () => {
    expect(occurrences(/^(lib|app)\/.*[.]tsx?$/, /\banonymis(e|ed|ation)\b/i)).toEqual([])
  })
})

function lineAt(place: string): string {
  const [file = '', line = '0'] = place.split(':')
  return texts.get(file)?.split('\n')[Number(line) - 1] ?? ''
}

describe('the repository', () => {
  test('[S36] holds no key or secret', () => {
    const key = /(^|[^0-9a-f])[0-9a-f]{64}([^0-9a-f]|$)/i
    // The digest of nothing at all is everybody's, and named because it is refused as a key.
    const ofNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    const found = occurrences(/^(?!test\/|package-lock|docs\/decisions\/)/, key, (raw) =>
      raw.replaceAll(ofNothing, ''),
    )
    expect(found).toEqual([])
    const named = /(key|secret|seed|passphrase)\w*['"]?\s*[:=]\s*['"`][0-9a-f]{64}/i
    expect(occurrences(/^test\/(?!vectors\/)/, named)).toEqual([])
    expect(occurrences(ANYTHING, /-----BEGIN [A-Z ]*PRIVATE KEY-----/)).toEqual([])
    expect(occurrences(ANYTHING, /\bpostgres(ql)?:\/\/[^\s:@/'"`$]+:[^\s@/'"`$]{3,}@/)).toEqual([])
    expect(
      all.filter((file) => /(^|\/)[.]env($|[.](?!example$))|[.](pem|key|p12|pfx)$/.test(file)),
    ).toEqual([])
  })

  test('has in docs/security.md the line of every tag of a test, which names that test and no proof that is none', () => {
    const list = (texts.get('docs/security.md') ?? '').split(/^- (?=[*]{2}S)/m).slice(1)
    const tagged = [...texts, [THIS_FILE, readFileSync(import.meta.filename, 'utf8')] as const]
      .filter(([file]) => /^test\/.*[.]ts$/.test(file))
      .flatMap(([file, raw]) =>
        [...raw.matchAll(/\[(S[0-9]+)\]/g)].map(([, line = '']) => ({
          line,
          file: file.replace(/^test\//, '').replace(/([.]test)?[.]ts$/, ''),
        })),
      )
    const lines = list.map((text) => /^[*]{2}(S[0-9]+)[*]{2}/.exec(text)?.[1] ?? '')
    expect(lines).toEqual(Array.from({ length: 75 }, (_, index) => `S${String(index + 1)}`))
    expect(tagged.filter(({ line }) => !lines.includes(line))).toEqual([])
    const claimed = list.flatMap((text, index) =>
      [...(text.split(/Proved\s+by/)[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, file = '']) => ({
        line: lines[index] ?? '',
        file,
      })),
    )
    // A line that holds names what proves it, or says why nothing can here.
    const proved = new Set(claimed.map(({ line }) => line))
    expect(
      list.filter(
        (text, index) =>
          /\bholds\b/.test(text) && /Proved/.test(text) && !proved.has(lines[index] ?? ''),
      ),
    ).toEqual([])
    const proofs = new Set(tagged.map(({ line, file }) => `${line} ${file}`))
    expect(claimed.filter(({ line, file }) => !proofs.has(`${line} ${file}`))).toEqual([])
    const named = new Set(claimed.map(({ line, file }) => `${line} ${file}`))
    expect([...proofs].filter((proof) => !named.has(proof)).sort()).toEqual([])
  })

  test('[S18] takes no form with a field that it has not: but for columns and boxes, whose names its page makes', () => {
    const lax = /\bz\.object\(|\.(loose|strip|passthrough|catchall)\(|\blooseObject\(|\.record\(/
    const files = occurrences(/^app\/.*actions\.ts$/, lax).map((place) =>
      place.replace(/:[0-9]+$/, ''),
    )
    expect([...new Set(files)].sort()).toEqual([
      'app/files/[reference]/check/correct/[row]/actions.ts',
      'app/files/[reference]/match/actions.ts',
      'app/files/[reference]/values/actions.ts',
      // It refuses other names itself: those of sources that there are not.
      'app/look-up/grants/actions.ts',
      // It refuses other names itself.
      'app/programme/framework/draft/actions.ts',
      // A part of a form, whose shape is put into a strict one.
      'app/programme/register/actions.ts',
      // They refuse other names themselves.
      'app/programme/services/[service]/actions.ts',
      'app/rights/[request]/actions.ts',
    ])
    expect(occurrences(/^app\/.*actions\.ts$/, /\bz(\.|$)/).length).toBeGreaterThan(100)
  })

  test('names no place of one machine', () => {
    const place = /(^|[\s'"`(=])(\/work\/|\/root\/|\/home\/[a-z]|\/Users\/[a-z]|[A-Z]:\\Users)/
    expect(occurrences(ANYTHING, place)).toEqual([])
  })

  test('[S65] installs from whichever registry npm is told to use, and none of the abandoned readers of workbooks', () => {
    const lock = readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')
    expect(lock).not.toContain('"resolved": "http')
    expect(lock).not.toMatch(/"node_modules\/(xlsx|exceljs)"/)
  })

  test('locks every package that another one names, so that npm ci runs on every platform', () => {
    const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as LockFile
    const missing: string[] = []
    for (const [folder, entry] of Object.entries(lock.packages)) {
      for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
        if (!resolves(lock, folder, name)) missing.push(`${folder} needs ${name}`)
      }
    }
    expect(missing).toEqual([])
  })

  test('keeps what can be made again out of git', () => {
    const made =
      /(^|\/)(node_modules|generated|[.]data|[.]next|dist|coverage|results)\/|[.]tsbuildinfo$/
    expect(committed.filter((file) => made.test(file))).toEqual([])
  })
})

interface LockFile {
  readonly packages: Record<
    string,
    { dependencies?: Record<string, string>; optionalDependencies?: Record<string, string> }
  >
}

/** Whether a package is found from a folder as Node looks for it: there, and in every folder above. */
function resolves(lock: LockFile, folder: string, name: string): boolean {
  for (
    let place = folder;
    ;
    place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))
  ) {
    if (Object.hasOwn(lock.packages, `${place === '' ? '' : `${place}/`}node_modules/${name}`))
      return true
    if (place === '') return false
  }
}
