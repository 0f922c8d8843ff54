/**
 * New beginnings that are none: a reset before its wait is over, without having been asked for,
 * after a refusal, dated as it suits; and what a reset changes for those who knew the person.
 */
import type { IdentityLog, IdentityPayload } from '@liaison/contract/identity';
import { LIMITS } from '@liaison/contract/limits';
import { type DeviceSecrets, newDevice } from '@liaison/sdk/logs/identity-statements';
import type { Attack } from './attack.js';
import { onLog } from './identity.oracle.js';
import { type MadePerson, tokenFor } from './made.person.js';
import type { Stage } from './stage.js';

const HOUR_MS = 3_600_000;
const WAIT_MS = LIMITS.resetWaitMs.value;

/** The provider's own hours beside the statements' hours, where an attack makes them differ. */
interface Dated {
  readonly at: number;
  readonly iat?: number;
}

/** A statement by a device that nobody let in yet, truly attested; gives its index. */
async function says(
  stage: Stage,
  made: MadePerson,
  device: DeviceSecrets,
  payload: IdentityPayload,
  { at, iat = at }: Dated,
): Promise<number> {
  const { signing, keys } = device;
  const signed = { signer: { id: keys.device, signing }, holder: signing, at };
  const drafted = made.draft(payload, signed);
  const claims = { iat: Math.floor(iat / 1000), exp: Math.floor(iat / 1000) + 120 };
  const attestation = await tokenFor(stage, 'reset', drafted, { claims });
  return made.add(payload, { ...signed, attestation }).statement.n;
}

interface Wish {
  readonly stage: Stage;
  readonly made: MadePerson;
  readonly device: DeviceSecrets;
}

const asks = ({ stage, made, device }: Wish, dated: Dated): Promise<number> =>
  says(stage, made, device, { kind: 'identity.reset-asked', keys: device.keys }, dated);

const resets = (
  { stage, made }: Wish,
  device: DeviceSecrets,
  asked: number | null,
  dated: Dated,
): Promise<number> =>
  says(stage, made, device, { kind: 'identity.reset', keys: device.keys, asked }, dated);

/** Another device in the person's place, after a wait that nobody objected to. */
export async function resetLog(stage: Stage, made: MadePerson): Promise<void> {
  const device = newDevice();
  const at = Date.now();
  const wish = { stage, made, device };
  const asked = await asks(wish, { at: at - WAIT_MS });
  await resets(wish, device, asked, { at });
}

function onReset(
  id: string,
  name: string,
  lie: (wish: Wish) => Promise<unknown>,
  code: string,
): Attack {
  const log = async (made: MadePerson, stage: Stage): Promise<IdentityLog> => {
    await lie({ made, stage, device: newDevice() });
    return made.log;
  };
  return onLog(id, name, log, code);
}

export const RESETS: readonly Attack[] = [
  onReset(
    'reset-too-soon',
    'a reset an hour before its three days are over',
    async (wish) => {
      const at = Date.now();
      const asked = await asks(wish, { at: at - WAIT_MS + HOUR_MS });
      await resets(wish, wish.device, asked, { at });
    },
    'reset-too-soon',
  ),
  onReset(
    'reset-unasked',
    'a reset that nobody asked for, where a device lives',
    (wish) => resets(wish, wish.device, null, { at: Date.now() }),
    'reset-not-asked',
  ),
  onReset(
    'reset-by-another-device',
    'a reset for another device than the one that asked and waited',
    async (wish) => {
      const at = Date.now();
      const asked = await asks(wish, { at: at - WAIT_MS });
      await resets(wish, newDevice(), asked, { at });
    },
    'reset-not-asked',
  ),
  onReset(
    'reset-refused',
    'a reset after a live device has said no',
    async (wish) => {
      const at = Date.now();
      const asked = await asks(wish, { at: at - WAIT_MS });
      wish.made.add({ kind: 'identity.reset-refused', asked });
      await resets(wish, wish.device, asked, { at });
    },
    'reset-not-asked',
  ),
  onReset(
    'reset-refusal-of-nothing',
    'a refusal of what was never asked',
    ({ made }) => Promise.resolve(made.add({ kind: 'identity.reset-refused', asked: 99 })),
    'reset-not-asked',
  ),
  onReset(
    'reset-asking-dated-back',
    'three days of waiting that the provider’s clock never saw begin',
    async (wish) => {
      const at = Date.now();
      const asked = await asks(wish, { at: at - WAIT_MS, iat: at });
      await resets(wish, wish.device, asked, { at });
    },
    'attestation-time',
  ),
  onReset(
    'reset-dated-ahead',
    'a reset dated three days ahead, by a token of today',
    async (wish) => {
      const at = Date.now();
      const asked = await asks(wish, { at });
      await resets(wish, wish.device, asked, { at: at + WAIT_MS, iat: at });
    },
    'attestation-time',
  ),
  onReset(
    'reset-with-a-lost-device',
    'a reset that brings back the device that was ended',
    async (wish) => {
      const { made, device } = wish;
      const at = Date.now();
      made.addDevice(device);
      const untrustedFrom = made.built.length;
      made.add({ kind: 'device.revoked', device: device.keys.device, untrustedFrom });
      await asks(wish, { at });
    },
    'device-known',
  ),
];
