/** The whole server: the ground floor and the rooms on it. Each room is one module of its folder. */
import { type DynamicModule, Module } from '@nestjs/common';
import { PlatformModule, type PlatformSettings } from './platform/platform.module.js';

@Module({})
export class AppModule {
  static register(settings: PlatformSettings): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.register(settings)],
    };
  }
}
