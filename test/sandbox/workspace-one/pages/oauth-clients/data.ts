/** What the newer pages and the sandbox say to each other under `/AirWatch/aa/api`. unverified: the real product's own endpoints. */

export interface ClientRow {
  id: string;
  name: string;
  description: string;
  enabled: boolean;
  organizationGroup: string;
  role: string;
}
export interface ClientInput {
  name: string;
  description: string;
  organizationGroupId: number;
  roleId: number;
  enabled: boolean;
}
export interface MadeClient {
  row: ClientRow;
  clientId: string;
  clientSecret: string;
}
export interface Choice {
  id: number;
  title: string;
}
export interface Refusal {
  message: string;
}
