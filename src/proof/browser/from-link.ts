/** Google's own scripts through a preview link, fetched by us: the page itself reaches nothing. */
import { shownLink } from '../shown-link.ts'
import type { Answer, Asked } from './local-world.ts'
import { LIMITS } from './seeing.ts'

export interface FromLink {
  /** What the link's host answers. */
  readonly ask: (asked: Asked) => Promise<Answer>
  /** The same of a script that everything rests on; where it does not come, the error says why in words. */
  readonly script: (asked: Asked, what: 'gtm.js' | 'gtag/js') => Promise<Answer>
  /** Once a script was waited for in vain, why: nobody waits for it again. */
  readonly silent: () => string | undefined
}

/** @param patience milliseconds until a whole answer must be there */
export function fromLink(link: string, patience: number = LIMITS.script): FromLink {
  const { origin, searchParams } = new URL(link)
  let silence: string | undefined

  const ask = async ({ url, signal: gone }: Asked): Promise<Answer> => {
    const target = new URL(url.pathname + url.search, origin)
    const isGtm = url.pathname.endsWith('/gtm.js')
    if (isGtm) for (const [key, value] of searchParams) target.searchParams.set(key, value)
    const named = isGtm ? shownLink(link) : `${origin}${url.pathname}`
    // The page waits longer: what it waits for is said, not that it waits.
    const late = AbortSignal.timeout(patience)
    try {
      const response = await fetch(target, {
        signal: gone === undefined ? late : AbortSignal.any([late, gone]),
      })
      const body = Buffer.from(await response.arrayBuffer())
      if (!response.ok) throw new Error(`${named} answered ${response.status}.`)
      return { status: 200, headers: { ...CORS, 'content-type': 'text/javascript' }, body }
    } catch (error) {
      if (!late.aborted) throw error
      throw new Silent(`${named} did not answer within ${patience / 1000} seconds`)
    }
  }

  return {
    ask,
    silent: () => silence,
    script: async (asked, what) => {
      if (silence !== undefined) throw new Error(silence)
      return ask(asked).catch((error: unknown) => {
        const said = `${what} did not load: ${reasonOf(error)}`
        if (error instanceof Silent) silence = said
        throw new Error(said)
      })
    },
  }
}

const CORS = { 'access-control-allow-origin': '*' } as const

/** Nothing came in time. */
class Silent extends Error {}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { readonly cause?: { readonly code?: string } }
  const code = cause?.code
  return code === undefined ? message : `${UNREACHED[code] ?? 'the connection failed'} (${code})`
}

/** What Node says of an address that gives no answer, in words. */
const UNREACHED: { readonly [code: string]: string } = {
  ECONNREFUSED: 'nobody answers at the link’s address',
  ENOTFOUND: 'the link’s host is not found',
  EAI_AGAIN: 'the link’s host is not found; is there a network?',
}
