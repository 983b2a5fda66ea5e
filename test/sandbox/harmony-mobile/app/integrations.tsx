import { Alert, App, Button, Card, Descriptions, Dropdown, Empty, Tag, Tooltip, Typography } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { call } from './api.ts';
import type { FrameData, IntegrationCard } from './data.ts';
import { Wizard } from './wizard.tsx';

/** UEMs of the integration guide; the sandbox has the wizard of one. */
const UEMS = [
  'Workspace ONE UEM', 'Microsoft Intune', 'Jamf Pro', 'MobileIron Core', 'MobileIron Cloud', 'BlackBerry UEM', 'Citrix Endpoint Management', 'IBM MaaS360', 'Samsung Knox Manage', 'Generic UEM',
];
const OTHERS = [
  { key: 'siem', label: 'SIEM', names: ['Syslog', 'Splunk', 'Microsoft Sentinel'] },
  { key: 'identity', label: 'Identity', names: ['Microsoft Entra ID', 'Okta'] },
];
const WORKSPACE_ONE = 'Workspace ONE UEM';
const POLL_MS = 1000;

const STATES = { syncing: { color: 'processing', label: 'Synchronizing' }, connected: { color: 'success', label: 'Connected' }, failed: { color: 'error', label: 'Failed' } } as const;

export function Integrations({ frame }: { frame: FrameData }) {
  const [cards, setCards] = useState<IntegrationCard[]>();
  /** What the wizard is open for: a new integration, or an existing one. */
  const [open, setOpen] = useState<'new' | IntegrationCard>();
  const { message, modal } = App.useApp();
  const load = useCallback(async (): Promise<void> => setCards(await call<IntegrationCard[]>('GET', '/integrations')), []);
  useEffect(() => {
    void load();
    const timer = setInterval(() => void load(), POLL_MS);
    return () => clearInterval(timer);
  }, [load]);

  const choose = (name: string): void => {
    if (name === WORKSPACE_ONE) setOpen('new');
    else void message.warning(`${name} is not part of your subscription.`);
  };
  const entries = (names: string[]) => names.map((name) => ({ key: name, label: name }));
  const items = [{ key: 'uems', label: 'UEMs', children: entries(UEMS) }, ...OTHERS.map(({ key, label, names }) => ({ key, label, children: entries(names) }))];
  const askToDelete = ({ id, displayName }: IntegrationCard): void =>
    void modal.confirm({
      title: `Delete ${displayName}?`, content: 'Its devices are removed from the dashboard.', okText: 'Delete', okButtonProps: { danger: true },
      onOk: () => call('DELETE', `/integrations/${id}`).then(load),
    });

  return (
    <>
      <div className="bar">
        <Typography.Title level={2}>Integrations</Typography.Title>
        <Dropdown trigger={['click']} menu={{ items, triggerSubMenuAction: 'click', onClick: ({ key }) => choose(key) }} placement="bottomRight">
          <Tooltip title="Add integration" placement="left"><Button type="primary" shape="circle" size="large" aria-label="Add">+</Button></Tooltip>
        </Dropdown>
      </div>
      {cards?.length === 0 && <Empty description="No integrations yet" />}
      <div className="cards">
        {cards?.map((card) => (
          <Card
            key={card.id}
            title={card.displayName}
            extra={<Tag color={STATES[card.status].color}>{STATES[card.status].label}</Tag>}
            actions={[
              <Button key="edit" type="text" onClick={() => setOpen(card)}>Edit</Button>,
              <Button key="sync" type="text" disabled={card.status === 'syncing'} onClick={() => void call('POST', `/integrations/${card.id}/sync`).then(load)}>Sync Now</Button>,
              <Button key="delete" type="text" danger onClick={() => askToDelete(card)}>Delete</Button>,
            ]}
          >
            {card.lastError !== null && <Alert className="form-alert" type="error" showIcon title={card.lastError} />}
            {card.tagWarnings.length > 0 && (
              <Alert className="form-alert" type="warning" showIcon title="Tag synchronization" description={card.tagWarnings.map((warning) => <div key={warning}>{warning}</div>)} />
            )}
            <Descriptions
              column={1}
              size="small"
              items={[
                { label: 'UEM', children: WORKSPACE_ONE },
                { label: 'Server', children: card.server },
                { label: 'Username', children: card.username },
                { label: 'Group(s)', children: card.groups.map(({ name }) => name).join(', ') },
                { label: 'Devices', children: card.devices.toLocaleString('en') },
                { label: 'Last sync', children: card.lastSyncAt === null ? '-' : new Date(card.lastSyncAt).toLocaleString('en') },
              ]}
            />
          </Card>
        ))}
      </div>
      {open !== undefined && (
        <Wizard
          key={open === 'new' ? 'new' : open.id}
          frame={frame}
          isFirst={cards?.length === 0}
          edited={open === 'new' ? undefined : open}
          onEditOther={(id) => setOpen(cards?.find((card) => card.id === id))}
          onClose={() => {
            setOpen(undefined);
            void load();
          }}
        />
      )}
    </>
  );
}
