import { adminaJamfPro } from '../../recipes/admina-jamf-pro.ts';
import type { Service } from '../service.ts';

/** Admina has no API that makes an integration: its form is filled in. With a key, its public API says how it went. */
export const admina: Service = {
  id: 'admina',
  name: 'Admina by Money Forward',
  delivery: 'form',
  recipes: [adminaJamfPro],
  address: { kind: 'fixed', options: [{ address: 'https://api.itmc.i.moneyforward.com', label: 'Admina' }] },
  site: 'https://itmc.i.moneyforward.com',
  key: { name: 'API key', madeAt: '設定 > APIキー (Settings > API Keys)', isOptional: true },
  account: { name: 'Organization ID', placeholder: '', isOptional: false },
  needsPermission: true,
  outcome: 'polled',
  can: { sync: false, keepSecret: false, disconnect: false },
  help: 'https://support.itmc.i.moneyforward.com/l/ja/article/a9ybjwczho-jamf',
};
