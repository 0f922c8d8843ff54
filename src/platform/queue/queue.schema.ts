/** The PostgreSQL schema in which the queues keep their tables, apart from ours. */
export const QUEUE_SCHEMA = 'bullmq';
