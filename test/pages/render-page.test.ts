import { describe, expect, test } from 'vitest'
import { readPageFiles, type PageFiles } from '../../src/pages/read-pages.ts'
import { Markup, PageError, pageRenderer } from '../../src/pages/render-page.ts'

const OURS = await readPageFiles(['templates/pages'])

function files(pieces: { readonly [name: string]: string }): PageFiles {
  return new Map(Object.entries(pieces).map(([name, text]) => [name, { file: `pages/${name}`, text }]))
}

const HOSTILE = `</script>{{x}}"><img src=x onerror=alert(1)>\u2028`

describe('what a plan says stays text', () => {
  test('in an element and in an attribute', () => {
    const render = pageRenderer(files({ 'page.hbs': '<p title="{{title}}">{{title}}</p>' }))
    const html = render('page', { title: HOSTILE })
    expect(html).not.toContain('<img')
    expect(html.match(/"/g)).toHaveLength(2)
  })

  test('in the JSON of a script', () => {
    const render = pageRenderer(files({ 'page.hbs': '<script>const a = {{json value}}</script>' }))
    const html = render('page', { value: { title: HOSTILE } })
    expect(html.match(/<\/script>/g)).toHaveLength(1)
    expect(html).not.toContain('\u2028')
    const [, json = ''] = /const a = (.*)<\/script>/.exec(html) ?? []
    expect(JSON.parse(json)).toEqual({ title: HOSTILE })
  })

  test('only what we drew ourselves is markup', () => {
    const render = pageRenderer(files({ 'page.hbs': '{{markup chart}}' }))
    expect(render('page', { chart: new Markup('<svg></svg>') })).toBe('<svg></svg>')
    expect(() => render('page', { chart: { html: '<svg></svg>' } })).toThrow(PageError)
    expect(() => render('page', { chart: '<svg></svg>' })).toThrow(/pages\/page\.hbs: .*not Markup/)
  })
})

test('a partial that is no template is named with its own file', () => {
  const render = pageRenderer(files({ 'page.hbs': '{{> card}}', 'partials/card.hbs': '{{#if' }))
  expect(() => render('page', {})).toThrow(/^pages\/partials\/card\.hbs: Parse error/)
})

test('a user’s file stands in for ours of the same name, and the rest stays', async () => {
  const both = await readPageFiles(['templates/pages', 'templates/no-such-folder'])
  expect([...both.keys()]).toEqual([...OURS.keys()])
  expect(OURS.get('tokens.css')?.text).toContain('--accent')
})

test('colours stand in tokens.css and nowhere else', () => {
  const elsewhere = [...OURS]
    .filter(([name]) => name !== 'tokens.css')
    .flatMap(([name, { text }]) =>
      (text.match(/#[0-9a-f]{3,8}\b(?!["\w-])|\b(?:rgb|hsl)a?\(/gi) ?? []).map(
        (found) => `${name}: ${found}`,
      ),
    )
  expect(elsewhere).toEqual([])
})

test('addresses break behind @ and dots, days do not break, and nothing is unescaped by it', () => {
  expect(
    pageRenderer(files({ 'x.hbs': '{{breaks text}}' }))('x', { text: '<b>me@shop.example by 2027-03-31' }),
  ).toBe('&lt;b&gt;me@<wbr>shop.<wbr>example by <span class="day">2027-03-31</span>')
})
