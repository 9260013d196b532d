/** Two plans that make the same things: found between files and at Google, with both places, before anything is written. */
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inNewFolder, plan } from './run-plan.ts'

inNewFolder()

const SHOP = 'plans/outfitters.yaml'
const COPY = 'plans/copy.yaml'

/** Writes the shop's plan with a text of it replaced. */
function written(file: string, from: string, to: string): string {
  const text = readFileSync(SHOP, 'utf8')
  expect(text).toContain(from)
  writeFileSync(file, text.replace(from, to))
  return file
}

test('two files with one id are an error with both places; the same file named twice is not', async () => {
  cpSync(SHOP, COPY)
  const twice = await plan('validate', SHOP, COPY)
  expect(twice.exitCode).toBe(1)
  expect(twice.out).toContain('plans/copy.yaml:8:7 error plan-id-is-taken')
  expect(twice.out).toContain('The plan plans/outfitters.yaml:8:7 has the id "outfitters", too')
  expect(await plan('validate', SHOP, `./${SHOP}`)).toMatchObject({ exitCode: 0 })
  // What is marked with the id that a plan had before is still its own.
  written(COPY, 'plan: outfitters', 'was: outfitters\nplan: second')
  expect((await plan('validate', SHOP, COPY)).out).toContain('plans/copy.yaml:9:7 error plan-id-is-taken')
})

test('an overlay without an id of its own is another plan only where it goes into the container of its base', async () => {
  const overlay = 'version: 1\nextends: ./outfitters.yaml\ntitle: The same shop\n'
  writeFileSync('plans/overlay.yaml', overlay)
  const one = await plan('validate', SHOP, 'plans/overlay.yaml')
  expect(one.out).toContain('plans/overlay.yaml:1:1 error plan-id-is-taken')
  expect(one.out).toContain('containers of its own')
  const elsewhere = ['staging', 'production']
    .map((id, index) => `  ${id}: { gtm: { container: GTM-OTHER0${index} } }`)
    .join('\n')
  writeFileSync('plans/overlay.yaml', `${overlay}environments:\n${elsewhere}\n`)
  expect(await plan('validate', SHOP, 'plans/overlay.yaml')).toMatchObject({ exitCode: 0 })
  expect(await plan('validate', SHOP, 'plans/overlays/outfitters_sa.yaml')).toMatchObject({ exitCode: 0 })
})

