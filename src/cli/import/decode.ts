/** The bytes of a file as the text that somebody saved: UTF-8, UTF-16 with its mark, or Windows-1252 as Excel writes it. */

/** @returns the text, or why it is not one, to go on after the name of the file */
export function decode(bytes: Uint8Array): { text: string; encoding: string } | string {
  const begins = (...marks: number[]) => marks.every((mark, index) => bytes[index] === mark);
  if (begins(0xff, 0xfe)) return { text: new TextDecoder("utf-16le").decode(bytes), encoding: "UTF-16" };
  if (begins(0xfe, 0xff)) return { text: new TextDecoder("utf-16be").decode(bytes), encoding: "UTF-16" };
  if (begins(0x50, 0x4b, 0x03, 0x04) || begins(0xd0, 0xcf, 0x11, 0xe0))
    return "is a workbook (Excel, Numbers or LibreOffice), not a table in text; save it as CSV (UTF-8) and import that";
  if (begins(0x25, 0x50, 0x44, 0x46)) return "is a PDF; export the list as CSV and import that";
  // Neither of the other encodings has a NUL in what people write.
  if (bytes.includes(0)) return "is not text; export the list as CSV (UTF-8) and import that";
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "UTF-8" };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), encoding: "Windows-1252" };
  }
}
