/** `plan docs`, `show` and `list` as people call them. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { columns } from '../../src/words/width.ts'
import { inNewFolder, plan } from './run-plan.ts'

inNewFolder()

const SHOP = 'plans/outfitters.yaml'
const PAGE = 'plan-docs/outfitters.html'

test('writes the documents, and says later which of them are stale', async () => {
  const written = await plan('docs', SHOP)
  expect(written.exitCode).toBe(0)
  expect(readdirSync('plan-docs').sort()).toEqual(['outfitters.html', 'outfitters.ics', 'outfitters.md'])
  expect((await plan('docs', SHOP, '--check')).exitCode).toBe(0)
  writeFileSync(SHOP, readFileSync(SHOP, 'utf8').replace('title: Newsletter sign-up', 'title: Letters'))
  const { exitCode, err } = await plan('docs', SHOP, '--check')
  expect(exitCode).toBe(1)
  expect(err).toContain(`${PAGE}: error documents-are-current`)
  expect(err).toContain('outfitters.md: error documents-are-current')
  expect(err).not.toContain('outfitters.ics')
  expect(readFileSync(PAGE, 'utf8')).toContain('Newsletter sign-up')
})

test('to watch and to check at once is no sense', async () => {
  const { exitCode, err } = await plan('docs', SHOP, '--check', '--watch')
  expect([exitCode, err]).toEqual([64, expect.stringContaining('name one of them')])
})

test('the card of a conversion says since when it stands in git, and who changed it last', async () => {
  const git = (...argv: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.example', ...argv], { encoding: 'utf8' })
  git('init', '-q')
  git('add', '.')
  git('commit', '-qm', 'Begin')
  const text = readFileSync(SHOP, 'utf8')
  writeFileSync(SHOP, text.replace('metric: sign-ups per visit', 'metric: sign-ups per session'))
  git('commit', '-qam', 'Count sessions')
  const { out } = await plan('show', 'newsletter_signup', '--plan', SHOP, '--format', 'json')
  const [{ value }] = (JSON.parse(out) as { shown: [{ value: { history: unknown } }] }).shown
  expect(value.history).toEqual({
    since: { id: expect.any(String) as string, day: expect.any(String) as string, subject: 'Begin' },
    changed: {
      id: expect.any(String) as string,
      day: expect.any(String) as string,
      subject: 'Count sessions',
    },
  })
  await plan('docs', SHOP)
  expect((await plan('docs', SHOP, '--check')).exitCode).toBe(0)
  await plan('docs', SHOP, '--no-history')
  expect(readFileSync(PAGE, 'utf8')).not.toContain('Count sessions')
  expect((await plan('docs', SHOP, '--check')).exitCode).toBe(0)
})

test('show and list keep within 80 columns, and a misspelt id is understood', async () => {
  const list = await plan('list', SHOP)
  const one = await plan('show', 'newsletter_signup', '--plan', SHOP)
  const whole = await plan('show', '--plan', SHOP)
  for (const { out } of [list, one, whole])
    expect(out.split('\n').filter((line) => columns(line) > 80)).toEqual([])
  expect(list.out).toContain('newsletter_signup')
  expect(list.out).toContain('3 goals, 4 stages, 20 micro conversions')
  const { exitCode, err } = await plan('show', 'newsleter_signup', '--plan', SHOP)
  expect(exitCode).toBe(1)
  expect(err).toContain('Did you mean newsletter_signup?')
})

test('a touchpoint is shown with what happens there', async () => {
  const { out } = await plan('show', 'checkout', '--plan', SHOP)
  expect(out.split('\n')[0]).toBe('touchpoint Checkout · إتمام الشراء')
  expect(out.match(/^ {2}\w+/gm)).toEqual([
    '  purchase',
    '  checkout_started',
    '  shipping_filled',
    '  payment_saved',
  ])
})

test('what list, show and explain print as JSON is what their schemas say', async () => {
  const ajv = new Ajv2020({ strict: true })
  const check = (name: string, out: string): unknown => {
    const schema = JSON.parse(
      readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), 'utf8'),
    ) as object
    const validate =
      ajv.getSchema(`https://measurement-plan.dev/schemas/${name}.schema.json`) ?? ajv.compile(schema)
    return validate(JSON.parse(out)) || validate.errors
  }
  const json = ['--format', 'json'] as const
  expect(check('list', (await plan('list', SHOP, ...json)).out)).toBe(true)
  for (const id of [[], ['purchase'], ['newsletter_signup'], ['awareness'], ['checkout'], ['form_location']])
    expect(check('show', (await plan('show', ...id, '--plan', SHOP, ...json)).out), id[0] ?? '').toBe(true)
  expect(check('field', (await plan('explain', 'target.rate', ...json)).out)).toBe(true)
})

test('a card says yes or no where a field is one of the two', async () => {
  const { out } = await plan('show', 'purchase', '--plan', SHOP)
  expect(out).toMatch(/^ {2}Ecommerce +yes$/m)
})

test('only the contract', async () => {
  await plan('docs', SHOP, '--contract')
  expect(readdirSync('plan-docs').sort()).toEqual(['outfitters-data-layer.html', 'outfitters-data-layer.md'])
})

test('without a browser the page is written all the same, and the way to a PDF is said', async () => {
  const { exitCode, err } = await plan('docs', SHOP, '--pdf', '--browser', '/nowhere/chrome')
  expect(exitCode).toBe(1)
  expect(err).toContain('--browser PATH')
  expect(readFileSync(PAGE, 'utf8')).toContain('<!doctype html>')
})
