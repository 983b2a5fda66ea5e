import type { GuidedPart, UemStepId } from '../../lib/run/run.ts';
import type { StepText } from './messages.ts';

/** Texts of connecting Workspace ONE UEM, in the vendor's words: REST API key, role, administrator, organization group. */
export interface UemMessages {
  steps: Record<UemStepId, StepText>;
  slow: Partial<Record<UemStepId, string>>;

  choose: {
    apiServer: string;
    organizationGroup: string;
    email: string;
    emailHint: string;
    rights: string;
    vendor: { name: string; hint: string };
    least: { name: string; hint: string };
    /** What Bulk Management with Edit allows beside. */
    wipeWarning: string;
    creates: string;
    roleName: string;
    username: string;
    key: string;
    keyHint: string;
    connectionName: string;
    copyOf: (role: string) => string;
    read: string;
    edit: string;
    service: string;
    pii: string;
    deviceName: string;
    number: string;
    ownerEmail: string;
    connector: string;
    connectorHint: string;
    tags: string;
    tagsHint: (names: string) => string;
    status: string;
    statusLead: string;
    statusHeld: string;
    statusForget: string;
    clientId: string;
    accessKey: string;
    region: string;
    regions: Record<'eu' | 'us' | 'ap', string>;
    statusSave: string;
    existingDevices: string;
  };

  parts: Record<GuidedPart, { title: string; lead: string; open: string }>;
  keyShown: { title: string; lead: string; capture: string };
  byHand: {
    title: string;
    keyLabel: string;
    keyHint: string;
    submit: string;
    /** What is to be entered, by part. */
    key: (service: string) => string[];
    role: (name: string, copyOf: string | undefined) => string[];
    administrator: (username: string, role: string, group: string | undefined) => string[];
    wizard: (server: string, username: string) => string[];
  };
  /** Another name for what is made. */
  names: { title: string; submit: string };
  /** An administrator of that name was there before. */
  exists: (username: string) => string;
  byApi: { title: string; lead: string; submit: string };
  groups: { title: string; hint: string; devices: (count: number) => string };

  receipt: {
    lead: (service: string) => string;
    proven: string;
    version: (version: string) => string;
    groups: (count: number) => string;
    devices: (count: number) => string;
    quota: (remaining: string, limit: string) => string;
    administrator: string;
    server: string;
    tags: string;
    tagsCreated: (count: number) => string;
    tagsFound: (count: number) => string;
    tagsMissing: (names: string) => string;
    status: string;
    byStatus: string;
    byRisk: string;
    notRead: (service: string) => string;
    counts: Record<string, string>;
    noSecret: string;
  };
  /** The Run ended early: what may stand in the console. */
  stays: string;
  actions: { openService: (service: string) => string; byApi: string; takeOver: string; finish: string };
}
