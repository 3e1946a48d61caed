/** The parts of pdf.js that the reader uses; the bundler leaves out the rest (forms, editors, signatures). */
export { AnnotationMode, getDocument, PDFDataRangeTransport, PDFWorker, TextLayer } from 'pdfjs-dist'
