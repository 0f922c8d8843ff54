/**
 * Which screen stands now: what this device still needs comes first, then the place named by the
 * address. Screens that are not needed at once are fetched when they are first asked for.
 */
import type { SessionView } from '@liaison/sdk/face';
import { useEffect } from 'preact/hooks';
import { Announcer } from './components/announcer.js';
import { later } from './components/later.js';
import { Ready } from './components/waiting.js';
import { AppFrame } from './screens/app-frame.js';
import { AlarmScreen } from './screens/entry/alarm.screen.js';
import { SignInScreen } from './screens/entry/sign-in.screen.js';
import { connection } from './state/lists.state.js';
import { valueOf } from './state/loaded.state.js';
import { place } from './state/place.state.js';
import { isPost } from './state/post.mode.js';
import { mustChooseRole, session } from './state/session.state.js';

const Lock = later(async () => (await import('./screens/entry/lock.screen.js')).LockScreen);
const Shut = later(async () => (await import('./screens/entry/shut.screen.js')).ShutScreen);
const Role = later(async () => (await import('./screens/entry/role.screen.js')).RoleScreen);
const Device = later(async () => (await import('./screens/entry/device.screen.js')).DeviceScreen);
const Ended = later(
  async () => (await import('./screens/entry/ended-device.screen.js')).EndedDeviceScreen,
);
const Link = later(
  async () => (await import('./screens/entry/link-device.screen.js')).LinkDeviceScreen,
);
const Post = later(async () => (await import('./screens/post/post.stage.js')).PostStage);
const LeftPost = later(
  async () => (await import('./screens/post/not-a-post.screen.js')).LeftPostScreen,
);
const NoIdentity = later(
  async () => (await import('./screens/entry/no-identity.screen.js')).NoIdentityScreen,
);
const Moved = later(async () => (await import('./screens/entry/moved.screen.js')).MovedScreen);
const Invitation = later(
  async () => (await import('./screens/entry/invitation.screen.js')).InvitationScreen,
);

function Stage({ view }: { readonly view: SessionView }) {
  if (view.state === 'signed-out') {
    return place.value.at === 'invitation' ? <Invitation /> : <SignInScreen />;
  }
  if (view.state === 'post-gone') return <LeftPost />;
  if (view.state === 'locked') return <Lock session={view} />;
  if (view.state === 'shut') return <Shut session={view} />;
  if (mustChooseRole(view)) return <Role session={view} />;
  switch (view.state) {
    case 'no-identity':
      return <NoIdentity />;
    case 'moved':
      return <Moved />;
    case 'other-device':
      return <Link session={view} />;
    case 'device-ended':
      return <Ended session={view} />;
    case 'backup-needed':
      return <Device session={view} />;
    // Only a post has a lease, and shows its card over this until it has one again.
    case 'lease-over':
    case 'ready':
      return <AppFrame session={view} />;
  }
}

export function App() {
  const alarm = valueOf(connection().signal.value)?.alarm ?? null;
  const warned = alarm === null ? null : <AlarmScreen alarm={alarm} />;
  useEffect(() => {
    const reload = (): void => void session().refresh();
    addEventListener('online', reload);
    return () => removeEventListener('online', reload);
  }, []);
  return (
    <>
      <Announcer />
      {isPost ? (
        // Its band stands over everything, an alarm too: its person must get away.
        <Ready of={session()}>
          {(view) => <Post view={view}>{warned ?? <Stage view={view} />}</Post>}
        </Ready>
      ) : (
        (warned ?? <Ready of={session()}>{(view) => <Stage view={view} />}</Ready>)
      )}
    </>
  );
}
