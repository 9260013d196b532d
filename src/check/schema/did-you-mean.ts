/** The candidate that was most likely meant, if one is near: another case or separator, a slip, a plural. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const plain = normal(word)
  let best: string | undefined
  // One slip in a short word, two in a longer one, three in a long one.
  let bestDistance = Math.min(3, Math.floor(plain.length / 3)) + 0.5
  for (const candidate of candidates) {
    const other = normal(candidate)
    if (other === plain) return candidate
    const distance = editDistance(plain, other, Math.ceil(bestDistance))
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Whether two words differ in case and separators only. */
export function isSameWord(a: string, b: string): boolean {
  return normal(a) === normal(b)
}

function normal(word: string): string {
  return word.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** Insertions, deletions, replacements and swaps of neighbours; anything above `limit` is as good as infinite. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit || a.length > 60) return Infinity
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      next.push(cost)
    }
    before = row
    row = next
  }
  return row[b.length] ?? Infinity
}
