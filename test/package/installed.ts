/** The product as users get it: packed, and installed into an empty folder. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Packed {
  readonly size: number
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string }[]
}

export interface Installed extends AsyncDisposable {
  /** The user's repository, with the package in its node_modules. */
  readonly folder: string
  readonly packed: Packed
}

/** Packs this working copy and installs it, without a network: the package has no dependencies. */
export function install(): Installed {
  const folder = mkdtempSync(join(tmpdir(), 'plan-package-'))
  const packs = join(folder, 'packs')
  const project = join(folder, 'project')
  for (const each of [packs, project]) mkdirSync(each)
  writeFileSync(join(project, 'package.json'), '{"private":true}')
  const options = { encoding: 'utf8', maxBuffer: 1 << 26 } as const
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--pack-destination', packs], options),
  ) as [Packed & { readonly filename: string }]
  const tarball = join(packs, packed.filename)
  execFileSync('npm', ['install', '--offline', '--ignore-scripts', tarball], { ...options, cwd: project })
  return {
    folder: project,
    packed,
    [Symbol.asyncDispose]: () => {
      rmSync(folder, { recursive: true, force: true })
      return Promise.resolve()
    },
  }
}

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs a program in a folder with this environment and no other, but for the path. */
export function runIn(
  folder: string,
  program: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawn(program, argv, {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, NO_COLOR: '1', TZ: 'UTC', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })))
}
