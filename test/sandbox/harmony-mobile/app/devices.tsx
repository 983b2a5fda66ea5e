import { App, Button, Table, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { call } from './api.ts';
import type { DeviceRow } from './data.ts';

const COLUMNS = [
  { title: 'ID', dataIndex: 'id' },
  { title: 'Name', dataIndex: 'name' },
  { title: 'Email', dataIndex: 'email' },
  { title: 'Device Number', dataIndex: 'number' },
  { title: 'OS', dataIndex: 'os' },
  { title: 'Device Details', dataIndex: 'model' },
  { title: 'Status', dataIndex: 'status' },
  { title: 'Risk', dataIndex: 'risk' },
];

export function Devices({ onDeleted }: { onDeleted: () => void }) {
  const [list, setList] = useState<{ total: number; rows: DeviceRow[] }>();
  const { modal } = App.useApp();
  const load = (): void => void call<{ total: number; rows: DeviceRow[] }>('GET', '/devices').then(setList);
  useEffect(load, []);
  const askToDelete = (): void =>
    void modal.confirm({
      title: 'Delete all devices?', content: 'Devices of an integration come back with its next synchronization.', okText: 'Delete', okButtonProps: { danger: true },
      onOk: () => call('DELETE', '/devices').then(load).then(onDeleted),
    });
  return (
    <>
      <div className="bar">
        <Typography.Title level={2}>Devices ({list?.total ?? 0})</Typography.Title>
        <Button danger disabled={list === undefined || list.total === 0} onClick={askToDelete}>Delete All</Button>
      </div>
      <Table rowKey="id" size="small" columns={COLUMNS} dataSource={list?.rows ?? []} loading={list === undefined} />
    </>
  );
}
