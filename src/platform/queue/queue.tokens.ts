/** Names under which the queue's parts are injected. */
export const QUEUE_BACKEND = Symbol('liaison:queue-backend');
export const ROLES = Symbol('liaison:roles');
