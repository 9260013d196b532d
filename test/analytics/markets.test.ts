/** Targets of parts of the visitors, and the market that events carry. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, expect, test } from 'vitest'
import { renderScorecardMarkdown } from '../../src/analytics/render-markdown.ts'
import { renderScorecardText } from '../../src/analytics/render-text.ts'
import type { Scorecard } from '../../src/analytics/scorecard-types.ts'
import { exportRows } from './export-rows.ts'
import { plan } from './measure-command.ts'
import { planFrom, STORE } from './measure-sample.ts'

const folder = mkdtempSync(join(tmpdir(), 'plan-markets-'))
afterAll(() => rmSync(folder, { recursive: true }))

// 100 sessions a day: 20 of Kuwait, all of which buy; 60 of the Emirates, none of which does; 20 that carry no market.
const rows = join(folder, 'rows.ndjson')
const marketOf = (u: number): string | undefined => (u < 20 ? 'kw' : u < 80 ? 'ae' : undefined)
writeFileSync(
  rows,
  exportRows('2026-02-01', 28, 100, (u) => u < 20, marketOf),
)

const shop = join(folder, 'shop.yaml')
writeFileSync(
  shop,
  readFileSync(STORE, 'utf8')
    .replace(
      'goals:\n',
      `markets:
  ae: { title: Emirates, default: true, weekend: [sat, sun], targets: { purchase: { count: 280, per: month } } }
  kw: { title: Kuwait, hosts: [kw.shop.example], weekend: [fri, sat], targets: { purchase: { count: 280, per: month } } }
goals:
`,
    )
    .replace(
      '  purchase:\n',
      `  purchase:
    metrics: [revenue, orders per market]
    approvedBy: board@store.example
    incentive: Free delivery
    targets:
      - { device: mobile, rate: 50%, of: sessions }
      - { market: kw, device: mobile, rate: 50%, of: sessions }
`,
    ),
)

const rounded = (value: number): number => Math.round(value * 100) / 100

test('weeks begin after the weekend that all markets state, unless the plan says when', async () => {
  const yaml = readFileSync(shop, 'utf8')
  const starts = async (text: string) => (await planFrom(text)).weekStart
  expect(await starts(yaml)).toBe('monday')
  const gulf = yaml.replace('weekend: [sat, sun]', 'weekend: [fri, sat]')
  expect(await starts(gulf)).toBe('sunday')
  expect(
    await starts(
      gulf.replace(
        /(measurementId: G-STORE00001 \}\n)/,
        '$1    analytics: { from: api, weekStart: saturday }\n',
      ),
    ),
  ).toBe('saturday')
})

test('each part is held against its own target, a market by what its events carry', async () => {
  const { out, err } = await plan(
    ...['scorecard', shop, '--from', rows, '--month', '2026-02', '--as-of', '2026-03-02', '--format', 'json'],
  )
  expect(out, err).not.toBe('')
  const card = JSON.parse(out) as Scorecard
  const purchase = card.conversions.find(({ id }) => id === 'purchase')
  expect(
    purchase?.targets?.map(({ part, target: { status, wanted, progress } }) => [
      part,
      status,
      rounded(wanted),
      'value' in progress ? rounded(progress.value) : progress.unknown,
    ]),
  ).toEqual([
    // 34 of 100 users are mobile, 7 of the 20 who buy: 7/34 of what would be a half.
    ['mobile', 'behind', 0.5, 0.41],
    ['mobile, Kuwait', 'not-enough-data', 0.5, 'not-available-from-this-source'],
    ['Emirates', 'behind', 280, 0],
    ['Kuwait', 'on-pace', 280, 2],
  ])
  const markets = card.breakdowns.find(({ slice }) => slice === 'market')
  expect(markets?.buckets.map(({ bucket, title, sessions }) => [bucket, title, sessions])).toEqual([
    ['ae', 'Emirates', 1680],
    ['(not set)', undefined, 560],
    ['kw', 'Kuwait', 560],
  ])
  expect(card.source.notes).toContain('Weekends: Emirates sat, sun; Kuwait fri, sat. Compare whole weeks.')
  const schema = JSON.parse(readFileSync('schemas/scorecard.schema.json', 'utf8')) as object
  const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema)
  validate(card)
  expect(validate.errors ?? []).toEqual([])

  const text = renderScorecardText(card)
  expect(text).toMatch(
    /metric: orders per session; beside it revenue, orders per market\n +approved by: board@store.example\n +incentive: Free delivery: some do it for that/,
  )
  expect(text).toMatch(/Goals by market\n[^]* {2}Kuwait: 560 sessions; Completed purchase 100 % of sessions/)
  expect(renderScorecardMarkdown(card)).toMatch(/## Goals by market\n\n- Emirates: 1,680 sessions/)
})
