/** Answers that no client should have to wait for, or be able to hold: they come as the network brings them, not at once. */
import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { Answer } from './answer.ts'

/** `drip` gives the right answer, or the fault's, in small pieces; the others take its place. */
export const ODD_ANSWERS = ['never', 'drip', 'endless', 'bomb'] as const
export type OddAnswer = (typeof ODD_ANSWERS)[number]

const JSON_HEADERS = { 'content-type': 'application/json; charset=UTF-8', 'cache-control': 'no-store' }

/** Begins to answer; ends with the connection, which is the client's to cut. */
export function sendOdd(
  kind: OddAnswer,
  response: ServerResponse,
  { status, body }: Answer,
  everyMs: number,
): void {
  if (kind === 'never') return
  if (kind === 'drip') {
    response.writeHead(status, JSON_HEADERS)
    return drip(response, Buffer.from(body), everyMs)
  }
  if (kind === 'endless') {
    response.writeHead(200, JSON_HEADERS)
    response.write('{"name":"')
    return repeat(response, Buffer.alloc(65_536, 'x'), Infinity)
  }
  response.writeHead(200, { ...JSON_HEADERS, 'content-encoding': 'gzip' })
  // Members of a gzip stream may follow one another (RFC 1952): 64 of 16 MB each are a gigabyte of blanks.
  repeat(response, gzipSync(Buffer.alloc(16 * 1024 * 1024, ' ')), 64)
}

function drip(response: ServerResponse, body: Buffer, everyMs: number): void {
  let sent = 0
  const timer = setInterval(() => {
    if (sent < body.length) response.write(body.subarray(sent, ++sent))
    else response.end()
  }, everyMs)
  response.on('close', () => clearInterval(timer))
}

/** As fast as the client takes it. */
function repeat(response: ServerResponse, piece: Buffer, times: number): void {
  let left = times
  const more = (): void => {
    while (left-- > 0) {
      if (response.destroyed) return
      if (!response.write(piece)) return void response.once('drain', more)
    }
    response.end()
  }
  more()
}
