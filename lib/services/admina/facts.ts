/*
 * What Money Forward i says of Admina, each with the page that says it, and the names of its controls in Japanese and English. Help stands
 * for https://support.itmc.i.moneyforward.com/l/ja/article/ (its English pages are machine translated).
 */

/** The web application, below the organization's unique name. https://docs.itmc.i.moneyforward.com/reference/getting-started-1 */
export const adminaOrigin = 'https://itmc.i.moneyforward.com';
/** The public API, below `/organizations/{id}`. https://github.com/moneyforward-i/admina-mcp-server, src/admina-api.ts */
export const adminaApi = 'https://api.itmc.i.moneyforward.com/api/v1';

/** What `keyword` is asked for in the list of services. Help: JAMF in Japanese, Jamf in English. */
export const jamfKeyword = 'Jamf';

/** How the service may be called. Help a9ybjwczho-jamf. */
export const jamfNames = ['Jamf', 'Jamf Pro', 'Jamf(Pro)', 'Jamf (MDM)'] as const;

/** Services with a form of the same fields: nothing of ours is filled in there. Help, list of services. */
export const otherServices = ['HENNGE One', 'Iru', 'Kandji', 'Iru (Kandji)', 'Jamf Protect', 'Jamf School', 'LANSCOPE', 'LANSCOPE Endpoint Manager', 'Microsoft Intune', 'Okta', 'OneLogin', 'Zoom'] as const;

/**
 * Names of controls. Help ga789u4vdw-kandji: the menu インテグレーション > インテグレーション, the tab ステータス, 連携する, editing and trying again there;
 * a9ybjwczho-jamf: that the form takes workspace key, client ID, client secret, devices, and a device group filter.
 * unverified: the very wording of all others, and all in English.
 */
export const names = {
  integrations: ['インテグレーション', 'Integration', 'Integrations'],
  catalog: ['サービス一覧', 'サービス', 'インテグレーション一覧', '連携サービス', '新規連携', 'Services', 'Service list', 'All services', 'Integration list', 'Catalog', 'New integration'],
  status: ['ステータス', '連携ステータス', 'Status', 'Integration status'],
  search: ['サービスを検索', 'サービス名で検索', 'サービスを検索する', '検索', 'Search services', 'Search for a service', 'Search by service name', 'Search service', 'Search'],
  workspaceKey: ['ワークスペースキー', 'ワークスペース キー', 'Workspace key'],
  clientId: ['クライアントID', 'クライアント ID', 'APIクライアントID', 'Client ID', 'API client ID'],
  clientSecret: ['クライアントシークレット', 'クライアント シークレット', 'シークレット', 'APIクライアントシークレット', 'Client secret', 'Secret', 'API client secret'],
  devices: ['デバイス情報を取得する', 'デバイス情報を取得', 'デバイスを取得する', 'デバイスを連携する', 'デバイス情報を連携する', 'デバイス連携', 'デバイスを同期する', 'デバイス', 'MDM連携', 'Get device information', 'Get devices', 'Sync devices', 'Import devices', 'Integrate devices', 'Devices'],
  deviceGroup: ['デバイスグループフィルター', 'デバイスグループフィルタ', 'デバイスグループのフィルター', 'デバイスグループ', 'Device group filter', 'Device group'],
  integrate: ['連携する', '連携', '連携を開始する', 'Integrate', 'Connect', 'Start integration'],
  save: ['保存する', '保存', '更新する', '更新', 'Save', 'Update', 'Save changes'],
  edit: ['編集', '編集する', 'Edit'],
  retry: ['再試行', '再試行する', 'リトライ', '再実行', '再実行する', '再連携', '再連携する', 'Retry', 'Try again', 'Run again', 'Rerun'],
  more: ['メニュー', 'その他', '操作', 'アクション', 'More', 'Actions', 'More actions'],
  email: ['メールアドレス', 'Eメール', 'Email', 'Email address', 'E-mail', 'マネーフォワード IDでログイン', 'Sign in with Money Forward ID'],
} as const;

/** How the status list says how a workspace is; each is tried on a whole text in lower case. unverified: all of them. */
export const states = {
  running: /^(?:実行中|連携中|同期中|処理中|取得中|待機中|準備中|running|in progress|processing|syncing|synchroni[sz]ing|integrating|pending|queued|waiting|started)(?:です|…|\.{3})?$/,
  failed: /失敗|エラー|できません|できませんでした|不正|無効|不足|見つかりません|拒否|\b(?:fail(?:ed|ure|s)?|errors?|invalid|incorrect|denied|refused|unauthori[sz]ed|forbidden|unable|could not|cannot|insufficient|not found|expired)\b/,
  connected: /^(?:成功|完了|正常|連携済み?|連携完了|接続済み?|同期済み?|有効|success(?:ful)?|succeeded|completed?|done|ok|connected|integrated|synced|active|normal)$/,
} as const;

/** What the form says where a workspace of this key is there. unverified. */
export const alreadyThere = /すでに|既に|登録済み|連携済み|重複|\balready\b|\bexists?\b|\bduplicated?\b/;

/** How the public API says how the last run went; compared in lower case. unverified: its values. */
export const executionStates = {
  connected: /^(?:success|succeeded|successful|complete|completed|done|finished|ok)$/,
  failed: /fail|error|invalid|denied|unauthori|expired|abort|timeout/,
} as const;

/** A tenant's workspace key as a row of the status list may show it. unverified. */
export const spellingsOf = (workspaceKey: string): string[] => [workspaceKey, `${workspaceKey}.jamfcloud.com`, `https://${workspaceKey}.jamfcloud.com`, `https://${workspaceKey}.jamfcloud.com/`];
