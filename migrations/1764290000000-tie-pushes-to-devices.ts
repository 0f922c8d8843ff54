/**
 * Why: a device that its owner ended must not go on being woken. The browser says which device it
 * is; those subscribed before did not, and stay until their push service forgets them.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TiePushesToDevices1764290000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE push_subscriptions ADD COLUMN device_id text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE push_subscriptions DROP COLUMN device_id');
  }
}
