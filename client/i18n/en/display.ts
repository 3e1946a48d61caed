/** Language, size of type, theme. */
export default {
  title: 'Text size, theme and language',
  size: 'Text size',
  sizes: { normal: 'Medium', larger: 'Large', largest: 'Very large' },
  theme: 'Theme',
  themes: { system: 'As the device', light: 'Light', dark: 'Dark' },
  language: 'Language',
}
