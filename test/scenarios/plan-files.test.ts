/** Commands that work on plan files only. */
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inNewFolder, plan, runPlan } from './run-plan.ts'

inNewFolder()

test('fmt leaves the example plans as they are, and brings a messy one into their style', async () => {
  expect(await plan('fmt', '--check')).toEqual({ exitCode: 0, out: '', err: '' })

  const text = readFileSync('plans/outfitters.yaml', 'utf8')
  const messy = text
    .replace('plan: outfitters', 'title:   Harbour Outfitters web shop\nplan: outfitters')
    .replace('\ntitle: Harbour Outfitters web shop\n', '\n')
  writeFileSync('messy.yaml', messy)
  expect(await plan('fmt', 'messy.yaml', '--check')).toMatchObject({ exitCode: 1, out: 'messy.yaml\n' })
  expect(readFileSync('messy.yaml', 'utf8')).toBe(messy)
  expect(await plan('fmt', 'messy.yaml')).toMatchObject({ exitCode: 0, out: 'messy.yaml\n' })
  expect(readFileSync('messy.yaml', 'utf8')).not.toBe(messy)
  expect(await plan('fmt', 'messy.yaml', '--check')).toMatchObject({ exitCode: 0 })
})

test('validate --fix puts right what has only one right answer, and keeps the comments', async () => {
  const text = readFileSync('plans/outfitters.yaml', 'utf8')
  writeFileSync('typo.yaml', text.replace('feeds: [purchase]', 'feeds: purchase # ours'))
  expect((await plan('validate', 'typo.yaml')).exitCode).toBe(1)
  const fixed = await plan('validate', 'typo.yaml', '--fix')
  expect(fixed).toEqual({ exitCode: 0, out: 'typo.yaml: no findings\n', err: 'typo.yaml: 1 put right\n' })
  expect(readFileSync('typo.yaml', 'utf8')).toBe(
    text.replace('feeds: [purchase]', 'feeds: [purchase] # ours'),
  )
})

test('a conversion from the catalogue goes into a stage, and the plan still stands', async () => {
  expect((await plan('catalogue', 'newsletter')).out).toContain('newsletter_signup')
  await plan('init', 'plans/mine.yaml')
  const added = await plan('add', 'consideration', 'site_search', 'plans/mine.yaml', '--as', 'searched')
  expect(added).toMatchObject({ exitCode: 0 })
  expect(readFileSync('plans/mine.yaml', 'utf8')).toContain('      searched:\n')
  expect(added.err).not.toContain('send')
  expect(await plan('validate', 'plans/mine.yaml', '--profile', 'minimal')).toMatchObject({ exitCode: 0 })
})

test('a conversion from the catalogue goes to no vendor by itself, and says what it would take', async () => {
  await plan('init', 'plans/mine.yaml')
  const vendors =
    'destinations:\n  meta: { kind: meta, id: "1234567890" }\n  ads: { kind: googleAds, id: AW-123456789 }\n'
  writeFileSync('plans/mine.yaml', readFileSync('plans/mine.yaml', 'utf8') + vendors)
  const added = await plan('add', 'consideration', 'product_compare', 'plans/mine.yaml')
  expect(added.err).toContain("To tell the plan's vendors as well: send: { meta: true }\n")
  expect(readFileSync('plans/mine.yaml', 'utf8')).not.toContain('send:')
})

test('explain says what a code means, and meets a typo', async () => {
  const { exitCode, out } = await plan('explain', 'unknown-field')
  expect(exitCode).toBe(0)
  expect(out).toMatch(/^unknown-field .*\n[\s\S]*why: [\s\S]*fix: [\s\S]*source: /)
  expect(await plan('explain', 'unknown-feild')).toMatchObject({
    exitCode: 1,
    err: 'error explained-name-exists: There is no code "unknown-feild". Did you mean unknown-field?\n',
  })
})

test('JSON and SARIF name the same findings as the text', async () => {
  writeFileSync(
    'bad.yaml',
    readFileSync('plans/outfitters.yaml', 'utf8').replace('feeds: [purchase]', 'feeds: [purchse]'),
  )
  const text = await plan('validate', 'bad.yaml')
  const json = JSON.parse((await plan('validate', 'bad.yaml', '--format', 'json')).out) as {
    diagnostics: { code: string }[]
  }
  const sarif = JSON.parse((await plan('validate', 'bad.yaml', '--format', 'sarif')).out) as {
    runs: { results: { ruleId: string }[] }[]
  }
  const codes = [...text.out.matchAll(/^bad\.yaml:\d+:\d+ \w+ (\S+)$/gm)].map((match) => match[1])
  expect(codes).toContain('feeds-name-goals')
  expect(json.diagnostics.map(({ code }) => code)).toEqual(codes)
  expect(sarif.runs[0]?.results.map(({ ruleId }) => ruleId)).toEqual(codes)
})

test('what is to be set by hand is listed when it changes, and when it is asked for', async () => {
  const LIST = 'To be set by hand'
  const apply = (...flags: readonly string[]): ReturnType<typeof plan> =>
    plan('apply', 'plans/outfitters.yaml', '--sandbox', '--auto-approve', ...flags)
  const change = (from: string, to: string): void =>
    writeFileSync('plans/outfitters.yaml', readFileSync('plans/outfitters.yaml', 'utf8').replace(from, to))
  expect((await apply()).err).toContain(LIST)
  change('value: 95', 'value: 96')
  expect((await apply()).err).not.toContain(LIST)
  change('value: 96', 'value: 97')
  expect((await apply('--verbose')).err).toContain(LIST)
  change('value: 97', 'value: 98')
  change('attributionWindow: 30d', 'attributionWindow: 60d')
  expect((await apply()).err).toContain('60 days')
  expect((await plan('compile', 'plans/outfitters.yaml')).err).not.toContain(LIST)
  expect((await plan('doctor', 'plans/outfitters.yaml', '--sandbox')).out).toContain(LIST)
})

test('a field is explained by its place in a plan, and by its name alone where that says which', async () => {
  const whole = await plan('explain', 'micro.weight')
  expect(await plan('explain', 'weight')).toEqual(whole)
  expect(await plan('explain', 'stages.awareness.micro.newsletter.weight')).toEqual(whole)
  expect((await plan('explain', 'parameters.method.optional')).out).toContain(
    'parameterDefinition.optional (',
  )
  expect((await plan('explain', 'title')).out).toContain('title (')
  expect((await plan('explain', 'owner_')).err).toContain('There is no code "owner_"')
  expect((await plan('explain', 'event')).err).toMatch(
    /"event" stands in several things: .*Name one: plan explain micro.event/,
  )
})

test('long work of the machine is told before it begins, and what is short is not', async () => {
  const lines: string[] = []
  const progress = (line?: string): void => void (line !== undefined && lines.push(line))
  const file = 'plans/outfitters.yaml'
  await runPlan({}, undefined, ['list', file], { progress })
  expect(lines).toEqual([])
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n#${' '.repeat(300_000)}`)
  await runPlan({}, undefined, ['docs', file, '--out', 'out'], { progress })
  expect(lines).toEqual([
    `Reading ${file}`,
    `Checking ${file}`,
    `Compiling ${file} for staging`,
    `Drawing ${file}`,
  ])
})
