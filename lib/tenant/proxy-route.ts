import { Construct } from 'constructs';
import type { Labels } from '../engine/labels';
import { TenantHosts, type TenantNames } from '../names';
import type { INutsPlatform } from '../platform/platform-base';
import { RouteFile } from '../platform/routes';
import type { ApiAccess } from './api-access';
import type { NutsNode, NutsNodeOptions } from './nuts-node';
import { routeConfiguration } from './route-configuration';
import type { TrafficLimits } from './traffic-limits';

export interface ProxyRouteProps extends Pick<NutsNodeOptions, 'url' | 'didMethods' | 'options'> {
  readonly names: TenantNames;
  readonly labels: Labels;
  readonly platform: INutsPlatform;
  readonly nutsNode: NutsNode;
  readonly api: ApiAccess;
  readonly limits: TrafficLimits;
  /** Where callers of the node-to-node host are checked, as `address:port`. @default - it isn't routed */
  readonly nodeToNode?: string;
}

/** A tenant's hosts at the proxy. Stopping its carrier takes the tenant off the internet; the node goes on. */
export class ProxyRoute extends Construct {
  constructor(scope: Construct, id: string, props: ProxyRouteProps) {
    super(scope, id);
    const { names, platform, nutsNode } = props;
    new RouteFile(this, 'file', {
      name: names.of('route'),
      file: names.id,
      content: routeConfiguration({
        tenant: names.id,
        publicHost: new URL(props.url).hostname,
        hosts: new TenantHosts(names.id, platform.domain),
        address: nutsNode.address,
        profile: nutsNode.profile,
        didMethods: props.didMethods,
        options: props.options ?? {},
        api: props.api,
        limits: props.limits,
        ...(props.nodeToNode && { nodeToNode: props.nodeToNode }),
        ...(platform.certificateResolver && { certificateResolver: platform.certificateResolver }),
      }),
      routes: platform.routes,
      image: platform.images.redis,
      labels: props.labels,
      health: platform.health,
    });
  }
}
