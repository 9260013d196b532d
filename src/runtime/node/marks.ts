/**
 * The one script that is carried out without a browser: it leaves a mark on the page, `window.NAME.ITEM = 1`, and does
 * nothing else. Variables of the container read such a mark; of no other global variable anything is known here.
 */
import type { Container } from '../core/container.ts'
import type { Effect } from '../core/step.ts'

/** For each object that such scripts of the container write into, what has been left in it so far. */
export type Marks = ReadonlyMap<string, ReadonlySet<string>>

const MARK =
  /^<script>\(function\(\)\{var w=window;\(w\.(\w+)=w\.\1\|\|\{\}\)\["(\w+)"\]=1;\}\)\(\);<\/script>$/

/** Nothing has been left yet; what no script writes into is not in it. */
export function marksOf(container: Container): Marks {
  const marks = NO_MARKS.get(container) ?? marksIn(container)
  NO_MARKS.set(container, marks)
  return marks
}

/** A container is opened anew for every page. */
const NO_MARKS = new WeakMap<Container, Marks>()

function marksIn({ tags }: Container): Marks {
  return new Map(
    tags.flatMap(({ type, parameter = [] }) => {
      const html = parameter.find(({ key }) => key === 'html')?.value ?? ''
      const name = type === 'html' ? MARK.exec(html)?.[1] : undefined
      return name === undefined ? [] : [[name, new Set<string>()] as const]
    }),
  )
}

export function left(marks: Marks, effects: readonly Effect[]): Marks {
  let all = marks
  for (const effect of effects) {
    const [, name, item] = effect.kind === 'html' ? (MARK.exec(effect.html) ?? []) : []
    if (name === undefined || item === undefined) continue
    all = new Map([...all, [name, new Set([...(all.get(name) ?? []), item])]])
  }
  return all
}
