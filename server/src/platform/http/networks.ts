import { BlockList, isIPv6 } from 'node:net';

/** Whether an address lies in one of the networks; without networks every address does. */
export function withinNetworks(networks: readonly string[]): (address: string) => boolean {
  if (networks.length === 0) return () => true;
  const list = new BlockList();
  const kindOf = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4');
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    if (bits === undefined) list.addAddress(address, kindOf(address));
    else list.addSubnet(address, Number.parseInt(bits, 10), kindOf(address));
  }
  return (address) => list.check(address, kindOf(address));
}
