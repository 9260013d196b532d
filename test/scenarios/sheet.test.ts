/** The plan as a spreadsheet, edited as people do, and back into the YAML. */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseCsv, writeCsv } from 'hucre/csv'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import { parse } from 'yaml'
import { expect, test } from 'vitest'
import { run } from '../../src/commands/run.ts'
import { outcomeOf } from './outcome.ts'
import { inNewFolder, plan, planAnswering } from './run-plan.ts'

inNewFolder()

const FILE = 'plans/outfitters.yaml'
type Cells = (string | number | boolean | Date | null)[]
const text = (): string => readFileSync(FILE, 'utf8')

/** Exports the plan, lets somebody edit the rows, and saves them as a spreadsheet program does. */
async function edited(
  edit: (rows: Cells[], column: (name: string) => number) => Cells[] | void,
): Promise<void> {
  const { out, err } = await plan('export', FILE)
  if (out === '') throw new Error(err)
  const rows = parseCsv(out) as Cells[]
  const header = rows[0] ?? []
  writeFileSync('edited.csv', writeCsv(edit(rows, (name) => header.indexOf(name)) ?? rows))
}
const rowOf = (rows: Cells[], id: string): Cells => rows.find(([first]) => first === id) ?? []
const merge = (...more: string[]): ReturnType<typeof plan> => plan('merge', 'edited.csv', FILE, ...more)

