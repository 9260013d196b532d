/** Bundles the command line into dist/: one small file to start, a chunk per command, Google's client left outside. */
import { rm } from 'node:fs/promises'
import { build } from 'esbuild'
import { planValidatorForEsbuild } from './plan-validator.ts'

const root = new URL('..', import.meta.url).pathname

await rm(`${root}dist`, { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: ['src/cli.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  plugins: [planValidatorForEsbuild],
  keepNames: true,
  legalComments: 'none',
  // 200 MB of generated code: only the two APIs that are used are loaded, from node_modules, when a command goes online.
  external: ['@duckdb/node-api', 'googleapis', 'googleapis/*', 'googleapis-common', 'google-auth-library'],
  // CommonJS libraries inside an ES module bundle ask for Node's own modules through require.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
})
