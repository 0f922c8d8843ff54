/**
 * The camera, where the browser reads codes by itself. Pictures never leave the page, and the
 * camera is given back as soon as a code was read or the screen closes.
 */
import { useEffect, useRef } from 'preact/hooks';
import { ActButton } from './act-button.js';
import { TroubleLine } from './trouble-line.js';
import { useAct } from '../state/act.state.js';
import { w } from '../words/words.js';

/** The part of the Shape Detection API that is used; not every browser has it. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
type DetectorClass = new (options: { readonly formats: readonly string[] }) => Detector;

const LOOK_MS = 200;

function detectorClass(): DetectorClass | null {
  const known = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  return known ?? null;
}

export const canScan = (): boolean =>
  detectorClass() !== null && 'mediaDevices' in navigator && window.isSecureContext;

export function Scanner({ onText }: { readonly onText: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const stop = useRef<() => void>(() => undefined);
  const act = useAct();
  const start = async (): Promise<void> => {
    const Detector = detectorClass();
    const screen = video.current;
    if (Detector === null || screen === null) return;
    const stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment' },
    });
    screen.srcObject = stream;
    await screen.play();
    const detector = new Detector({ formats: ['qr_code'] });
    const timer = setInterval(() => void look(), LOOK_MS);
    stop.current = () => {
      clearInterval(timer);
      for (const track of stream.getTracks()) track.stop();
      screen.srcObject = null;
    };
    const look = async (): Promise<void> => {
      const [found] = await detector.detect(screen);
      if (found === undefined || screen.srcObject === null) return;
      stop.current();
      onText(found.rawValue);
    };
  };
  useEffect(() => {
    void startIfAllowed(() => act.run(start));
    return () => stop.current();
  }, []);
  return (
    <section class="scanner">
      <video ref={video} muted playsInline aria-label={w().link.viewfinder} />
      <ActButton act={act} look="second" onAct={() => void act.run(start)}>
        {w().link.scan}
      </ActButton>
      <TroubleLine trouble={act.trouble.value} />
    </section>
  );
}

/** Whoever allowed the camera before is not asked to tap for it again. */
async function startIfAllowed(start: () => Promise<unknown>): Promise<void> {
  const name = 'camera' as PermissionName;
  const allowed = await navigator.permissions.query({ name }).catch(() => null);
  if (allowed?.state === 'granted') await start();
}