/** Lines that are only in one of two texts, in order. */
function changedLines(before: string, after: string): readonly string[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line.trim()}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line.trim()}`),
  ]
}

test('a spreadsheet that nobody has edited changes nothing, in either format', async () => {
  const before = text()
  await edited(() => undefined)
  expect(await merge()).toEqual({ exitCode: 0, out: `edited.csv changes nothing in ${FILE}.\n`, err: '' })
  expect(await plan('export', FILE, '--out', 'plan.xlsx')).toMatchObject({ exitCode: 0, out: '' })
  const bytes = readFileSync('plan.xlsx')
  expect(await plan('merge', 'plan.xlsx', FILE)).toMatchObject({
    exitCode: 0,
    out: `plan.xlsx changes nothing in ${FILE}.\n`,
  })
  await plan('export', FILE, '--out', 'plan.xlsx')
  expect(readFileSync('plan.xlsx').equals(bytes)).toBe(true)
  expect(text()).toBe(before)
})

test('edits reach the fields they belong to, and every comment and line beside them stays', async () => {
  const before = text()
  await edited((rows, column) => {
    const signup = rowOf(rows, 'newsletter_signup')
    signup[column('Title')] = 'Newsletter: joined, #1 · النشرة'
    signup[column('Target rate')] = '9%'
    signup[column('Weight')] = '0.05'
    signup[column('Notes')] = 'Ask sales\nbefore spring'
    signup[column('Benchmarks')] = 'Organic Search | mobile | 6%..14% | published range\nEmail | | 20%..30%'
    signup[column('Owner')] = ''
    const search = rowOf(rows, 'site_search')
    search[column('Target rate')] = ''
    search[column('Target of')] = ''
    search[column('Target count')] = '5000'
    search[column('Target per')] = 'month'
    const opened = rowOf(rows, 'category_opened')
    opened[column('Benchmarks')] = String(opened[column('Benchmarks')]).split('\n')[1] ?? ''
    const purchase = rowOf(rows, 'purchase')
    purchase[column('Title')] = 'Completed order'
    purchase[column('Effort')] = '4'
  })
  const shown = await merge()
  expect(shown).toMatchObject({ exitCode: 1, err: expect.stringContaining('--auto-approve') as string })
  expect(shown.out).toContain(
    'newsletter_signup\n  Title\n    - Newsletter sign-up\n    + Newsletter: joined, #1 · النشرة\n',
  )
  expect(text()).toBe(before)
  expect(await planAnswering(false, 'merge', 'edited.csv', FILE)).toMatchObject({ exitCode: 0 })
  expect(text()).toBe(before)
  expect(await planAnswering(true, 'merge', 'edited.csv', FILE)).toMatchObject({ exitCode: 0, err: '' })
  expect(changedLines(before, text())).toMatchInlineSnapshot(`
    [
      "- title: Completed purchase",
      "- title: Newsletter sign-up",
      "- target: { rate: 8%, of: sessions }",
      "- - { channel: Organic Search, device: mobile, rate: 6%..12%, source: published range }",
      "- - { channel: Paid Social, device: mobile, rate: 3%..9%, source: own data 2026 }",
      "- - { device: desktop, rate: 28%..40%, source: own data 2026 }",
      "- target: { rate: 14%, of: sessions }",
      "+ title: Completed order",
      "+ effort: 4",
      "+ title: "Newsletter: joined, #1 · النشرة"",
      "+ target: { rate: 9%, of: sessions }",
      "+ - { channel: Organic Search, device: mobile, rate: 6%..14%, source: published range }",
      "+ - { channel: Email, rate: 20%..30% }",
      "+ notes: "Ask sales\\nbefore spring"",
      "+ target: { count: 5000, per: month }",
    ]
  `)
  expect(await merge()).toMatchObject({ out: `edited.csv changes nothing in ${FILE}.\n` })
  expect((await plan('validate', FILE)).exitCode).toBe(0)
  expect(await plan('fmt', '--check', FILE)).toMatchObject({ exitCode: 0 })
})

test('what a spreadsheet program would calculate is only text, and comes back as it was', async () => {
  const titles = ['=cmd|" /C calc"!A0', '+1', '-2', '@SUM(A1)', "'=quoted", '＝wide', "'tis"]
  const [head = '', tail = ''] = text().split(/(?<=\n)(?=goals:)/)
  const hostile = titles.reduce(
    (all, title, index) =>
      all.replace(
        /^( +title: )[A-Z].*$/m,
        (_, start: string) => `${start}${JSON.stringify(title)} # ${index}`,
      ),
    tail,
  )
  writeFileSync(FILE, head + hostile)
  const before = text()
  const { out, err } = await plan('export', FILE)
  expect(err).toBe('')
  const cells = parseCsv(out).flat().map(String)
  expect(cells.filter((cell) => /^[=+\-@\t＝]/.test(cell) && cell !== '-')).toEqual([])
  expect(cells).toEqual(expect.arrayContaining(['\'=cmd|" /C calc"!A0', "''=quoted", "'tis"]))
  writeFileSync('edited.csv', out)
  expect(await merge()).toMatchObject({ exitCode: 0, out: `edited.csv changes nothing in ${FILE}.\n` })
  await plan('export', FILE, '--out', 'plan.xlsx')
  const { sheets } = await readXlsx(readFileSync('plan.xlsx'), { includeFormulas: true } as object)
  expect([...(sheets[0]?.cells?.values() ?? [])].filter(({ formula }) => formula !== undefined)).toEqual([])
  expect(await plan('merge', 'plan.xlsx', FILE)).toMatchObject({
    out: `plan.xlsx changes nothing in ${FILE}.\n`,
  })
  expect(text()).toBe(before)
  // And one that is typed there is a text in the plan.
  await edited(
    (rows, column) => void (rowOf(rows, 'repeat_order')[column('Notes')] = '=HYPERLINK("http://x")'),
  )
  await merge('--auto-approve')
  expect((parse(text()) as { goals: { repeat_order: { notes: string } } }).goals.repeat_order.notes).toBe(
    '=HYPERLINK("http://x")',
  )
})

test('columns may be moved and left out; one that is not the plan’s is named', async () => {
  const before = text()
  await edited((rows, column) => {
    rowOf(rows, 'purchase')[column('Owner')] = 'sales@harbour.example'
    const kept = ['Owner', 'Id', 'As written (leave as it is)'].map(column)
    return rows.map((row, index) =>
      ['x', ...kept.map((place) => row[place] ?? '')].map((cell) =>
        index === 0 && cell === 'x' ? 'Ownr' : cell,
      ),
    )
  })
  const { exitCode, out, err } = await merge('--auto-approve')
  expect({ exitCode, out }).toMatchObject({ exitCode: 0, out: expect.stringContaining('+ sales@') as string })
  expect(err).toContain('"Ownr" is none of the plan')
  expect(changedLines(before, text())).toEqual(['+ owner: sales@harbour.example'])
})

