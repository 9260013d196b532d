/** What the commands that measure print as JSON is what their schemas say. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, expect, test } from 'vitest'
import { renderScorecardTypes } from '../../scripts/generate-types.ts'
import type { Answers } from '../../src/analytics/ask.ts'
import { experimentsOf } from '../../src/analytics/experiment.ts'
import type { Scorecard } from '../../src/analytics/scorecard-types.ts'
import { mixedWords } from '../../src/analytics/scorecard-words.ts'
import { tallyOf } from '../../src/analytics/tally.ts'
import { exportRows } from './export-rows.ts'
import { plan } from './measure-command.ts'
import { day, JANUARY, planFrom, STORE } from './measure-sample.ts'

const folder = mkdtempSync(join(tmpdir(), 'plan-formats-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'rows.ndjson')
writeFileSync(file, exportRows('2026-01-05', 63, 60))
const outside = join(folder, 'crm.csv')
writeFileSync(
  outside,
  'conversion,day,count,value,channel\ndeal_won,2026-03-02,4,100,Email\ndeal_won,2026-03-03,9,,Push\ndeal_won,2026-03-04,1,50,\n',
)

/** With what GA4 cannot see, and a trial. */
const crm = join(folder, 'crm.yaml')
writeFileSync(
  crm,
  readFileSync(STORE, 'utf8').replace(
    'stages:\n',
    `  deal_won:
    title: Deal won
    source: crm
    outcome: pipeline
    metric: deals
    target: { count: 20, per: month }
experiments:
  shorter_form:
    hypothesis: A shorter form is filled in more often.
    improves: purchase
    by: 10%
    parameter: variant
    control: long
    startsOn: '2026-02-01'
stages:
`,
  ),
)

const data = ['--from', file, '--as-of', '2026-03-10', '--format', 'json']
test.each([
  ['scorecard', ['scorecard', STORE, ...data]],
  ['scorecard', ['scorecard', STORE, ...data, '--month', '2026-02']],
  ['scorecard', ['scorecard', crm, ...data, '--outside', outside]],
  ['weights', ['weights', STORE, ...data]],
  ['power', ['power', 'purchase', '--plan', STORE, ...data]],
  ['verified', ['verify', STORE, ...data]],
])('%s.schema.json says what is printed by %j', async (name, argv) => {
  const schema = JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')) as object
  const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema)
  const { out, err } = await plan(...argv)
  expect(out, err).not.toBe('')
  validate(JSON.parse(out))
  expect(validate.errors ?? []).toEqual([])
})

test('the types of the scorecard are made from its schema', async () => {
  expect(await renderScorecardTypes()).toBe(readFileSync('src/analytics/scorecard-types.ts', 'utf8'))
})

test('power counts the users of an experiment, as its verdict does', async () => {
  const { out } = await plan('power', 'shorter_form', '--plan', crm, ...data)
  expect(JSON.parse(out)).toMatchObject({ id: 'shorter_form', unit: 'users' })
})

test('what files say of channel, device and market is told, and columns that they lack are not', async () => {
  const { out } = await plan('scorecard', crm, ...data, '--outside', outside)
  const { conversions } = JSON.parse(out) as Scorecard
  expect(conversions.find(({ id }) => id === 'deal_won')).toMatchObject({
    count: { occurrences: 14 },
    segments: [
      { slice: 'channel', bucket: 'Push', occurrences: 9, value: null },
      { slice: 'channel', bucket: 'Email', occurrences: 4, value: 100 },
      { slice: 'channel', bucket: '(not set)', occurrences: 1, value: 50 },
    ],
  })
  const text = await plan('scorecard', crm, ...data.slice(0, -2), '--outside', outside)
  expect(text.out).toContain('by channel: Push 9, Email 4, (not set) 1')
  expect(text.out).not.toContain('by device:')
})

test('an experiment that nothing can be seen of says why: not begun, or not in this source', async () => {
  const crmPlan = await planFrom(readFileSync(crm, 'utf8'))
  const experiment = (variants: Answers['variants'], end: string) =>
    experimentsOf(crmPlan, { ...JANUARY, end: day(end) }, tallyOf({ ...(variants && { variants }) }))[0]
  expect(experiment([], '2026-02-01')).toMatchObject({
    title: 'Shorter form',
    verdict: 'no-data',
    reason: 'It has not begun: its first day is 2026-02-01.',
  })
  expect(experiment(undefined, '2026-03-01')).toMatchObject({
    verdict: 'no-data',
    reason: 'Not available from this source.',
  })
})

