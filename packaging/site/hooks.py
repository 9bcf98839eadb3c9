"""Links of the pages, which are those of the repository: to what is no page of the site, a link becomes its text."""
import posixpath
import re

LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)#\s]+)(#[^)\s]*)?\)")


def on_page_markdown(markdown, page, files, **_):
    paths = {file.src_uri for file in files}

    def linked(match):
        text, target, anchor = match[1], match[2], match[3] or ""
        if re.match(r"[a-z]+:", target):
            return match[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page.meta.get("source", page.file.src_uri)), target))
        path = {"README.md": "index.md"}.get(path, path)
        if path not in paths and path + "/README.md" in paths:
            path += "/README.md"
        if path not in paths:
            return text
        return f"[{text}]({posixpath.relpath(path, posixpath.dirname(page.file.src_uri) or '.')}{anchor})"

    # Code is left as it is.
    parts = re.split(r"(^```.*?^```|`[^`\n]+`(?!\]))", markdown, flags=re.S | re.M)
    return "".join(part if index % 2 else LINK.sub(linked, part) for index, part in enumerate(parts))


# Browsers start no worker from a file on the disk, where the search has one: there, a frame of the page is the worker.
WORKER = """<script>
if (location.protocol === "file:") window.Worker = class extends EventTarget {
  constructor(url) {
    super()
    url = new URL(url, document.baseURI).href
    const frame = document.createElement("iframe"), waiting = []
    frame.hidden = true
    document.body.append(frame)
    const inside = frame.contentWindow
    inside.postMessage = data => this.dispatch(data)
    inside.importScripts = (...urls) => urls.reduce((done, each) => done.then(() => new Promise((loaded, failed) => {
      const script = inside.document.createElement("script")
      Object.assign(script, {src: each, onload: loaded, onerror: failed})
      inside.document.body.append(script)
    })), Promise.resolve())
    this.waiting = waiting
    this.inside = inside
    const base = inside.document.createElement("base")
    base.href = url
    inside.document.head.append(base)
    inside.importScripts(url).then(() => {
      this.waiting = null
      waiting.forEach(data => this.postMessage(data))
    })
  }
  dispatch(data) {
    const event = new MessageEvent("message", {data})
    this.dispatchEvent(event)
    if (this.onmessage) this.onmessage(event)
  }
  postMessage(data) {
    if (this.waiting) this.waiting.push(data)
    else this.inside.dispatchEvent(new MessageEvent("message", {data}))
  }
  terminate() { this.inside.frameElement.remove() }
}
</script>"""


def on_post_page(output, **_):
    return re.sub(r'<script src="https://unpkg\.com/iframe-worker/shim"></script>', lambda _: WORKER, output)
