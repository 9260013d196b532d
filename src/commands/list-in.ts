/** `www.a.example, b.example` as a list. */
export function listIn(text: string): readonly string[] {
  return text.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]))
}
