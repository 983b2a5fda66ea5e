import { Button, Empty, Input, Space, Table, Tabs, Tag, Typography } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { call } from './api.ts';
import type { FrameData, StatusRow } from './data.ts';
import { WorkspaceForm } from './workspace-form.tsx';
import type { Words } from './words.ts';

/** The one service whose form the sandbox has. */
const JAMF = 'Jamf';
const POLL_MS = 1000;
const COLOURS = { running: 'processing', success: 'success', failed: 'error' } as const;
/** Shown before the list is searched. */
const SHOWN = 24;

interface Props { frame: FrameData; words: Words }

export function Integrations({ frame, words }: Props) {
  const [tab, setTab] = useState('catalog');
  /** What the form is open for: a new workspace, or an existing one. */
  const [open, setOpen] = useState<'new' | StatusRow>();
  return (
    <>
      <Typography.Title level={2}>{words.menu.integrations}</Typography.Title>
      <Tabs
        activeKey={tab}
        onChange={setTab}
        destroyOnHidden
        items={[
          { key: 'catalog', label: words.catalog, children: <Catalog frame={frame} words={words} onChoose={(name) => name === JAMF && setOpen('new')} /> },
          { key: 'status', label: words.status, children: <Status words={words} language={frame.language} onEdit={setOpen} /> },
        ]}
      />
      {open !== undefined && (
        <WorkspaceForm
          frame={frame}
          words={words}
          service={JAMF}
          edited={open === 'new' ? undefined : open}
          onClose={() => setOpen(undefined)}
          onDone={() => {
            setOpen(undefined);
            setTab('status');
          }}
        />
      )}
    </>
  );
}

function Catalog({ frame, words, onChoose }: Props & { onChoose: (name: string) => void }) {
  const [text, setText] = useState('');
  const found = frame.services.filter((name) => name.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <>
      <div className="search">
        <Input.Search allowClear placeholder={words.search} onChange={(event) => setText(event.target.value)} />
        <Button type="link">{words.byHand}</Button>
      </div>
      {found.length === 0 && <Empty description={words.noService} />}
      <ul className="services">
        {(text === '' ? found.slice(0, SHOWN) : found).map((name) => (
          <li key={name}><button type="button" onClick={() => onChoose(name)}><span className="logo" aria-hidden>{name[0]}</span>{name}</button></li>
        ))}
      </ul>
    </>
  );
}

function Status({ words, language, onEdit }: { words: Words; language: string; onEdit: (row: StatusRow) => void }) {
  const [rows, setRows] = useState<StatusRow[]>();
  const load = useCallback(async (): Promise<void> => setRows(await call<StatusRow[]>('GET', '/workspaces')), []);
  useEffect(() => {
    void load();
    const timer = setInterval(() => void load(), POLL_MS);
    return () => clearInterval(timer);
  }, [load]);
  const message = ({ error, accounts, devices, status }: StatusRow): string => (error ? words.failures[error.code](error.privileges) : status === 'success' ? words.counts(accounts ?? 0, devices) : '');
  return (
    <Table<StatusRow>
      rowKey="id"
      loading={rows === undefined}
      pagination={false}
      dataSource={rows ?? []}
      columns={[
        { title: words.columns.service, dataIndex: 'service' },
        { title: words.columns.workspace, dataIndex: 'workspaceKey' },
        { title: words.columns.status, render: (_none, row) => <Tag color={COLOURS[row.status]}>{words.states[row.status]}</Tag> },
        { title: words.columns.message, render: (_none, row) => message(row) },
        { title: words.columns.lastRun, render: (_none, { lastRunAt }) => (lastRunAt === null ? '-' : new Date(lastRunAt).toLocaleString(language)) },
        {
          title: '',
          render: (_none, row) => (
            <Space>
              <Button size="small" disabled={row.service !== JAMF} onClick={() => onEdit(row)}>{words.buttons.edit}</Button>
              <Button size="small" disabled={row.status === 'running'} onClick={() => void call('POST', `/workspaces/${row.id}/run`).then(load)}>{words.buttons.retry}</Button>
            </Space>
          ),
        },
      ]}
    />
  );
}
