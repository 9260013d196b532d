/**
 * Bundles the command line and every library that it uses into dist/: one small file to start, a chunk per command, and
 * Google's client in chunks of its own that only a request loads. What the user may install beside it, the optional
 * peers, stays outside.
 */
import { readFileSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { build, type Plugin } from 'esbuild'
import { noticesOf } from './notices.ts'
import { planValidatorForEsbuild } from './plan-validator.ts'

const root = new URL('..', import.meta.url).pathname
const { peerDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  readonly peerDependencies: Readonly<Record<string, string>>
}

/**
 * Google's client imports this CommonJS library by name, which Node allows and a bundle does not: there its exports stand
 * under `default`. Without this nobody behind a proxy would reach Google.
 */
const namedProxyAgent: Plugin = {
  name: 'named-proxy-agent',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^https-proxy-agent$/ }, ({ kind, path, resolveDir }) =>
      kind === 'dynamic-import' ? { path, namespace: 'named', pluginData: resolveDir } : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'named' }, ({ path, pluginData }) => ({
      contents: `export { HttpsProxyAgent } from '${path}'`,
      resolveDir: pluginData as string,
    }))
  },
}

// Made beside the old one and put in its place at the end: a `plan` that runs meanwhile finds one or the other.
const made = `dist-${process.pid}`
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/cli.ts'],
  outdir: made,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  plugins: [planValidatorForEsbuild, namedProxyAgent],
  // Google's client tells a timeout by the name of its class.
  keepNames: true,
  legalComments: 'none',
  metafile: true,
  external: Object.keys(peerDependencies),
  // CommonJS libraries inside an ES module bundle ask for Node's own modules through require.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
})
try {
  await writeFile(`${root}${made}/NOTICES.txt`, noticesOf(metafile, root))
} catch (error) {
  await rm(`${root}${made}`, { recursive: true })
  throw error
}
await rm(`${root}dist`, { recursive: true, force: true })
await rename(`${root}${made}`, `${root}dist`)
