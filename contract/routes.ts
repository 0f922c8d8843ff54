/** Every route there is, in one table: what the server binds, the SDK calls and OpenAPI prints. */
import { ATTACHMENT_ROUTES } from './attachment.js';
import { CIRCLE_ROUTES } from './circle-routes.js';
import { COMMUNITY_ROUTES, DIRECTORY_ROUTES } from './directory.js';
import { DEVICE_ROUTES } from './device-names.js';
import { GUEST_ROUTES } from './guest.js';
import { HANDOFF_ROUTES } from './handoff-routes.js';
import { IDENTITY_ROUTES } from './identity.js';
import { INSTANCE_ROUTES } from './instance.js';
import { INVITATION_ROUTES } from './invitation.js';
import { LANE_ROUTES } from './lane.js';
import { LINK_ROUTES } from './link.js';
import { NOTIFICATION_ROUTES } from './notification.js';
import { NOTIFICATION_SETTINGS_ROUTES } from './notification-settings.js';
import { PASSKEY_ROUTES } from './passkey.js';
import { DEAD_EVENT_ROUTES } from './dead-events.js';
import { PUSH_ROUTES } from './push.js';
import { SESSION_ROUTES } from './session.js';
import { TRANSPARENCY_ROUTES } from './transparency.js';

export const ALL_ROUTES = {
  ...INSTANCE_ROUTES,
  ...SESSION_ROUTES,
  ...PASSKEY_ROUTES,
  ...INVITATION_ROUTES,
  ...IDENTITY_ROUTES,
  ...DEVICE_ROUTES,
  ...LINK_ROUTES,
  ...DIRECTORY_ROUTES,
  ...COMMUNITY_ROUTES,
  ...CIRCLE_ROUTES,
  ...LANE_ROUTES,
  ...ATTACHMENT_ROUTES,
  ...HANDOFF_ROUTES,
  ...GUEST_ROUTES,
  ...NOTIFICATION_ROUTES,
  ...NOTIFICATION_SETTINGS_ROUTES,
  ...PUSH_ROUTES,
  ...DEAD_EVENT_ROUTES,
  ...TRANSPARENCY_ROUTES,
} as const;
