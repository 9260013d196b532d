/**
 * Bundles the command line and every library that it uses into dist/: what `validate` needs and most others need as well,
 * `validate` itself, and everything else. Three files, because many small ones take longer to load than to run, and each
 * is kept compiled; in them a module waits until it is asked for. What the user may install beside it, the optional peers,
 * stays outside.
 */
import { promises, readFileSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { build, transform, type BuildOptions, type Plugin } from 'esbuild'
import { RUNTIME_BUILD } from '../src/proof/browser/gtm-script.ts'
import { writeDeclarations } from './declarations.ts'
import { noticesOf } from './notices.ts'
import { withSharedShapes } from './shared-shapes.ts'
import { validatorsForEsbuild } from './validators.ts'

const root = new URL('..', import.meta.url).pathname
const { peerDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  readonly peerDependencies: Readonly<Record<string, string>>
}

/** `run` stands in the file of all other commands; `validate` asks for it only when it is not plain. */
const runBeside: Plugin = {
  name: 'run-beside',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/run\.ts$/ }, ({ path }) => ({ path, namespace: 'beside' }))
    onResolve({ filter: /^\.\/main\.cjs$/ }, ({ path }) => ({ path, external: true }))
    onLoad({ filter: /.*/, namespace: 'beside' }, () => ({
      contents: "export const run = (argv, io) => require('./main.cjs')['src/commands/run.ts'].run(argv, io)",
    }))
  },
}

/** Parts of libraries that never run here: Node has streams, handlebars makes no source maps, Google's client asks by HTTP 1.1 and knows its APIs. */
const leftOut: Plugin = {
  name: 'left-out',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(web-streams-polyfill\/.*|source-map)$/ }, ({ path }) => ({
      path,
      namespace: 'left-out',
    }))
    onResolve({ filter: /^\.\/(http2|discovery)$/ }, ({ path, importer }) =>
      importer.includes('/googleapis-common/') ? { path, namespace: 'left-out' } : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = {}' }))
  },
}

/** The schemas are part of the package as they are: the bundle asks for the files, not for copies. */
const schemasBeside: Plugin = {
  name: 'schemas-beside',
  setup({ onResolve }) {
    onResolve({ filter: /\/schemas\/[\w-]+\.schema\.json$/ }, ({ path }) => ({
      path: `../schemas/${basename(path)}`,
      external: true,
    }))
  },
}

/** Of a library's package.json somebody asks for the version. */
const versionsAlone: Plugin = {
  name: 'versions-alone',
  setup({ onLoad }) {
    onLoad({ filter: /\/node_modules\/.*\/package\.json$/ }, ({ path }) => {
      const { name, version } = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, string>>
      return { contents: JSON.stringify({ name, version }), loader: 'json' }
    })
  },
}

/**
 * Charts have no maps, no colour scales, no legends and nothing laid out by forces or at random, and in a file nothing moves or is
 * pointed at. Every name of theirs stays, or what `d3` brings together could not be shaken.
 */
const undrawn: Plugin = {
  name: 'undrawn',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: UNDRAWN }, ({ path }) => ({ path, namespace: 'undrawn', pluginData: path }))
    onResolve({ filter: /\/(tip|ramp|swatches)\.js$/ }, ({ path, importer, resolveDir }) =>
      importer.includes('/@observablehq/plot/')
        ? { path: basename(path), namespace: 'undrawn', pluginData: join(resolveDir, path) }
        : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'undrawn' }, async ({ pluginData }) => {
      const names = Object.keys((await import(pluginData as string)) as object)
      const exported = names.map((name) => `undrawn as ${name}`).join(', ')
      return { contents: `const undrawn = () => undefined; export { ${exported} }` }
    })
  },
}

const UNDRAWN =
  /^d3-(axis|brush|delaunay|dispatch|drag|dsv|ease|fetch|force|geo|hierarchy|quadtree|random|scale-chromatic|timer|transition|zoom)$/

/**
 * What Google's client asks of large libraries, said by Node itself: parameters of an address, of which a list is the
 * name again for each of its values (`qs`), and JSON from the metadata server, whose numbers nobody reads (`json-bigint`). What
 * it would tell of itself (`debug`) nobody hears.
 */
const INSTEAD: Readonly<Record<string, string>> = {
  qs: `const { stringify } = require('node:querystring')
exports.stringify = (values) => stringify(Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)))`,
  'json-bigint': 'module.exports = JSON',
  debug: 'module.exports = () => Object.assign(() => undefined, { enabled: false })',
}

