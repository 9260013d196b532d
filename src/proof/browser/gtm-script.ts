/** What our `gtm.js` is: the runtime for pages, the container as data, its Custom JavaScript variables as code. */
import { readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { replaceReferences } from '../../resources/braces.ts'
import type { ContainerVersion, PropertyFacts } from '../../runtime/core/container.ts'
import { textParameter } from '../../runtime/core/parameters.ts'

/**
 * The runtime as one script that defines `planRuntime`. @param root the package's folder: it ships the script, a checkout
 * builds it
 */
export async function readRuntime(root: string): Promise<string> {
  const source = join(root, 'src/runtime/page/main.ts')
  if (!existsSync(source)) return readFile(join(root, 'dist/runtime-page.js'), 'utf8')
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    ...RUNTIME_BUILD,
    absWorkingDir: root,
    entryPoints: [source],
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

/** How the runtime is bundled, here and for the package. */
export const RUNTIME_BUILD = {
  bundle: true,
  format: 'iife',
  globalName: 'planRuntime',
  platform: 'browser',
  target: 'chrome110',
  minify: true,
  legalComments: 'none',
} as const

export interface GtmScript {
  readonly text: string
  /** Names of scripts that do not parse; GTM refuses to publish such a container. */
  readonly broken: readonly string[]
}

export function gtmScript(runtime: string, version: ContainerVersion, property: PropertyFacts): GtmScript {
  const broken: string[] = []
  const scripts = (version.variable ?? []).flatMap(({ type, name, parameter }) => {
    const code = type === 'jsm' ? textParameter(parameter, 'javascript') : undefined
    if (code === undefined) return []
    // A reference is a call, as in a compiled container: the script decides when it is read.
    const body = replaceReferences(code, (of) => `__read(${JSON.stringify(of)})`)
    const script = `function(__read){return (${body}\n)()}`
    if (!parses(`(${script})`)) {
      broken.push(name)
      return []
    }
    return [`[${JSON.stringify(code)},${script}]`]
  })
  const { containerId, containerVersionId, container, tag, trigger, variable, builtInVariable } = version
  const data = {
    containerId,
    containerVersionId,
    container,
    tag: tag?.map(withoutNotes),
    trigger,
    variable,
    builtInVariable,
  }
  return {
    text: `${runtime};planRuntime.start({version:${json(data)},property:${json(property)},scripts:[${scripts.join(',')}]});`,
    broken,
  }
}

/** A snippet may name the data layer otherwise (`&l=`); scenarios push into the usual one. */
export function otherLayer({ searchParams }: URL): string | undefined {
  const name = searchParams.get('l')
  if (name === null || name === 'dataLayer') return undefined
  return `the page’s snippet names its data layer “${name}”; only one that is called dataLayer is run here`
}

function withoutNotes<T extends { readonly notes?: string }>(tag: T): Omit<T, 'notes'> {
  const { notes, ...rest } = tag
  void notes
  return rest
}

function parses(code: string): boolean {
  try {
    new Script(code)
    return true
  } catch {
    return false
  }
}

function json(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}