test('rows that are gone, new, moved or without an id are told, and nothing is guessed from them', async () => {
  const before = text()
  await edited((rows, column) => {
    rowOf(rows, 'purchase')[column('Title')] = 'Order'
    const lost = rowOf(rows, 'site_search')
    rowOf(rows, 'category_opened')[column('Stage')] = 'decision'
    const blank = [...rowOf(rows, 'club_joined')]
    blank[0] = ''
    blank[column('Title')] = 'Without an id'
    return [...rows.filter((row) => row !== lost), ['site_searches', 'awareness', 'Renamed'], blank]
  })
  const { exitCode, err } = await merge('--auto-approve')
  expect(exitCode).toBe(0)
  expect(err.match(/(warning|error) sheet-rows-are-the-plans\n.*/g)).toMatchInlineSnapshot(`
    [
      "warning sheet-rows-are-the-plans
      category_opened stands under "awareness" in the plan and under "decision" in the sheet. It stays where it is.",
      "warning sheet-rows-are-the-plans
      The plan has no conversion "site_searches". Nothing is taken from the row.",
      "warning sheet-rows-are-the-plans
      The row has no id, so nobody can tell which conversion it is. Nothing is taken from it.",
      "warning sheet-rows-are-the-plans
      The sheet has no row for site_search. It stays in the plan as it is.",
    ]
  `)
  expect(changedLines(before, text())).toEqual(['- title: Completed purchase', '+ title: Order'])
})

test('nothing is written while an id has two rows, a value cannot be read, or the plan refuses one', async () => {
  const before = text()
  const refusal = async (edit: Parameters<typeof edited>[0]): Promise<string> => {
    await edited(edit)
    const { exitCode, err } = await merge('--auto-approve')
    expect([exitCode, text() === before]).toEqual([1, true])
    return err
  }
  expect(await refusal((rows) => [...rows, rowOf(rows, 'purchase')])).toMatch(
    /error sheet-ids-are-once\n {2}purchase has 2 rows: 2, \d+\./,
  )
  expect(
    await refusal((rows, column) => void (rowOf(rows, 'site_search')[column('Weight')] = '0,05')),
  ).toContain('Weight of site_search is not a number such as 0.05 or 1200: "0,05".')
  expect(await refusal((rows, column) => void (rowOf(rows, 'purchase')[column('Title')] = ''))).toContain(
    'purchase has no title any more.',
  )
  expect(await refusal((rows, column) => void (rowOf(rows, 'purchase')[column('Weight')] = '0.5'))).toContain(
    'a goal has no weight',
  )
  expect(await refusal((rows, column) => void (rowOf(rows, 'site_search')[column('Effort')] = '9'))).toMatch(
    /edited\.csv, row \d+ error sheet-values-fit\n {2}Effort of site_search: /,
  )
  expect(
    await refusal((rows, column) => void (rowOf(rows, 'site_search')[column('Target of')] = 'nothing')),
  ).toMatch(/edited\.csv, row \d+ error sheet-values-fit\n {2}Target of of site_search: /)
})

test('what the plan has changed since the export stays, and is told where both have', async () => {
  await edited((rows, column) => {
    rowOf(rows, 'purchase')[column('Title')] = 'Order'
    rowOf(rows, 'site_search')[column('Effort')] = '5'
  })
  writeFileSync(
    FILE,
    text()
      .replace('title: Completed purchase', 'title: Purchase')
      .replace('title: Newsletter sign-up', 'title: Newsletter'),
  )
  const before = text()
  const { exitCode, err } = await merge('--auto-approve')
  expect(exitCode).toBe(0)
  expect(err).toContain('The plan says "Purchase", the sheet "Order". The plan keeps its own.')
  expect(changedLines(before, text()).filter((line) => line.includes('title'))).toEqual([])
  expect(text()).toContain('effort: 5')
})

test('a plan that is saved while the question stands is not written over', async () => {
  await edited((rows, column) => void (rowOf(rows, 'purchase')[column('Title')] = 'Order'))
  const saved = text().replace('title: Completed purchase', 'title: Purchase')
  const ask = (): Promise<boolean> => {
    writeFileSync(FILE, saved)
    return Promise.resolve(true)
  }
  const { exitCode, err } = await outcomeOf((io) => run(['merge', 'edited.csv', FILE], io), { ask })
  expect(exitCode).toBe(1)
  expect(err).toContain(`${FILE} has been changed meanwhile: nothing was written.`)
  expect(text()).toBe(saved)
})