const nodeInstead: Plugin = {
  name: 'node-instead',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(${Object.keys(INSTEAD).join('|')})$`) }, ({ path }) => ({
      path,
      namespace: 'node-instead',
    }))
    onLoad({ filter: /.*/, namespace: 'node-instead' }, ({ path }) => ({ contents: INSTEAD[path] ?? '' }))
  },
}

/** Google's client and we tell a timeout by its name, which is that of its class. */
const errorNames: Plugin = {
  name: 'error-names',
  setup({ onLoad }) {
    onLoad({ filter: /node-fetch\/src\/errors\// }, async ({ path }) => ({
      contents: (await transform(readFileSync(path, 'utf8'), { keepNames: true })).code,
    }))
  },
}

/** Parts of Google's client ask for exact versions of these, a few patches apart: the newest does for all. */
const oncePerLibrary: Plugin = {
  name: 'once-per-library',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^(gaxios|google-logging-utils)$/ }, ({ path, kind, pluginData }) =>
      pluginData === oncePerLibrary
        ? undefined
        : resolve(path, { kind, resolveDir: root, pluginData: oncePerLibrary }),
    )
  },
}

/** Node takes as long to load its cryptography as a plan takes to be checked: only what makes a hash waits for that. */
const lateCrypto: Plugin = {
  name: 'late-crypto',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:crypto$/ }, ({ path }) => ({ path, namespace: 'late-crypto' }))
    onLoad({ filter: /.*/, namespace: 'late-crypto' }, () => ({
      contents: ['createHash', 'randomUUID']
        .map((name) => `export const ${name} = (...asked) => require('crypto').${name}(...asked)`)
        .join('\n'),
    }))
  },
}

/**
 * Reading a plan and its templates takes less than waking the threads that would read them meanwhile, and than loading
 * Node's promises of files. What writes waits for those.
 */
const filesAtOnce: Plugin = {
  name: 'files-at-once',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?fs\/promises$/ }, () => ({ path: 'fs', namespace: 'files-at-once' }))
    onLoad({ filter: /.*/, namespace: 'files-at-once' }, () => ({
      contents: [
        "import fs from 'fs'",
        ...Object.entries(promises).map(
          ([name, one]) => `export const ${name} = ${laterOrAtOnce(name, one)}`,
        ),
      ].join('\n'),
    }))
  },
}
const READING = ['readFile', 'readdir', 'stat', 'lstat', 'realpath', 'access']

/** One name of Node's promises of files, in code. */
function laterOrAtOnce(name: string, one: unknown): string {
  if (typeof one !== 'function') return `fs.${name}`
  if (READING.includes(name)) return `async (...asked) => fs.${name}Sync(...asked)`
  return `(...asked) => fs.promises.${name}(...asked)`
}

const COMMON = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  legalComments: 'none',
  metafile: true,
  // esbuild makes the page's runtime in a checkout; the package brings it made.
  // CSV, which is small, comes with the package; of hucre only what reads and writes .xlsx does not.
  external: [
    ...Object.keys(peerDependencies).map((name) => (name === 'hucre' ? 'hucre/xlsx' : name)),
    'esbuild',
  ],
} as const satisfies BuildOptions

/**
 * A function as an expression, in the form that bin/run-compiled.js runs and keeps compiled: plain ASCII, for it is read byte
 * by byte.
 */
const COMPILED = {
  ...COMMON,
  format: 'cjs',
  define: { 'import.meta.url': 'importMetaUrl', 'import.meta.dirname': '__dirname' },
  banner: {
    js: "(function (module, exports, require, __filename, __dirname, imported) {const importMetaUrl=require('node:url').pathToFileURL(__filename).href;",
  },
  footer: { js: '})' },
} as const satisfies BuildOptions

/** What `validate` is made of, less the command itself: most other commands need it as well. */
const { metafile: needed } = await build({
  ...COMPILED,
  entryPoints: ['src/cli.ts'],
  write: false,
  outfile: 'validate.cjs',
  plugins: [validatorsForEsbuild, runBeside, leftOut, schemasBeside, lateCrypto, filesAtOnce],
})
const sharedModules = Object.keys(needed.inputs)
  .filter((file) => /^src\/(?!commands\/|cli\.ts)/.test(file))
  .sort()
const exported = new Map(
  Object.values(
    (
      await build({
        absWorkingDir: root,
        entryPoints: sharedModules,
        write: false,
        outdir: 'exports',
        metafile: true,
        plugins: [validatorsForEsbuild],
      })
    ).metafile.outputs,
  ).map(({ entryPoint = '', exports }) => [entryPoint, exports]),
)

/** What tests of users import, each a module around the same. */
const EXPORTED = { playwright: 'expectPlan', pushes: 'planPushes' } as const
const exporting = (file: string, name: string): string => `import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
const { runCompiled } = createRequire(import.meta.url)('../bin/run-compiled.js')
const main = runCompiled(fileURLToPath(new URL('main.cjs', import.meta.url)), 'others')
export const { ${name} } = main['src/${file}.ts']
`

/** Libraries that are shared as well. */
const LIBRARIES = ['yaml', 'handlebars']

/** It stands in a file of its own, which the others ask for a module by its path as they run. */
const sharedBeside: Plugin = {
  name: 'shared-beside',
  setup({ onResolve, onLoad, resolve }) {
    onResolve(
      { filter: new RegExp(`^\\.|^(${LIBRARIES.join('|')})$`) },
      async ({ path, kind, resolveDir, pluginData }) => {
        if (path === './shared.cjs') return { path, external: true }
        if (pluginData === sharedBeside || kind === 'entry-point') return undefined
        if (LIBRARIES.includes(path)) return { path, namespace: 'shared' }
        const found = await resolve(path, { kind, resolveDir, pluginData: sharedBeside })
        const file = relative(root, found.path)
        return sharedModules.includes(file) ? { path: file, namespace: 'shared' } : undefined
      },
    )
    onLoad({ filter: /.*/, namespace: 'shared' }, async ({ path }) => {
      const module = `require('./shared.cjs')['${path}']`
      const names = exported.get(path)
      if (names !== undefined) return { contents: `export const { ${names.join(', ')} } = ${module}` }
      // With its names, or `await import('yaml')` would have nothing but a default.
      const library = Object.keys((await import(path)) as object).filter((name) =>
        /^(?!default$)\w+$/.test(name),
      )
      return {
        contents: `const all = ${module}; export const { ${library.join(', ')} } = all; export default all`,
      }
    })
  },
}

// Made beside the old one and put in its place at the end: a `plan` that runs meanwhile finds one or the other.
const made = `dist-${process.pid}`
/** Each module when it is asked for, by its path. */
const byPath = (modules: readonly string[]): NonNullable<BuildOptions['stdin']> => ({
  contents: `module.exports = {${modules
    .map((path) => `get '${path}'() { return require('${path.startsWith('src/') ? `./${path}` : path}') }`)
    .join(',\n')}}`,
  resolveDir: root,
})
const shared = await build({
  ...COMPILED,
  stdin: byPath([...sharedModules, ...LIBRARIES]),
  outfile: `${made}/shared.cjs`,
  plugins: [validatorsForEsbuild, leftOut, schemasBeside, lateCrypto, filesAtOnce],
})
const main = await build({
  ...COMPILED,
  stdin: byPath([
    'src/cli.ts',
    'src/commands/run.ts',
    ...Object.keys(EXPORTED).map((file) => `src/${file}.ts`),
  ]),
  outfile: `${made}/main.cjs`,
  plugins: [
    schemasBeside,
    sharedBeside,
    validatorsForEsbuild,
    leftOut,
    undrawn,
    nodeInstead,
    versionsAlone,
    oncePerLibrary,
    errorNames,
    filesAtOnce,
  ],
})
await build({
  ...COMPILED,
  entryPoints: ['src/cli.ts'],
  outfile: `${made}/validate.cjs`,
  plugins: [runBeside, sharedBeside, leftOut, lateCrypto, filesAtOnce],
})
/** esbuild leaves regular expressions as they are; in those an escape is the same. */
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
for (const file of ['shared.cjs', 'main.cjs', 'validate.cjs']) {
  const path = `${root}${made}/${file}`
  // What was compiled before cannot import by itself: whoever runs it hands that in.
  const text = readFileSync(path, 'utf8').replaceAll(/\bimport\(/g, 'imported(')
  await writeFile(path, withSharedShapes(text).replaceAll(/[^\0-\x7f]/g, escaped))
}
// GTM's runtime re-stated, for `plan test` to answer gtm.js with: one script for the page.
await build({
  ...RUNTIME_BUILD,
  absWorkingDir: root,
  entryPoints: ['src/runtime/page/main.ts'],
  outfile: `${made}/runtime-page.js`,
})
for (const [file, name] of Object.entries(EXPORTED)) {
  await writeFile(`${root}${made}/${file}.js`, exporting(file, name))
  await writeDeclarations(`${file}.ts`, `${root}src`, `${root}${made}/types`)
}
try {
  await writeFile(`${root}${made}/NOTICES.txt`, noticesOf([main.metafile, shared.metafile], root))
} catch (error) {
  await rm(`${root}${made}`, { recursive: true })
  throw error
}
await rm(`${root}dist`, { recursive: true, force: true })
await rename(`${root}${made}`, `${root}dist`)
