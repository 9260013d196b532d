import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { expect, test } from 'vitest'

/** What stands below the plan's own types; `plan/plan-types.ts` is generated. */
const BELOW_THE_PLAN: readonly string[] = [
  'facts',
  'words/counting.ts',
  'plan/plan-types.ts',
  'plan/diagnostic.ts',
  'resources/braces.ts',
  'resources/resource.ts',
]

/**
 * Which folder or file may import from which. The table is the documentation: arrows run one way.
 *
 *   plan ◀─ check      plan ◀─ compile ─▶ resources ◀─ live ◀─ diff ◀─ apply ─▶ google
 *                                             ▲
 *   sandbox (alone)                         render            commands ─▶ everything
 */
const ALLOWED: { readonly [from: string]: readonly string[] } = {
  // The codes of every step, in words; what lists and explains all of them stands above the rules.
  'codes/all.ts': ['codes', 'check/rules'],
  'codes/explain.ts': ['codes', 'check'],
  codes: ['codes'],
  // What the plan's own types are made of.
  sources: ['sources', ...BELOW_THE_PLAN],
  triggers: ['triggers', 'sources', ...BELOW_THE_PLAN],
  // One file a vendor that conversions go to.
  destinations: [
    'destinations',
    'plan/plan.ts',
    'plan/plan-types.ts',
    'sources',
    'facts',
    'resources/braces.ts',
    'resources/resource.ts',
  ],
  plan: ['plan', 'sources', 'triggers', 'codes/code.ts'],
  resources: ['resources', 'plan/diagnostic.ts', 'codes/code.ts', 'facts/limits.ts'],
  // One file a resource kind.
  kinds: [
    'kinds',
    'resources',
    'facts',
    'sources',
    'triggers',
    'destinations',
    'plan/plan.ts',
    'plan/plan-types.ts',
    'plan/diagnostic.ts',
  ],
  words: ['words', 'kinds', 'resources', 'plan/diagnostic.ts', 'plan/plan-types.ts'],
  // What is true of GA4 and GTM, as data.
  facts: ['facts'],
  check: [
    'check',
    'words/counting.ts',
    'words/plan-words.ts',
    'destinations',
    'plan',
    'sources',
    'triggers',
    'facts',
    'codes/code.ts',
    'codes/rule-code.ts',
    'codes/facts.ts',
    'codes/language.ts',
    'resources/braces.ts',
    'resources/key.ts',
    'resources/marker.ts',
  ],
  compile: [
    'compile',
    'destinations',
    'plan',
    'sources',
    'triggers',
    'facts',
    'kinds',
    'resources',
    'words/counting.ts',
    'words/plan-words.ts',
  ],
  analytics: [
    'analytics',
    'plan',
    'sources',
    'triggers',
    'facts',
    'codes/code.ts',
    'optional',
    'pages',
    'words/counting.ts',
    'words/plan-words.ts',
    'words/width.ts',
  ],
  // A container in the terms of the plan: what its tags mean, and whether two say the same.
  lift: ['lift', 'plan', 'resources', 'kinds', 'facts'],
  // The lift proposes, check and compile judge.
  import: [
    'import',
    'lift',
    'plan',
    'sources',
    'triggers',
    'resources',
    'check',
    'compile',
    'destinations',
    'facts',
    'live',
    'diff/field-changes.ts',
    'codes/code.ts',
  ],
  // What a package manager may not have installed.
  optional: ['optional'],
  google: ['google', 'facts', 'codes/code.ts'],
  // Google's answers become live resources here; reading them is the one file that can reach Google.
  'live/read-live.ts': ['live', 'kinds', 'resources', 'plan/diagnostic.ts', 'google'],
  live: ['live', 'kinds', 'resources', 'facts/built-ins.ts', 'plan/diagnostic.ts'],
  diff: [
    'diff',
    'destinations',
    'live',
    'kinds',
    'words',
    'resources',
    'plan/diagnostic.ts',
    'codes/code.ts',
  ],
  apply: [
    'apply',
    'diff',
    'live',
    'kinds',
    'words',
    'resources',
    'plan/diagnostic.ts',
    'codes/code.ts',
    'google',
  ],
  // Desired against desired: no Google, no git.
  review: [
    'review',
    'plan',
    'codes/code.ts',
    'sources',
    'triggers',
    'check',
    'compile',
    'facts',
    'kinds',
    'resources',
    'words',
    'diff/field-changes.ts',
  ],
  // Runs in the page too: nothing of Node, nothing of the rest.
  'runtime/core': ['runtime/core'],
  'runtime/node': ['runtime/node', 'runtime/core'],
  'runtime/page': ['runtime/page', 'runtime/core'],
  // The plan's words against the container that they compile to.
  proof: [
    'proof',
    'plan',
    'sources',
    'triggers',
    'resources',
    'runtime',
    'pages',
    'check/schema/did-you-mean.ts',
    'words/counting.ts',
  ],
  github: ['github'],
  git: ['git', 'plan/read.ts', 'plan/limits.ts', 'codes/code.ts'],
  render: [
    'render',
    'kinds',
    'words',
    'resources',
    'plan/diagnostic.ts',
    'codes/code.ts',
    'review/review.ts',
    'review/words-only.ts',
  ],
  sandbox: ['sandbox'],
  // What a browser shows: documents, reports, scorecards.
  pages: ['pages'],
  // What people read and developers build on: pure, but for what the commands hand in.
  docs: [
    'docs',
    'pages',
    'plan',
    'sources',
    'triggers',
    'facts',
    'resources',
    'compile',
    'kinds',
    'destinations/kinds.ts',
    'destinations/module.ts',
    'destinations/sends.ts',
    'words',
    'review/fields.ts',
    'review/conversions.ts',
    'check/amounts.ts',
    'check/schema/did-you-mean.ts',
    'codes/code.ts',
    'render/diagnostics.ts',
    'render/markdown-text.ts',
    'render/review-mermaid.ts',
  ],
  commands: [
    'commands',
    'proof',
    'runtime',
    'codes',
    'plan',
    'kinds/kinds.ts',
    'check',
    'compile',
    'lift',
    'import',
    'analytics',
    'resources',
    'google',
    'optional',
    'live',
    'diff',
    'apply',
    'render',
    'sandbox',
    'docs',
    'pages',
    'review',
    'github',
    'git',
    'words',
  ],
  'cli.ts': ['commands'],
  // What Playwright users import.
  'playwright.ts': ['commands', 'proof', 'runtime'],
  // What tests of users import to hold pushes against the plan.
  'pushes.ts': ['commands', 'docs'],
}

