import type { Language } from '../../../shared/contracts/refusal.ts'

/** What the hub itself writes into a book. */
export interface BookWords {
  book: string
  agenda: string
  item(number: string): string
  page(page: number, pages: number): string
  begins: string
  contents(papers: number, pages: number): string
  copyOf(line: string): string
  made(at: string): string
  leftOut(titles: string): string
  rewritten: string
  bodies: { committee: string; council: string }
}

export const bookWords: Record<Language, BookWords> = {
  vi: {
    book: 'Tập tài liệu phiên họp',
    agenda: 'Chương trình',
    item: (number) => `Mục ${number}`,
    page: (page, pages) => `Trang ${page}/${pages}`,
    begins: 'Trang',
    contents: (papers, pages) => `${papers} tài liệu, ${pages} trang`,
    copyOf: (line) => `Bản của: ${line}`,
    made: (at) => `Ghép lúc ${at}, gồm những tài liệu người nhận được xem và được tải về.`,
    leftOut: (titles) => `Không có trong tập này, xin đọc trong cuộc họp: ${titles}.`,
    rewritten: 'Các trang được ghép lại thành tệp mới nên chữ ký số không còn hiệu lực trong tập này. Bản ký số là tệp của từng tài liệu.',
    bodies: { committee: 'Ủy ban nhân dân', council: 'Hội đồng nhân dân' },
  },
  en: {
    book: 'Meeting book',
    agenda: 'Agenda',
    item: (number) => `Item ${number}`,
    page: (page, pages) => `Page ${page}/${pages}`,
    begins: 'Page',
    contents: (papers, pages) => `${papers} ${papers === 1 ? 'paper' : 'papers'}, ${pages} ${pages === 1 ? 'page' : 'pages'}`,
    copyOf: (line) => `Copy of: ${line}`,
    made: (at) => `Bound at ${at}, of the papers that its reader may see and download.`,
    leftOut: (titles) => `Not in this book, please read in the meeting: ${titles}.`,
    rewritten: 'The pages were bound into a new file, so digital signatures do not hold in this book. The signed copy is the file of each paper.',
    bodies: { committee: 'People’s committee', council: 'People’s council' },
  },
}