test('what is wrong in a base is said once, however many plans extend it', async () => {
  written(SHOP, 'register: event', 'register: evnt')
  const overlays = ['kw', 'qa'].map((market) => {
    const overlay = `version: 1\nplan: outfitters_${market}\nextends: ./outfitters.yaml\n`
    writeFileSync(`plans/${market}.yaml`, overlay)
    return `plans/${market}.yaml`
  })
  for (const format of ['text', 'json', 'github', 'sarif']) {
    const { out } = await plan('validate', SHOP, ...overlays, '--format', format)
    expect([...out.matchAll(/evnt\\?" is not a value/g)].length, format).toBe(1)
  }
})

test('two plans that give one name in a container are found between files, with both places', async () => {
  const second = written('plans/second.yaml', 'plan: outfitters', 'plan: second')
  const { exitCode, out } = await plan('validate', SHOP, second)
  expect(exitCode).toBe(1)
  const [finding = ''] = out.split('\n\n').filter((each) => each.includes('"GA4 Event - '))
  expect(finding).toMatch(/^plans\/second\.yaml:\d+:\d+ error name-of-another-plan/)
  expect(finding).toMatch(/belongs to the plan "outfitters" \(plans\/outfitters\.yaml:\d+:\d+\)/)
  // Names of its own put it right; so does a container of its own.
  writeFileSync(
    second,
    `${readFileSync(second, 'utf8').replace('googleTag: managed', 'googleTag: existing')}\nnaming: { tag: "S tag {kind} {id}", trigger: "S {kind} {id}", variable: "S {kind} {source}", folder: "S {title}" }\n`,
  )
  expect(await plan('validate', SHOP, second)).toMatchObject({ exitCode: 0 })
  // What the fixes say is enough, for vendors' base tags too.
  const patterns = new Set([...out.matchAll(/naming: \{ (.+?) \}/g)].map(([, pattern = '']) => pattern))
  const followed = readFileSync(second, 'utf8').replace(
    /\nnaming: .*/,
    `\nnaming: { ${[...patterns].join(', ')} }`,
  )
  writeFileSync('plans/followed.yaml', followed.replace('plan: second', 'plan: third'))
  expect(await plan('validate', SHOP, 'plans/followed.yaml')).toMatchObject({ exitCode: 0 })
  // What a property has once is stated once, or twice alike.
  const text = readFileSync(second, 'utf8')
  expect(text).toContain('scrolls: false')
  writeFileSync(second, text.replace('scrolls: false', 'scrolls: true'))
  const disputed = await plan('validate', SHOP, second)
  expect(disputed.exitCode).toBe(1)
  expect(disputed.out).toMatch(
    /^plans\/second\.yaml:\d+:\d+ error settings-are-agreed-on\n {2}"Scrolls" of the enhanced measurement is stated otherwise in plans\/outfitters\.yaml:\d+:\d+, /m,
  )
})

test('what another plan made in the container is never fought over, and its adoption is asked for by name', async () => {
  await plan('apply', SHOP, '--sandbox', '--auto-approve')
  const second = written('plans/second.yaml', 'plan: outfitters', 'plan: second')
  for (const command of [
    ['diff', second],
    ['apply', second, '--auto-approve'],
    ['adopt', second, '--auto-approve'],
  ]) {
    const refused = await plan(...command, '--sandbox')
    expect(refused).toMatchObject({ exitCode: 1 })
    expect(refused.err).toContain('error name-of-another-plan')
    expect(refused.err).toMatch(
      /purchase" belongs to the plan "outfitters" \(plans\/outfitters\.yaml:\d+:\d+\)/,
    )
    // The rest is shown, and that nothing of it is done.
    expect(refused.out).toContain('Nothing of this is applied before what stands in the way is put right.')
    expect(refused.out).toMatch(/Plan: 2 to create\b/)
    expect(refused.out).not.toContain('adopt')
  }
  expect(await plan('diff', SHOP, '--sandbox', '--detailed-exitcode')).toMatchObject({ exitCode: 0 })
  // Where that file is not here, or says something else, its notes have the last word.
  renameSync(SHOP, 'elsewhere.yaml')
  const { err } = await plan('diff', second, '--sandbox')
  expect(err).toContain('belongs to the plan "outfitters" (plans/outfitters.yaml (goals, purchase))')
})

test('a second file with the id of what stands in the container is refused, a renamed file is not', async () => {
  await plan('apply', SHOP, '--sandbox', '--auto-approve')
  written(COPY, 'form#newsletter-hero, ', 'form#newsletter-top, ')
  const refused = await plan('apply', COPY, '--sandbox', '--auto-approve')
  expect(refused.exitCode).toBe(1)
  expect(refused.err).toContain('plans/copy.yaml:8:7 error plan-id-is-taken')
  expect(refused.err).toMatch(
    /The plan plans\/outfitters\.yaml:8:7 has the id "outfitters", too, and \d+ things/,
  )
  expect(refused.out).toContain('form form#newsletter-top')

  // Somewhere else it may have been renamed or not: that is said where it would be overwritten, and is no refusal.
  rmSync(SHOP)
  const renamed = await plan('diff', COPY, '--sandbox')
  expect(renamed.exitCode).toBe(0)
  expect(renamed.err).toContain('plans/copy.yaml:8:7 warning applied-from-another-file')

  // A file of that name with another id is another plan.
  mkdirSync('other')
  renameSync(COPY, 'other/shop.yaml')
  cpSync('plans/workspace.yaml', SHOP)
  expect((await plan('diff', 'other/shop.yaml', '--sandbox')).exitCode).toBe(0)
})

test('a container of another account than the plan names is refused, at the account', async () => {
  await plan('apply', SHOP, '--sandbox', '--auto-approve')
  written(SHOP, 'account: "6001"', 'account: "6002"')
  const refused = await plan('apply', SHOP, '--sandbox', '--auto-approve')
  expect(refused.exitCode).toBe(1)
  expect(refused.err).toMatch(
    /plans\/outfitters\.yaml:\d+:\d+ error wrong-account\n {2}GTM-STAGE01 belongs to account 6001, not 6002/,
  )
})
