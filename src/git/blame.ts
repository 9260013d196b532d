/** Which commit each line of a file comes from. */
import type { Repository } from './repository.ts'

export interface Blamed {
  /** Shortened. */
  readonly id: string
  /** When it was committed, in seconds since 1970. */
  readonly time: number
  /** The same as a day of UTC, 2026-11-24. */
  readonly day: string
  /** The first line of its message. */
  readonly subject: string
}

/** By line, from 0; undefined where a line is not committed yet. */
export async function blameOf(
  repository: Repository,
  file: string,
): Promise<readonly (Blamed | undefined)[]> {
  const inside = repository.inside(file)
  if (inside === undefined) return []
  const text = (await repository.git('blame', '--root', '--porcelain', '--', inside)).toString('utf8')
  const commits = new Map<string, Blamed | undefined>()
  const lines: (Blamed | undefined)[] = []
  let commit = ''
  let facts = new Map<string, string>()
  for (const line of text.split('\n')) {
    const head = /^([0-9a-f]{40,64}) \d+ (\d+)/.exec(line)
    if (line.startsWith('\t')) {
      if (!commits.has(commit)) commits.set(commit, blamed(commit, facts))
      lines.push(commits.get(commit))
      commit = ''
      facts = new Map()
    } else if (commit === '' && head !== null) commit = head[1] ?? ''
    else facts.set(line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1))
  }
  return lines
}

/** git names what is not committed by zeros. */
function blamed(commit: string, facts: ReadonlyMap<string, string>): Blamed | undefined {
  if (/^0+$/.test(commit)) return undefined
  const time = Number(facts.get('committer-time'))
  return {
    id: commit.slice(0, 10),
    time,
    day: new Date(time * 1000).toISOString().slice(0, 10),
    subject: facts.get('summary') ?? '',
  }
}
