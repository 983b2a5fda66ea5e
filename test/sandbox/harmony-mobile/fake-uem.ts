/** A Workspace ONE UEM in one function, for this folder's tests: just what Harmony Mobile asks for. */
export interface FakeUem {
  fetch: typeof fetch;
  username: string;
  password: string;
  apiKey: string;
  /** Devices of each organization group, by its number; group 2 is a child of 1. */
  devices: Record<number, number>;
  /** Names of the tags at the customer group. */
  tags: string[];
  /** Numbers of the devices that carry a tag, by its name. */
  tagged: Map<string, Set<string>>;
  /** Paths that a missing right refuses. */
  refused: RegExp | undefined;
  /** Answers instead of the UEM when set; may throw as a network does. */
  override: ((url: URL) => Response | undefined) | undefined;
  /** `METHOD path?query` of every request. */
  requests: string[];
}

export const SERVER = 'https://as1234.awmdm.com';
const PAGE_SIZE = 500;

export function createFakeUem(): FakeUem {
  const uem: FakeUem = {
    username: 'api_admin',
    password: 'correct-horse-battery-staple',
    apiKey: 'kQ3vZb8xT1mYw5nR7cJ0sDfGh2LpE4uA6iOaXeVtBrM=',
    devices: { 1: 3, 2: 620 },
    tags: ['Provisioned', 'Active', 'Inactive'].map((name) => `CHKP_Status_${name}`).concat(['None', 'Low', 'Medium', 'High'].map((name) => `CHKP_Risk_${name}`)),
    tagged: new Map(),
    refused: undefined,
    override: undefined,
    requests: [],
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      uem.requests.push(`${request.method} ${url.pathname}${url.search}`);
      const overridden = uem.override?.(url);
      if (overridden !== undefined) return overridden;
      const refusal = (status: number, errorCode: number, message: string): Response => Response.json({ errorCode, message, activityId: '8bcc0752-3390-44eb-b9f7-d9a25a88c320' }, { status });
      if (request.headers.get('aw-tenant-code') !== uem.apiKey) return refusal(403, 1013, 'Tenant code XYZ does not identify an Organization Group.');
      const expected = `Basic ${Buffer.from(`${uem.username}:${uem.password}`).toString('base64')}`;
      if (request.headers.get('authorization') !== expected) return refusal(401, 1005, 'An error occurred while validating remote service client credentials or user not found : api_admin');
      if (uem.refused?.test(url.pathname)) return refusal(403, 6044, "User doesn't have sufficient permissions to perform this operation.");
      return await answerOf(uem, url, request);
    },
  };
  return uem;
}

async function answerOf(uem: FakeUem, { pathname, searchParams }: URL, request: Request): Promise<Response> {
  const page = Number(searchParams.get('page') ?? 0);
  const size = Math.min(Number(searchParams.get('pagesize') ?? PAGE_SIZE), PAGE_SIZE);
  const list = (member: string, rows: object[]): Response => {
    const some = rows.slice(page * size, (page + 1) * size);
    return some.length === 0 ? new Response(null, { status: 204 }) : Response.json({ [member]: some, Page: page, PageSize: size, Total: rows.length });
  };
  const tagChange = /^\/api\/mdm\/tags\/(\d+)\/(adddevices|removedevices)$/.exec(pathname);
  if (tagChange !== null) {
    const name = uem.tags[Number(tagChange[1]) - 1] ?? '';
    const { BulkValues } = (await request.json()) as { BulkValues: { Value: string[] } };
    const carriers = uem.tagged.get(name) ?? new Set();
    uem.tagged.set(name, carriers);
    for (const id of BulkValues.Value) if (tagChange[2] === 'adddevices') carriers.add(id); else carriers.delete(id);
    return Response.json({ TotalItems: BulkValues.Value.length, AcceptedItems: BulkValues.Value.length, FailedItems: 0, Faults: {} });
  }
  const devicesIn = (groups: number[]): object[] => groups.flatMap((group) => Array.from({ length: uem.devices[group] ?? 0 }, (_none, index) => deviceOf(group, index)));
  switch (pathname) {
    case '/api/system/info': return Response.json({ ProductName: 'Workspace ONE UEM', ProductVersion: '26.4.0.0' });
    case '/api/system/groups/search':
      return list('LocationGroups', [
        { Name: 'Juniper Labs', GroupId: 'JUN', LocationGroupType: 'Customer', Devices: '3', Id: { Value: 1 } },
        { Name: 'Berlin', GroupId: 'JUN-BER', LocationGroupType: 'Container', Devices: '620', Id: { Value: 2 } },
      ]);
    case '/api/mdm/smartgroups/search': return list('SmartGroups', [{ Name: 'Sales phones', SmartGroupID: 7, Devices: 2 }]);
    case '/api/mdm/smartgroups/7/devices': return Response.json({ Devices: [1, 2].map((id) => ({ Id: String(id), Name: `phone-${id}`, Model: 'iPhone', OSVersion: '26.1', Platform: 'Apple' })) });
    case '/api/mdm/tags/search': return list('Tags', searchParams.get('organizationgroupid') === '1' ? uem.tags.map((TagName, index) => ({ TagName, Id: { Value: index + 1 } })) : []);
    case '/api/mdm/devices/search': {
      const group = Number(searchParams.get('lgid') ?? 1);
      return list('Devices', devicesIn(group === 1 ? [1, 2] : [group]));
    }
    default: return new Response('<!DOCTYPE html><title>404</title>', { status: 404, headers: { 'content-type': 'text/html' } });
  }
}

const deviceOf = (group: number, index: number): object => ({
  Id: { Value: group * 10_000 + index }, DeviceFriendlyName: `phone-${group}-${index}`, LocationGroupId: { Id: { Value: group }, Name: `Group ${group}` },
  UserEmailAddress: `user${index}@juniper-labs.example`, PhoneNumber: '+14045550100', Platform: 'Apple', Model: 'iPhone', OperatingSystem: '26.1',
});