test('users of several variants are said, and no effect is where the variants were not shown equally often', async () => {
  const crmPlan = await planFrom(readFileSync(crm, 'utf8'))
  const variant = (name: string, users: number) => ({
    ...{ experiment: 'shorter_form', variant: name, users, mixed: 1500, days: 30 },
    ...{ conversion: 'purchase', converted: 20 },
  })
  const variants = [variant('long', 2000), variant('short', 1500)]
  const [judged] = experimentsOf(crmPlan, { ...JANUARY, end: day('2026-03-01') }, tallyOf({ variants }))
  expect(judged && mixedWords(judged)).toEqual(['1,500 of 5,000 users saw several variants and are in none.'])
  expect(judged?.verdict).toBe('sample-ratio-mismatch')
  expect(judged?.variants.map(({ effect, guards }) => ({ effect, guards }))).toEqual(
    Array(2).fill({ effect: { unknown: 'no-data' }, guards: [] }),
  )
})

test('the views behind every figure go to a file that is named', async () => {
  const views = join(folder, 'views.sql')
  const { out } = await plan('scorecard', STORE, ...data.slice(0, -2), '--sql', 'duckdb', '--out', views)
  expect(out).toBe('')
  expect(readFileSync(views, 'utf8')).toContain('VIEW store_rates')
})

test('files that hold nothing of the period give no number', async () => {
  const written = (rows: string) => {
    const name = join(folder, 'some.csv')
    writeFileSync(name, `conversion,day,count\n${rows}\n`)
    return name
  }
  const card = async (rows: string) => {
    const { out } = await plan('scorecard', crm, ...data, '--outside', written(rows))
    const { conversions, quality } = JSON.parse(out) as Scorecard
    const row = conversions.find(({ id }) => id === 'deal_won')
    const [found] = quality.filter(({ conversion }) => conversion === 'deal_won')
    return { count: row?.count, status: row?.target?.status, found: found?.text }
  }
  // The week is that of 2026-03-02.
  expect(await card('deal_won,2026-02-20,9')).toEqual({
    count: { unknown: 'no-data' },
    status: 'not-enough-data',
    found: 'Deal won has no number: the files of what GA4 cannot see hold 2026-02-20 to 2026-02-20.',
  })
  expect(await card('deal_won,2026-02-20,9\ndeal_won,2026-03-09,9')).toMatchObject({
    count: { occurrences: 0 },
    found: undefined,
  })
  expect(await card('deal_won,2026-03-03,9')).toMatchObject({
    count: { occurrences: 9 },
    found: 'Deal won: the files of what GA4 cannot see end on 2026-03-03; what came after is not known.',
  })
})

test.each([
  ['deal_won,2031-03-03,9,mobile', 'row 1: 2031-03-03 lies in the future.'],
  ['deal_won,2026-03-03,9,\ndeal_won,2026-03-03,9,Fridge', 'row 2: "Fridge" is no device of GA4'],
])('a row of %j is said before the data are asked', async (rows, said) => {
  const name = join(folder, 'wrong.csv')
  writeFileSync(name, `conversion,day,count,device\n${rows}\n`)
  const { err } = await plan('scorecard', crm, '--from', join(folder, 'none.ndjson'), '--outside', name)
  expect(err).toContain('error bad-outside-row: ')
  expect(err).toContain(said)
})

test('a device is one in any case', async () => {
  const name = join(folder, 'devices.csv')
  writeFileSync(
    name,
    'conversion,day,count,device\ndeal_won,2026-03-02,4,Mobile\ndeal_won,2026-03-03,9,mobile\n',
  )
  const { out } = await plan('scorecard', crm, ...data, '--outside', name)
  const { conversions } = JSON.parse(out) as Scorecard
  expect(conversions.find(({ id }) => id === 'deal_won')?.segments).toEqual([
    { slice: 'device', bucket: 'mobile', occurrences: 13, value: null },
  ])
})
