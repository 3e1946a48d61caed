"""Text in the old Vietnamese fonts becomes Unicode before LibreOffice prints it.

Without those fonts, which no machine has any more, a page shows "ñy ban nh©n d©n", and LibreOffice drops TCVN3's ư, which it takes for a
soft hyphen. The tables are those of shared/vietnamese, handed in as {"tcvn3": {wrong: meant}, "vni": {...}}.
"""
import re
import zipfile

OLD = (b'.Vn', b'VNI-', b'VNI ')
UNICODE_ONLY = re.compile('[ăĂđĐơƠưƯĨĩŨũẠ-ỹ\u0300-\u0323]')
SANS = re.compile('arial|helv|avant|univer|swiss|gothic', re.I)
KEPT = ('CharBackColor', 'CharCaseMap', 'CharColor', 'CharEscapement', 'CharEscapementHeight', 'CharHeight', 'CharPosture', 'CharStrikeout', 'CharUnderline', 'CharWeight')
LARGEST = 64_000_000  # bytes of one part of a file that are looked through
STRINGS = 4  # com.sun.star.sheet.CellFlags


def mentions_old_fonts(path):
    """Whether the file names such a font anywhere, so that all other files are not walked through."""
    found = tuple(name.decode().encode(code) for name in OLD for code in ('latin-1', 'utf-16-le'))
    if not zipfile.is_zipfile(path):
        with open(path, 'rb') as file:
            data = file.read(LARGEST)
        return any(name in data for name in found)
    with zipfile.ZipFile(path) as parts:
        return any(name in parts.read(part) for part in parts.infolist() if part.filename.endswith('.xml') and part.file_size < LARGEST for name in found)


def coding_of_font(font):
    if not font:  # several at once, or none
        return None
    bare = re.sub(r'[\s._-]+', ' ', font).strip()
    if re.match('VNI ', bare, re.I):
        return 'vni'
    vn = re.match('Vn ?([A-Z][A-Za-z]*)', bare)
    return None if vn is None else 'tcvn3Capitals' if vn.group(1).endswith('H') else 'tcvn3'


class Letters:
    def __init__(self, tables):
        self.tcvn3, self.vni = tables['tcvn3'], tables['vni']
        self.pairs = re.compile('|'.join(re.escape(key) for key in sorted(self.vni, key=len, reverse=True)))

    def meant(self, text, coding):
        shifted = re.sub('[\uf020-\uf0ff]', lambda sign: chr(ord(sign.group()) - 0xF000), text)
        if UNICODE_ONLY.search(shifted):
            return text
        if coding == 'vni':
            return self.pairs.sub(lambda sign: self.vni[sign.group()], shifted)
        written = ''.join(self.tcvn3.get(sign, sign) for sign in shifted)
        return written.upper() if coding == 'tcvn3Capitals' else written

    def mend(self, document):
        """Walks through all text of an open document."""
        if document.supportsService('com.sun.star.sheet.SpreadsheetDocument'):
            for sheet in listed(document.Sheets):
                self.mend_cells(sheet)
                self.mend_shapes(sheet.DrawPage)
        elif document.supportsService('com.sun.star.text.TextDocument'):
            for text in texts_of(document):
                self.mend_text(text)
            self.mend_shapes(document.DrawPage)
        else:
            for pages in (document.MasterPages, document.DrawPages):
                for page in listed(pages):
                    self.mend_shapes(page)

    def mend_text(self, text):
        for paragraph in enumerated(text):
            if paragraph.supportsService('com.sun.star.text.TextTable'):
                for name in paragraph.CellNames:
                    self.mend_text(paragraph.getCellByName(name))
                continue
            # From the first to the last: what is written into one reaches into the one before it, which is done by then.
            for portion in list(enumerated(paragraph)):
                self.mend_portion(portion)

    def mend_portion(self, portion):
        coding = coding_of_font(portion.CharFontName)
        if coding is None:
            return
        before = portion.String
        now = self.meant(before, coding)
        if now != before and getattr(portion, 'TextPortionType', 'Text') == 'Text':
            kept = [(name, getattr(portion, name)) for name in KEPT if hasattr(portion, name)]
            portion.String = now
            for name, value in kept:
                setattr(portion, name, value)
        portion.CharFontName = font_for(portion.CharFontName)

    def mend_cells(self, sheet):
        for ranges in listed(sheet.UniqueCellFormatRanges):
            coding = coding_of_font(ranges.CharFontName)
            if coding is None:
                continue
            font = font_for(ranges.CharFontName)
            for cell in enumerated(ranges.queryContentCells(STRINGS).Cells):
                cell.String = self.meant(cell.String, coding)
            ranges.CharFontName = font

    def mend_shapes(self, shapes):
        for shape in listed(shapes):
            if shape.supportsService('com.sun.star.drawing.GroupShape'):
                self.mend_shapes(shape)
            elif shape.supportsService('com.sun.star.drawing.TableShape'):
                for row in range(shape.Model.Rows.Count):
                    for column in range(shape.Model.Columns.Count):
                        self.mend_text(shape.Model.getCellByPosition(column, row))
            elif hasattr(shape, 'createEnumeration'):
                self.mend_text(shape)


def font_for(name):
    return 'Arial' if SANS.search(name) else 'Times New Roman'


def listed(container):
    return [container.getByIndex(number) for number in range(container.Count)]


def enumerated(container):
    elements = container.createEnumeration()
    while elements.hasMoreElements():
        yield elements.nextElement()


def texts_of(document):
    yield document.Text
    yield from listed(document.TextFrames)
    yield from listed(document.Footnotes)
    yield from listed(document.Endnotes)
    for style in listed(document.StyleFamilies.getByName('PageStyles')):
        for part in ('Header', 'Footer'):
            if getattr(style, part + 'IsOn'):
                for name in (part + 'Text', part + 'TextLeft', part + 'TextFirst'):
                    text = getattr(style, name, None)
                    if text is not None:
                        yield text
