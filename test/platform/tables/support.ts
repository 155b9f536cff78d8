import { strToU8, zipSync } from 'fflate';

/** A workbook as office programs write it, from the XML of its sheet's rows. */
export function workbook(rowsXml: string, parts: { shared?: readonly string[]; styles?: string; workbookPr?: string; after?: string } = {}): Uint8Array {
  const shared = (parts.shared ?? []).map((text) => `<si><t>${text}</t></si>`).join('');
  return zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'xl/workbook.xml': strToU8(
      `<?xml version="1.0"?><workbook xmlns:r="r">${parts.workbookPr ?? ''}<sheets><sheet name="隐" sheetId="1" state="hidden" r:id="rId1"/><sheet name="表" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>',
    ),
    'xl/worksheets/sheet1.xml': strToU8('<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'),
    'xl/worksheets/sheet2.xml': strToU8(`<worksheet><sheetData>${rowsXml}</sheetData>${parts.after ?? ''}</worksheet>`),
    'xl/sharedStrings.xml': strToU8(`<sst>${shared}</sst>`),
    'xl/styles.xml': strToU8(parts.styles ?? '<styleSheet/>'),
  });
}