const src = new URL('../src/', import.meta.url).pathname
const files = (readdirSync(src, { recursive: true }) as string[])
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.(ts|js)$/.test(file))

interface Import {
  readonly from: string
  readonly to: string
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8')
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '')
  return specifiers.map((specifier) => ({
    from: file,
    to: specifier.startsWith('.') ? relative(src, normalize(join(src, dirname(file), specifier))) : specifier,
  }))
}

const imports = files.flatMap(importsOf)

function ruleFor(file: string): string {
  if (file in ALLOWED) return file
  const [folder = file, inner = ''] = file.split('/')
  return `${folder}/${inner}` in ALLOWED ? `${folder}/${inner}` : folder
}

test('imports run one way, as in the table', () => {
  const broken = imports
    .filter(({ to }) => !to.startsWith('..') && files.includes(to))
    .filter(
      ({ from, to }) =>
        !(ALLOWED[ruleFor(from)] ?? []).some((allowed) => to === allowed || to.startsWith(`${allowed}/`)),
    )
  expect(broken).toEqual([])
})

test('every folder has a line in the table', () => {
  expect(files.map(ruleFor).filter((rule) => !(rule in ALLOWED))).toEqual([])
})

test('ARCHITECTURE.md has every folder, once, and no other', () => {
  const text = readFileSync(join(src, '../ARCHITECTURE.md'), 'utf8')
  const named = [...text.matchAll(/^\|(.*?)\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`src\/([a-z0-9]+)\/`/g)].map(([, folder]) => folder),
  )
  const folders = new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/')[0]))
  expect(named.sort()).toEqual([...folders].sort())
})

