import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { failureText } from '../../src/commands/failure.ts'
import { loadOptional, OPTIONAL_PACKAGES } from '../../src/optional/optional.ts'

const missing = (): Promise<never> =>
  Promise.reject(
    Object.assign(new Error("Cannot find package '@duckdb/node-api' imported from plan"), {
      code: 'ERR_MODULE_NOT_FOUND',
    }),
  )
const newFolder = (): string => mkdtempSync(join(tmpdir(), 'plan-optional-'))

test('every optional package is an optional peer, and no other package is', () => {
  const { peerDependencies, peerDependenciesMeta } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    peerDependencies: object
    peerDependenciesMeta: object
  }
  expect(Object.keys(peerDependencies)).toEqual(OPTIONAL_PACKAGES)
  expect(peerDependenciesMeta).toEqual(
    Object.fromEntries(OPTIONAL_PACKAGES.map((name) => [name, { optional: true }])),
  )
})

test('a package that is not installed is named with what it is for and the command that installs it', async () => {
  const failed = await loadOptional('@duckdb/node-api', missing, newFolder()).catch((error: unknown) => error)
  expect(failureText(failed)).toEqual({
    text: 'error optional-package-is-installed: @duckdb/node-api is not installed, and plan needs it to read the GA4 export from files. Install it beside plan: npm install --save-dev @duckdb/node-api',
    exitCode: 1,
  })
})

test('a package that is not beside plan is found in the user’s folder', async () => {
  const folder = newFolder()
  const at = join(folder, 'node_modules/@duckdb/node-api')
  mkdirSync(at, { recursive: true })
  writeFileSync(join(at, 'index.js'), 'module.exports = { here: true }')
  // Commands name it as `.`, where they run.
  for (const each of [folder, relative('.', folder)])
    expect(await loadOptional<{ here?: boolean }>('@duckdb/node-api', missing, each)).toEqual({ here: true })
})

test('a package that is installed and broken is not called missing', async () => {
  const broken = (): Promise<never> => Promise.reject(new Error('no such symbol'))
  await expect(loadOptional('@duckdb/node-api', broken, newFolder())).rejects.toThrow('no such symbol')
})
