// The least that shows page 1 with an engine in WebAssembly: the whole paper fetched, the page drawn as wide as the window, at its device pixels.
// Program and paper are fetched side by side.
const query = new URLSearchParams(location.search)
const [paper, draw] = await Promise.all([
  fetch(query.get('url')).then(async answer => new Uint8Array(await answer.arrayBuffer())),
  query.get('engine') === 'mupdf' ? mupdf() : pdfium(),
])
const width = innerWidth * devicePixelRatio
const picture = await draw(paper)
const canvas = document.querySelector('canvas')
canvas.width = picture.width
canvas.height = picture.height
canvas.getContext('2d').putImageData(picture, 0, 0)

async function mupdf() {
  const { ColorSpace, Document, Matrix } = await import('/mupdf/mupdf.js')
  return bytes => {
    const page = Document.openDocument(bytes, 'application/pdf').loadPage(0)
    const [left, , right] = page.getBounds()
    const pixmap = page.toPixmap(Matrix.scale(width / (right - left), width / (right - left)), ColorSpace.DeviceRGB, true)
    return new ImageData(new Uint8ClampedArray(pixmap.getPixels()), pixmap.getWidth(), pixmap.getHeight())
  }
}

async function pdfium() {
  const { PDFiumLibrary } = await import('/pdfium/index.esm.browser.js')
  const library = await PDFiumLibrary.init({ wasmUrl: '/pdfium/pdfium.wasm' })
  return async bytes => {
    const page = (await library.loadDocument(bytes)).getPage(0)
    const drawn = await page.render({ scale: width / page.getOriginalSize().originalWidth, render: 'bitmap' })
    const pixels = new Uint8ClampedArray(drawn.data)
    // It draws blue first.
    for (let at = 0; at < pixels.length; at += 4) [pixels[at], pixels[at + 2], pixels[at + 3]] = [pixels[at + 2], pixels[at], 255]
    return new ImageData(pixels, drawn.width, drawn.height)
  }
}