test('a cell that a spreadsheet has made a number or a day of is what was typed', async () => {
  await plan('export', FILE, '--out', 'plan.xlsx')
  const { sheets } = await readXlsx(readFileSync('plan.xlsx'))
  const rows = (sheets[0]?.rows ?? []).map((row) => [...row])
  const column = (name: string): number => (rows[0] ?? []).indexOf(name)
  rowOf(rows, 'newsletter_signup')[column('Target rate')] = 0.09
  rowOf(rows, 'purchase')[column('Target by')] = new Date('2027-05-31T00:00:00Z')
  rowOf(rows, 'club_joined')[column('Target by')] = 46_538
  writeFileSync('edited.csv', await writeXlsx({ sheets: [{ name: 'Plan', rows }] }))
  const { out } = await merge('--auto-approve')
  expect(out.match(/[-+] .*/g)).toEqual([
    '- 2027-03-31',
    '+ 2027-05-31',
    '- 2027-03-31',
    '+ 2027-05-31',
    '- 8%',
    '+ 9%',
  ])
})

test('a formula whose value the file does not hold is refused at its cell', async () => {
  const cells = new Map([['1,1', { formula: 'A1' }]])
  writeFileSync(
    'edited.xlsx',
    await writeXlsx({
      sheets: [
        {
          name: 'Plan',
          rows: [
            ['Id', 'Title'],
            ['purchase', null],
          ],
          cells,
        },
      ],
    }),
  )
  const { exitCode, err } = await outcomeOf((io) => run(['merge', 'edited.xlsx', FILE], io))
  expect([exitCode, err]).toEqual([1, expect.stringContaining('The cell B2 is a formula without its value.')])
})

test('a file that is no spreadsheet is refused in a sentence', async () => {
  const said = async (bytes: string | Uint8Array): Promise<string> => {
    writeFileSync('edited.csv', bytes)
    const { exitCode, err } = await merge()
    expect(exitCode).toBe(1)
    return err
  }
  expect(await said('Id,Title\n"purchase,Order\n')).toContain('A quote is opened and not closed.')
  expect(await said(Buffer.from('Id,Title\npurchase,Caf\u00e9\n', 'latin1'))).toContain('It is not UTF-8')
  expect(await said('PK\u0003\u0004')).toContain('It is no whole .xlsx file')
  expect(await said('a,b\n1,2\n')).toContain('The first row names no column "Id".')
  expect(await said('Id;Title;title\n')).toContain('Two columns are named "title".')
})

test('an edit of what an alias takes over changes nobody else, and one of its anchor is refused', async () => {
  const shared = text()
    .replace('owner: crm@harbour.example', 'owner: &crm crm@harbour.example')
    .replaceAll('owner: crm@harbour.example', 'owner: *crm')
  writeFileSync(FILE, shared)
  await edited((rows, column) => {
    rowOf(rows, 'stock_alert')[column('Owner')] = 'stock@harbour.example'
  })
  expect(await merge('--auto-approve')).toMatchObject({ exitCode: 0 })
  expect(changedLines(shared, text()).filter((line) => line.startsWith('+'))).toEqual([
    '+ owner: stock@harbour.example',
  ])
  expect(text().split('*crm').length).toBe(shared.split('*crm').length - 1)
  const before = text()
  await edited((rows, column) => {
    rowOf(rows, 'club_joined')[column('Owner')] = 'club@harbour.example'
  })
  const { exitCode, err } = await merge('--auto-approve')
  expect({ exitCode, err }).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('would change with it'),
  })
  expect(err).toContain('Owner of repeat_order')
  expect(text()).toBe(before)
})

test('a number that may be a thousand to one reader and one to another is asked about', async () => {
  await edited((rows, column) => {
    rowOf(rows, 'cart_mail_click')[column('Target count')] = '1.000'
  })
  const { exitCode, err } = await merge('--auto-approve')
  expect(exitCode).toBe(1)
  expect(err).toContain('Target count of cart_mail_click may be thousands or a fraction: "1.000".')
})
