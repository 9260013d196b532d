/**
 * The part of a DOM that Observable Plot draws in, and the text of what it drew. A whole DOM would read pages and style
 * sheets as well; nothing of that happens here, and it is as large as Plot itself.
 */

const SVG = 'http://www.w3.org/2000/svg'

/** What Plot is given as its `document`. */
export class SvgDocument {
  /** Whoever draws asks it for the document, and finds that a new element is not one of HTML. */
  readonly documentElement = new SvgElement('svg', this)

  /** Of SVG, whichever is asked for: a figure around it or a legend would be HTML, and no chart has one. */
  createElementNS(_: string, name: string): SvgElement {
    return new SvgElement(name, this)
  }
}

export class SvgElement {
  readonly namespaceURI = SVG
  readonly tagName: string
  readonly ownerDocument: SvgDocument
  parentNode: SvgElement | null = null
  private readonly attributes = new Map<string, string>()
  private inner: (SvgElement | string)[] = []

  constructor(tagName: string, ownerDocument: SvgDocument) {
    this.tagName = tagName
    this.ownerDocument = ownerDocument
  }

  get children(): readonly SvgElement[] {
    return this.inner.filter((node) => typeof node !== 'string')
  }

  set textContent(text: string) {
    this.inner = [String(text)]
  }

  setAttribute(name: string, value: unknown): void {
    this.attributes.set(name, String(value))
  }

  hasAttribute(name: string): boolean {
    return this.attributes.has(name)
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null
  }

  removeAttribute(name: string): void {
    this.attributes.delete(name)
  }

  appendChild(child: SvgElement): SvgElement {
    return this.insertBefore(child, null)
  }

  /** At the end where `next` is no child. */
  insertBefore(child: SvgElement, next: SvgElement | null): SvgElement {
    child.remove()
    const at = next === null ? -1 : this.inner.indexOf(next)
    this.inner.splice(at === -1 ? this.inner.length : at, 0, child)
    child.parentNode = this
    return child
  }

  remove(): void {
    const { parentNode } = this
    if (parentNode !== null) parentNode.inner = parentNode.inner.filter((node) => node !== this)
    this.parentNode = null
  }

  /** This element and all below it, in the order of the text. */
  *all(): Generator<SvgElement> {
    yield this
    for (const child of this.children) yield* child.all()
  }

  /** As HTML reads it. What was set last stands first. */
  get outerHTML(): string {
    const attributes = [...this.attributes].reverse().map(([name, value]) => ` ${name}="${quoted(value)}"`)
    const inner = this.inner
      .map((node) => (typeof node === 'string' ? escaped(node) : node.outerHTML))
      .join('')
    const start = `<${this.tagName}${attributes.join('')}`
    return inner === '' ? `${start} />` : `${start}>${inner}</${this.tagName}>`
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function quoted(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
}
