/**
 * Looks over every controller before the server serves: a handler that is bound to no route of the
 * contract, or to one whose access nobody knows, stops the start.
 */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { routeOf } from '../platform/http/serves.decorator.js';
import { isKnownAccess } from './access.guard.js';

type Handler = (...parameters: unknown[]) => unknown;

@Injectable()
export class AccessAudit implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const faults = this.discovery.getControllers().flatMap(({ instance, name }) => {
      const controller: unknown = instance;
      return typeof controller === 'object' && controller !== null
        ? this.faultsOf(controller, String(name))
        : [];
    });
    if (faults.length > 0) throw new Error(`Not served, so not started: ${faults.join('; ')}.`);
  }

  private faultsOf(controller: object, name: string): string[] {
    return this.scanner.getAllMethodNames(controller).flatMap((method) => {
      const handler: unknown = Reflect.get(controller, method);
      return typeof handler === 'function' ? faultOf(handler as Handler, `${name}.${method}`) : [];
    });
  }
}

function faultOf(handler: Handler, name: string): string[] {
  if (!Reflect.hasMetadata(PATH_METADATA, handler)) return [];
  const route = routeOf({ getHandler: () => handler });
  if (route === undefined) return [`${name} has no route of the contract`];
  return isKnownAccess(route.access) ? [] : [`${name} has an unknown access`];
}
