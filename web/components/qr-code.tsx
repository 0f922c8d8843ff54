/**
 * A QR code, drawn here: what it says may be a secret, so no picture of it is fetched or kept. It
 * is black on white in every theme, because cameras expect it so.
 */
import { useMemo } from 'preact/hooks';
import { encode } from 'uqr';

/** Modules of white around it, without which cameras do not find it. */
const QUIET = 4;

interface QrCodeProps {
  readonly text: string;
  /** What a screen reader says instead. */
  readonly label: string;
}

export function QrCode({ text, label }: QrCodeProps) {
  const { size, path } = useMemo(() => drawn(text), [text]);
  const side = size + 2 * QUIET;
  return (
    <svg
      class="qr"
      viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
}

/** Each dark module as a square of the one path. */
function drawn(text: string): { readonly size: number; readonly path: string } {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const squares = data.flatMap((row, y) =>
    row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')),
  );
  return { size, path: squares.join('') };
}
