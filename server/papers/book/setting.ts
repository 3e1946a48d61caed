/** Width of words in parts of the type size. */
export type Measure = (words: string) => number

/** The words, or so many of their letters as go into `width` with three dots behind them. */
export function shortened(words: string, width: number, measure: Measure): string {
  if (measure(words) <= width) return words
  const letters = [...words]
  let [fits, over] = [0, letters.length]
  while (over - fits > 1) {
    const middle = (fits + over) >> 1
    if (measure(`${letters.slice(0, middle).join('').trimEnd()}…`) <= width) fits = middle
    else over = middle
  }
  return fits === 0 ? '' : `${letters.slice(0, fits).join('').trimEnd()}…`
}

/** The words in lines of at most `width`; a word that is longer than that is cut. At most `most` lines, the last one shortened. */
export function wrapped(words: string, width: number, measure: Measure, most = Infinity): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words.split(/\s+/u).filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && measure(longer) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  if (line !== '') lines.push(line)
  const whole = lines.length > most ? [...lines.slice(0, most - 1), lines.slice(most - 1).join(' ')] : lines
  return whole.map((one) => shortened(one, width, measure))
}
