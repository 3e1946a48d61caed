/** Language, size of type, theme. */
export default {
  title: 'Cỡ chữ, giao diện và ngôn ngữ',
  size: 'Cỡ chữ',
  sizes: { normal: 'Vừa', larger: 'Lớn', largest: 'Rất lớn' },
  theme: 'Giao diện',
  themes: { system: 'Theo thiết bị', light: 'Sáng', dark: 'Tối' },
  language: 'Ngôn ngữ',
}
