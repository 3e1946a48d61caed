/** Search in all papers of a meeting. */
export default {
  open: 'Search all papers',
  title: 'Search all papers',
  field: 'Words to find (diacritics are not needed)',
  hint: 'Searches items, titles and every page. Type two letters or more.',
  waiting: 'Searching…',
  nothing: 'Nothing found.',
  failed: 'The search did not reach the hub.',
  retry: 'Search again',
  found: 'Found in {papers} papers, on {pages} pages.',
  making: '{count} papers are still being read; results will be complete in a few minutes.',
  unsearchable: '{count} papers are scans without words to search.',
  items: 'Agenda items',
  page: 'Page {page}',
  openPaper: 'Open the paper',
  more: 'and {count} other pages.',
}
