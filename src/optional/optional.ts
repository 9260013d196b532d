/**
 * What only some commands need and a bundle cannot hold (native code, a browser's driver): optional peers of the package.
 * To add one: a line here, and one each under peerDependencies and peerDependenciesMeta in package.json.
 */
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { NotInstalled } from './not-installed.ts'

/** What each is for, after "needs it to": in the sentence that says it is missing. */
const OPTIONAL = {
  '@duckdb/node-api': 'read the GA4 export from files',
  hucre: 'write and read .xlsx',
  'playwright-core': 'open pages in a browser',
} as const

export type OptionalPackage = keyof typeof OPTIONAL

export const OPTIONAL_PACKAGES = Object.keys(OPTIONAL) as readonly OptionalPackage[]

/**
 * Loads one of them where it is called for. A package that is not beside ours (`npx` keeps ours apart) is looked for in
 * the folder in which the user works.
 * @param load `() => import('...')`, with the name written out so that its types are known
 * @param folder the user's folder
 * @returns the module; of a CommonJS one, what it exports
 */
export async function loadOptional<T extends object>(
  name: OptionalPackage,
  load: () => Promise<T>,
  folder: string,
): Promise<T> {
  const module = await load().catch((error: unknown) => {
    if (!isMissing(error, name)) throw error
    return loadFrom<T>(name, folder)
  })
  return (module as { readonly default?: T }).default ?? module
}

async function loadFrom<T>(name: OptionalPackage, folder: string): Promise<T> {
  try {
    const path = createRequire(resolve(folder, 'package.json')).resolve(name)
    return (await import(pathToFileURL(path).href)) as T
  } catch (error) {
    if (!isMissing(error, name)) throw error
    throw new NotInstalled(
      `${name} is not installed, and plan needs it to ${OPTIONAL[name]}. Install it beside plan: npm install --save-dev ${name}`,
    )
  }
}

/** The package itself, not something that it needs. */
function isMissing(error: unknown, name: string): boolean {
  const { code, message } = error as { readonly code?: string; readonly message?: string }
  const notFound = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND'
  return notFound && message?.includes(`'${name}'`) === true
}