test('only google/ imports Google’s client', () => {
  const client = imports.filter(({ to }) => /^(googleapis|google-auth-library)/.test(to))
  expect(client.filter(({ from }) => !from.startsWith('google/'))).toEqual([])
  expect(client).not.toEqual([])
})

test('one module reads `{{name}}`', () => {
  // Of their own grammars: a key between braces, and the formulas of GA4's metrics. The runtime and the sandbox stand apart.
  const others =
    /^(resources\/key|check\/rules\/property\/(calculated-metrics-fit|metrics-are-known-to-ga4))\.ts$/
  const readers = files.filter(
    (file) =>
      !/^(runtime|sandbox)\//.test(file) &&
      !others.test(file) &&
      /\\\{\\\{|(?:includes|indexOf|split)\('\{\{/.test(readFileSync(join(src, file), 'utf8')),
  )
  // Which counts the braces of Handlebars.
  expect(readers.filter((file) => file !== 'compile/template-rules.ts')).toEqual(['resources/braces.ts'])
})

/** All that is loaded with a file: what it imports, and what that imports, but not what is imported when it is needed. */
function loadedWith(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  if (!files.includes(file)) return seen
  const text = readFileSync(join(src, file), 'utf8').replaceAll(/import type [^;]*? from '[^']+'/g, '')
  for (const [, specifier = ''] of text.matchAll(/(?:^|\n)(?:import|export)\s[^'(]*?'([^']+)'/g)) {
    loadedWith(
      specifier.startsWith('.') ? relative(src, normalize(join(src, dirname(file), specifier))) : specifier,
      seen,
    )
  }
  return seen
}

test.each(['validate', 'compile', 'explain', 'fmt', 'diff-base'])(
  'plan %s loads nothing that goes online',
  (command) => {
    const loaded = [...loadedWith(`commands/${command}.ts`)]
    expect(
      loaded.filter((file) => /googleapis|google\/connection|^sandbox\/|^live\/read-live/.test(file)),
    ).toEqual([])
  },
)

test('what changes are made is decided before anything is sent: the difference loads nothing of Google', () => {
  const decided = ['diff/diff.ts', 'apply/writes.ts', 'apply/other-work.ts', 'apply/read-back.ts']
  const loaded = decided.flatMap((file) => [...loadedWith(file)])
  expect(loaded.filter((file) => /^google(\/|apis)/.test(file) || file === 'live/read-live.ts')).toEqual([])
})

test('nothing behind live/ looks into Google’s own JSON, parses notes or reads braces', () => {
  const raw = /Record<string, unknown>|as unknown|\b(parse(Notes|Description)|\w+FromWire)\b|\\\{\\\{/
  const users = files.filter(
    (file) => /^(diff|apply)\//.test(file) && raw.test(readFileSync(join(src, file), 'utf8')),
  )
  expect(users).toEqual([])
})

test('what goes online loads Google’s client only when it makes a request', () => {
  const loaded = [...loadedWith('commands/apply.ts')]
  expect(loaded).toContain('google/connection.ts')
  expect(loaded.filter((file) => file.startsWith('googleapis'))).toEqual([])
})

test('only cli.ts knows process', () => {
  const use = /\bprocess\.[a-z]+|\bconsole\.[a-z]+\(/
  const users = files.filter((file) => file !== 'cli.ts' && use.test(readFileSync(join(src, file), 'utf8')))
  expect(users).toEqual([])
})
