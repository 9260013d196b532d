/**
 * A page with a compiled container in a real browser, where every vendor's script is a recorder. What GTM's own tags load
 * (Hotjar's, LinkedIn's) is loaded as soon as our runtime says that the tag fired; Custom HTML runs as it is.
 */
import type { Browser, Page } from 'playwright-core'
import { gtmScript, readRuntime } from '../../src/proof/browser/gtm-script.ts'
import { launch } from '../../src/proof/browser/find-browser.ts'
import { openWorld, type Answer, type LocalWorld } from '../../src/proof/browser/local-world.ts'
import type { ContainerVersion } from '../../src/runtime/core/container.ts'

/** A vendor's script as a recorder. */
export interface Recorded {
  /** The address of its script, in full. */
  readonly script: string
  /** What takes the place of the script: hands every call to `record`, those that waited first. */
  readonly recorder: string
  /** The type of the tag by which GTM loads it, where the loader is not Custom HTML, and the queue that it makes. */
  readonly native?: { readonly type: string; readonly code: string }
}

export interface Opened {
  readonly page: Page
  /** Every call of every vendor's function since it was last asked, in order. `undefined` is told from what is absent. */
  readonly calls: () => Promise<readonly unknown[]>
  /** Addresses at vendors that the page has asked for. */
  readonly asked: () => readonly string[]
  readonly errors: () => readonly string[]
  readonly push: (...messages: readonly object[]) => Promise<void>
  /** Lets the vendors' scripts that were held back arrive. */
  readonly letIn: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface Lane {
  readonly open: (
    version: ContainerVersion,
    how?: { readonly consent?: object; readonly holdsScripts?: boolean },
  ) => Promise<Opened>
  readonly close: () => Promise<void>
}

const ORIGIN = 'https://www.shop.example'

export async function lane(browserPath: string, vendors: readonly Recorded[]): Promise<Lane> {
  const runtime = await readRuntime(process.cwd())
  let gtm = ''
  let html = ''
  let asked: string[] = []
  let gate: Promise<void> = Promise.resolve()
  const scripts = new Map(vendors.map(({ script, recorder }) => [script, recorder]))
  const answer = async (url: URL): Promise<Answer> => {
    const as = (type: string, body: string): Answer => ({
      status: 200,
      headers: { 'content-type': type, 'access-control-allow-origin': '*' },
      body,
    })
    if (url.host === 'www.shop.example') return as('text/html; charset=utf-8', html)
    if (url.pathname === '/gtm.js') return as('text/javascript', gtm)
    // Hits of GA4, and what the browser itself asks for.
    if (/(^|\.)(google|googleapis|google-analytics)\.com$/.test(url.host)) return as('text/plain', '')
    asked.push(url.href)
    await gate
    return as('text/javascript', scripts.get(url.href) ?? `window.__strange=${JSON.stringify(url.href)}`)
  }
  const world: LocalWorld = await openWorld(({ url }) => answer(url), new Date())
  const browser: Browser = await launch(browserPath, world.port)
  const natives = Object.fromEntries(
    vendors.flatMap(({ native }) => (native ? [[native.type, native.code]] : [])),
  )

  return {
    open: async (version, { consent, holdsScripts = false } = {}) => {
      gtm = gtmScript(runtime, version, {}).text
      html = pageOf(natives, consent)
      asked = []
      let letIn = (): void => undefined
      gate = holdsScripts ? new Promise((resolve) => (letIn = resolve)) : Promise.resolve()
      const context = await browser.newContext({ ignoreHTTPSErrors: true })
      const page = await context.newPage()
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      await page.goto(`${ORIGIN}/`, { waitUntil: holdsScripts ? 'domcontentloaded' : 'load' })
      await page.waitForFunction('window.planRuntime !== undefined')
      if (!holdsScripts) await scriptsCame(page)
      return {
        page,
        calls: async () => JSON.parse(await page.evaluate<string>('__take()')) as unknown[],
        asked: () => asked,
        errors: () => errors,
        push: async (...messages) => {
          await page.evaluate((each) => {
            const { dataLayer } = globalThis as unknown as { dataLayer: object[] }
            for (const message of each) dataLayer.push(message)
          }, messages)
          if (!holdsScripts) await scriptsCame(page)
        },
        letIn: async () => {
          letIn()
          await scriptsCame(page)
        },
        close: () => context.close(),
      }
    },
    close: async () => {
      await browser.close()
      await world.close()
    },
  }
}

/** No script of the page is under way any more. */
async function scriptsCame(page: Page): Promise<void> {
  await page.waitForFunction('__waiting.size === 0')
}

function pageOf(natives: object, consent: object | undefined): string {
  const said = consent === undefined ? '' : `gtag('consent','default',${JSON.stringify(consent)});`
  return `<!doctype html><meta charset=utf-8><title>Shop</title>
<script>
window.dataLayer=[];function gtag(){dataLayer.push(arguments)}
var calls=[];
function __take(){return JSON.stringify(calls.splice(0),function(_,value){return value===undefined?'«undefined»':value})}
function record(vendor,args){calls.push([vendor].concat([].slice.call(args)))}
// Whoever adds a script waits for it: the test goes on when all have come.
var __waiting=new Set();
new MutationObserver(function(all){all.forEach(function(one){one.addedNodes.forEach(function(node){
  if(node.tagName!=='SCRIPT'||!node.src||node.src.indexOf('gtm.js')>0)return;
  __waiting.add(node);
  node.addEventListener('load',function(){__waiting.delete(node)});node.addEventListener('error',function(){__waiting.delete(node)})
})})}).observe(document,{childList:true,subtree:true});
var natives=${JSON.stringify(natives)};
// GTM's own tags: what the runtime says has fired loads its script.
window.__planReport=function(text){JSON.parse(text).decisions.forEach(function(each){each.tags.forEach(function(tag){
  if(tag.outcome==='fired'&&natives[tag.type])(0,eval)(natives[tag.type])
})})};
${said}
dataLayer.push({'gtm.start':1,event:'gtm.js'})
</script><script src="https://www.googletagmanager.com/gtm.js"></script><p>A shop.</p>`
}
