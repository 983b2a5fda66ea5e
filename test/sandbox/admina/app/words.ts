import type { AdminaFailure, ConsoleLanguage } from '../../types.ts';
import type { Refusal } from './data.ts';

/** Japanese: the vendor's help pages where they say it (インテグレーション, ステータス, 連携する); the rest and the English: unverified. */
export interface Words {
  menu: { dashboard: string; services: string; accounts: string; devices: string; integrations: string; alerts: string; settings: string };
  signOut: string;
  nothing: string;
  catalog: string;
  status: string;
  search: string;
  byHand: string;
  noService: string;
  /** Title of the form. */
  integrate: (service: string) => string;
  edit: (service: string) => string;
  form: { key: string; keyHint: string; clientId: string; secret: string; unchanged: string; devices: string; group: string; groupHint: string; missing: string };
  buttons: { integrate: string; save: string; cancel: string; edit: string; retry: string };
  columns: { service: string; workspace: string; status: string; message: string; lastRun: string };
  states: { running: string; success: string; failed: string };
  counts: (accounts: number, devices: number | null) => string;
  failures: Record<AdminaFailure['code'], (privileges: string[]) => string>;
  refusals: Record<Refusal, string>;
}

export const WORDS: Record<ConsoleLanguage, Words> = {
  ja: {
    menu: { dashboard: 'ダッシュボード', services: 'サービス', accounts: 'アカウント', devices: 'デバイス', integrations: 'インテグレーション', alerts: 'アラート', settings: '設定' },
    signOut: 'ログアウト',
    nothing: '表示するデータがありません。',
    catalog: 'サービス一覧',
    status: 'ステータス',
    search: 'サービスを検索',
    byHand: 'サービスを手動で登録する',
    noService: 'サービスが見つかりません',
    integrate: (service) => `${service}と連携する`,
    edit: (service) => `${service}の連携を編集`,
    form: {
      key: 'ワークスペースキー', keyHint: 'https://●●●.jamfcloud.com/ の ●●● を入力してください', clientId: 'クライアントID', secret: 'クライアントシークレット', unchanged: '変更なし',
      devices: 'デバイス情報を取得する', group: 'デバイスグループフィルター', groupHint: 'サイト名を入力してください', missing: '必須項目です',
    },
    buttons: { integrate: '連携する', save: '保存する', cancel: 'キャンセル', edit: '編集', retry: '再試行' },
    columns: { service: 'サービス', workspace: 'ワークスペース', status: '状態', message: 'メッセージ', lastRun: '最終実行日時' },
    states: { running: '実行中', success: '成功', failed: '失敗' },
    counts: (accounts, devices) => `アカウント ${accounts} 件${devices === null ? '' : `、デバイス ${devices} 件`}`,
    failures: {
      credentials: () => '認証に失敗しました。クライアントIDとクライアントシークレットを確認してください。',
      privileges: (privileges) => `権限が不足しています: ${privileges.join(', ')}`,
      unreachable: () => 'Jamf Proに接続できませんでした。',
      group: () => 'デバイスグループが見つかりません。',
      internal: () => 'エラーが発生しました。',
    },
    refusals: { 'key-taken': 'このワークスペースキーはすでに登録されています。', 'key-invalid': 'ワークスペースキーが正しくありません。', 'incomplete': '必須項目を入力してください。', 'gone': '連携が見つかりません。' },
  },
  en: {
    menu: { dashboard: 'Dashboard', services: 'Services', accounts: 'Accounts', devices: 'Devices', integrations: 'Integration', alerts: 'Alerts', settings: 'Settings' },
    signOut: 'Sign out',
    nothing: 'There is nothing to show here yet.',
    catalog: 'Services',
    status: 'Status',
    search: 'Search services',
    byHand: 'Register the service manually',
    noService: 'No service found',
    integrate: (service) => `Integrate ${service}`,
    edit: (service) => `Edit the integration of ${service}`,
    form: {
      key: 'Workspace key', keyHint: 'The xxx of https://xxx.jamfcloud.com/', clientId: 'Client ID', secret: 'Client secret', unchanged: 'Unchanged',
      devices: 'Get device information', group: 'Device group filter', groupHint: 'Name of the site', missing: 'This field is required',
    },
    buttons: { integrate: 'Integrate', save: 'Save', cancel: 'Cancel', edit: 'Edit', retry: 'Retry' },
    columns: { service: 'Service', workspace: 'Workspace', status: 'State', message: 'Message', lastRun: 'Last run' },
    states: { running: 'Running', success: 'Success', failed: 'Failed' },
    counts: (accounts, devices) => `${accounts} accounts${devices === null ? '' : `, ${devices} devices`}`,
    failures: {
      credentials: () => 'Authentication failed. Check the client ID and the client secret.',
      privileges: (privileges) => `Insufficient permissions: ${privileges.join(', ')}`,
      unreachable: () => 'Could not connect to Jamf Pro.',
      group: () => 'The device group was not found.',
      internal: () => 'An error occurred.',
    },
    refusals: { 'key-taken': 'This workspace key is already registered.', 'key-invalid': 'The workspace key is not valid.', 'incomplete': 'Fill in the required fields.', 'gone': 'The integration was not found.' },
  },
};
