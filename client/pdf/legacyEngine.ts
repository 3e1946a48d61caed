/** The same for browsers of the last years: tablets in offices are not new. */
export { AnnotationMode, getDocument, PDFDataRangeTransport, PDFWorker, TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs'
