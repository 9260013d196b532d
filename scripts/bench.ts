/**
 * `npm run bench`: whole processes, timed side by side with a bare `node -e 0` in one run. A figure is a ratio of
 * medians, so that it means the same on a slow machine and on a fast one. What is aimed at stands beside it.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { largePlan } from './large-plan.ts'
import { median } from './median.ts'

const root = new URL('..', import.meta.url).pathname
const plan = join(root, 'bin/plan.js')
const folder = mkdtempSync(join(tmpdir(), 'plan-bench-'))
const large = join(folder, 'large.yaml')
writeFileSync(large, largePlan(500))

/** A repository whose plan has changed in 50 of 500 conversions since the last commit. */
const repository = join(folder, 'repository')
mkdirSync(repository)
const changing = join(repository, 'large.yaml')
writeFileSync(changing, largePlan(500))
const git = (...args: readonly string[]): unknown =>
  execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...args], {
    cwd: repository,
  })
git('init', '--quiet')
const renamed = join(repository, 'renamed.yaml')
writeFileSync(renamed, largePlan(500))
git('add', '--all')
git('commit', '--quiet', '--message', 'before')
writeFileSync(changing, largePlan(500).replaceAll(/(action_\d+0_\d:[\s\S]*?rate: )5%/g, '$16%'))
writeFileSync(renamed, largePlan(500).replaceAll(/\baction_(?=\d+_\d)/g, 'deed_'))

const DIFF = [plan, 'diff', 'plans/outfitters.yaml', '-e', 'production', '--sandbox']

/** What it is called, how it is run, where else than here, and the most it should take: times bare, or milliseconds more. */
const CASES: readonly (readonly [string, readonly string[], string?, string?])[] = [
  ['node -e 0', ['-e', '0']],
  ['plan --version', [plan, '--version']],
  [
    'plan validate plans/outfitters.yaml',
    [plan, 'validate', 'plans/outfitters.yaml'],
    root,
    'at most 2.4 x on Node 20, bare + 75 ms later',
  ],
  ['plan diff plans/outfitters.yaml --sandbox', DIFF, root, 'at most 8 x'],
  ['plan fmt, 500 conversions', [plan, 'fmt', large]],
  ['plan validate, 500 conversions', [plan, 'validate', large]],
  [
    'plan compile, 500 conversions',
    [plan, 'compile', large, '-e', 'staging', '--out', join(folder, 'out.json')],
  ],
  ['plan diff --base HEAD, 500 conversions', [plan, 'diff', 'large.yaml', '--base', 'HEAD'], repository],
  ['plan diff --base HEAD, 500 ids renamed', [plan, 'diff', 'renamed.yaml', '--base', 'HEAD'], repository],
]
const RUNS = 15

function timed(argv: readonly string[], cwd: string = root): number {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, argv, {
    cwd,
    env: { ...process.env, NO_COLOR: '1' },
  })
  if (status !== 0) throw new Error(`${argv.join(' ')} exited ${status}\n${stderr.toString()}`)
  return performance.now() - start
}

const times = CASES.map(() => [] as number[])
// Taking turns: whatever else the machine does, every case gets its share of it.
for (let run = 0; run <= RUNS; run++) {
  CASES.forEach(([, argv, cwd], index) => {
    const time = timed(argv, cwd)
    if (run > 0) times[index]?.push(time)
  })
}
const bare = median(times[0] ?? [])
console.log(`median of ${RUNS} runs, as a ratio to a bare node start (${bare.toFixed(0)} ms here)`)
CASES.forEach(([name, , , aim], index) => {
  const time = median(times[index] ?? [])
  console.log(
    `${(time / bare).toFixed(2).padStart(7)} x  ${name} (${time.toFixed(0)} ms)${aim === undefined ? '' : `: ${aim}`}`,
  )
})
rmSync(folder, { recursive: true })

const [packed] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, encoding: 'utf8' }),
) as readonly { readonly size: number; readonly unpackedSize: number }[]
const MIB = 1024 ** 2
if (packed !== undefined) {
  console.log(`${(packed.size / MIB).toFixed(2).padStart(7)} MiB packed: at most 1`)
  console.log(`${(packed.unpackedSize / MIB).toFixed(2).padStart(7)} MiB unpacked: at most 4`)
}
