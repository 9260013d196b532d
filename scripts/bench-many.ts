/**
 * What twelve containers of the example take in one command: first apply and publication, a changed value, a look at all of
 * them and a look that finds nothing to change. In requests and in seconds under the published quota, on a simulated
 * clock, against one call for each entity on the same sandbox in the same run. `npx tsx scripts/bench-many.ts [containers]`
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../src/commands/run.ts'
import { startSandbox } from '../src/sandbox/server.ts'
import { LinkedClock } from '../test/apply/linked-clock.ts'
import { outcomeOf } from '../test/scenarios/outcome.ts'

const count = Number(process.argv[2] ?? 12)
const folder = mkdtempSync(join(tmpdir(), 'many-'))
const base = join(folder, 'outfitters.yaml')
cpSync(new URL('../plans/outfitters.yaml', import.meta.url).pathname, base)
const files = Array.from({ length: count }, (_, index) => {
  const number = String(index + 1).padStart(2, '0')
  const file = join(folder, `shop_${number}.yaml`)
  const places = ['staging', 'production'].map(
    (id, place) =>
      `  ${id}: { gtm: { container: GTM-MANY${place}${number} }, ga4: { property: "3450${place}01${number}" } }`,
  )
  writeFileSync(
    file,
    ['version: 1', 'extends: ./outfitters.yaml', `plan: shop_${number}`, 'environments:', ...places, ''].join(
      '\n',
    ),
  )
  return file
})

interface Made {
  readonly gtm: number
  readonly ga4: number
}

async function measure(behaviour: object): Promise<void> {
  const sandbox = await startSandbox()
  const control = (path: string, body: object): Promise<Response> =>
    fetch(`${sandbox.url}/_sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) })
  await control('behaviour', { maxKeyEvents: null, ...behaviour })
  await control('quota', { mode: 'published' })
  const clock = await LinkedClock.linkedTo(sandbox.url)
  const command = async (name: string, ...argv: readonly string[]): Promise<void> => {
    // Each as on a day of its own: what a command before it asked is out of Google's window.
    await clock.sleep(120_000)
    const [from, machine] = [clock.now(), performance.now()]
    const [verb = '', ...flags] = argv
    const whole = [verb, ...files, '-e', 'staging', ...flags, '--format', 'json', '--sandbox', sandbox.url]
    const { exitCode, out, err } = await outcomeOf((io) => run(whole, io), { clock })
    if (exitCode !== 0) throw new Error(`${argv.join(' ')} ended with ${exitCode}: ${err}`)
    const { made, requests } = JSON.parse(out) as { made?: Made; requests?: Made }
    const { gtm, ga4 } = made ?? requests ?? { gtm: 0, ga4: 0 }
    const waited = ((clock.now() - from) / 1000).toFixed(0)
    const seconds = ((performance.now() - machine) / 1000).toFixed(1)
    console.log(
      `  ${name.padEnd(30)}${String(gtm).padStart(6)} GTM ${String(ga4).padStart(5)} GA4 ${waited.padStart(7)} s waited for quota ${seconds.padStart(6)} s of machine`,
    )
  }
  try {
    await command('first apply, published', 'apply', '--publish', '--auto-approve')
    await command('status, nothing to change', 'status')
    const text = readFileSync(base, 'utf8')
    const changed = text.replace('form#newsletter-footer', 'form#newsletter-foot')
    if (changed === text) throw new Error('The example has no such form any more.')
    writeFileSync(base, changed)
    await command('one trigger changed in each', 'apply', '--publish', '--auto-approve')
    writeFileSync(base, text)
  } finally {
    await sandbox.close()
  }
}

try {
  console.log(`${count} containers of plans/outfitters.yaml, one command each`)
  console.log('as the product does it')
  await measure({})
  console.log('one call per entity')
  await measure({ bulkUpdate: 'unsupported' })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
