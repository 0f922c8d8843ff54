/**
 * A one-page PDF out of lines of text: enough for the sample to join a prescription that every
 * viewer opens. Text is Latin-1, as the built-in fonts read it.
 */
const SIZE = { width: 595, height: 842, left: 60, top: 780, leading: 20 };

const escaped = (line: string): string => line.replace(/[\\()]/g, (sign) => `\\${sign}`);

function drawn([title = '', ...lines]: readonly string[]): string {
  const { left, top, leading } = SIZE;
  const shown = lines.map((line) => `(${escaped(line)}) Tj T*`);
  return [
    'BT',
    `/F1 16 Tf ${leading} TL ${left} ${top} Td (${escaped(title)}) Tj T* T*`,
    '/F1 11 Tf',
    ...shown,
    'ET',
  ].join('\n');
}

/** The first line is the title. */
export function pdfOf(lines: readonly string[]): Uint8Array {
  const content = drawn(lines);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${SIZE.width} ${SIZE.height}] ` +
      '/Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\n`;
  return Buffer.from(`${text}${table}${trailer}startxref\n${text.length}\n%%EOF\n`, 'latin1');
}
