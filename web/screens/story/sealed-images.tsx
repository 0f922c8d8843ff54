/**
 * Photographs that go with what is asked, shown where they are spoken of: whoever is asked about a
 * wound sees it without opening a file. Opened on this device, and let go with the page.
 */
import type { AttachmentRef } from '@liaison/contract/attachment';
import type { CircleId } from '@liaison/contract/ids';
import { useEffect, useState } from 'preact/hooks';
import { TroubleLine } from '../../components/trouble-line.js';
import { face } from '../../worker/liaison.client.js';
import { asTrouble, type Trouble } from '../../worker/trouble.js';

/** What a browser paints without running anything of it. */
const PICTURES: readonly string[] = ['image/jpeg', 'image/png', 'image/webp'];

/**
 * Beyond, whoever wants it opens it as a file: nobody fetches a scan over a bad network unasked.
 */
const LARGEST_BYTES = 8_000_000;

const isPicture = ({ mediaType, size }: AttachmentRef): boolean =>
  PICTURES.includes(mediaType) && size <= LARGEST_BYTES;

interface ImagesProps {
  readonly circle: CircleId;
  readonly files: readonly AttachmentRef[];
}

export function SealedImages({ circle, files }: ImagesProps) {
  return (
    <>
      {files.filter(isPicture).map((file) => (
        <SealedImage key={file.id} circle={circle} file={file} />
      ))}
    </>
  );
}

function SealedImage({
  circle,
  file,
}: {
  readonly circle: CircleId;
  readonly file: AttachmentRef;
}) {
  const [address, setAddress] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  useEffect(() => {
    let shown: string | null = null;
    let isGone = false;
    const show = async (): Promise<void> => {
      const bytes = new Uint8Array(await face.attachment(circle, file));
      if (isGone) return;
      shown = URL.createObjectURL(new Blob([bytes], { type: file.mediaType }));
      setAddress(shown);
    };
    show().catch((cause: unknown) => setTrouble(asTrouble(cause)));
    return () => {
      isGone = true;
      if (shown !== null) URL.revokeObjectURL(shown);
    };
  }, [file.id]);
  if (trouble !== null) return <TroubleLine trouble={trouble} />;
  return address === null ? null : <img class="picture" src={address} alt={file.name} />;
}
