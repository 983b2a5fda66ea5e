import { Alert, Button, Form, Input, Modal, Select, Table, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { call } from './api.ts';
import { KEY_ROLES, KEY_SERVICES } from './data.ts';
import type { ApiKeyInput, ApiKeyRow, IssuedKey } from './data.ts';

const COLUMNS = [
  { title: 'Client ID', dataIndex: 'clientId' },
  { title: 'Service', dataIndex: 'service' },
  { title: 'Role', dataIndex: 'role' },
  { title: 'Description', dataIndex: 'description' },
];
const options = (names: readonly string[]) => names.map((name) => ({ value: name, label: name }));

/** The portal's API keys. Their secret shows once. */
export function ApiKeys() {
  const [rows, setRows] = useState<ApiKeyRow[]>();
  const [isOpen, setOpen] = useState(false);
  const [issued, setIssued] = useState<IssuedKey>();
  const [form] = Form.useForm<ApiKeyInput>();
  const load = (): void => void call<ApiKeyRow[]>('GET', '/api-keys').then(setRows);
  useEffect(load, []);
  const create = async (input: ApiKeyInput): Promise<void> => {
    setIssued(await call<IssuedKey>('POST', '/api-keys', input));
    setOpen(false);
    load();
  };
  const facts = issued && [
    { label: 'Client ID', value: issued.clientId },
    { label: 'Secret Key', value: issued.accessKey },
    { label: 'Authentication URL', value: issued.authenticationUrl },
  ];
  return (
    <>
      <div className="bar">
        <Typography.Title level={2}>API Keys</Typography.Title>
        <Button type="primary" onClick={() => setOpen(true)}>New</Button>
      </div>
      <Table rowKey="clientId" size="small" columns={COLUMNS} dataSource={rows ?? []} loading={rows === undefined} pagination={false} />
      <Modal open={isOpen} title="Create a New API Key" okText="Create" onOk={() => form.submit()} onCancel={() => setOpen(false)} destroyOnHidden>
        <Form form={form} name="key" layout="vertical" preserve={false} initialValues={{ description: '' }} onFinish={(input: ApiKeyInput) => void create(input)}>
          <Form.Item name="service" label="Service" rules={[{ required: true }]}><Select options={options(KEY_SERVICES)} /></Form.Item>
          <Form.Item name="role" label="Roles" rules={[{ required: true }]}><Select options={options(KEY_ROLES)} /></Form.Item>
          <Form.Item name="description" label="Description"><Input autoComplete="off" /></Form.Item>
        </Form>
      </Modal>
      <Modal open={facts !== undefined} title="New API Key" mask={{ closable: false }} onCancel={() => setIssued(undefined)} footer={<Button type="primary" onClick={() => setIssued(undefined)}>Close</Button>}>
        <Alert className="form-alert" type="warning" showIcon title="Copy the secret key now. It is not shown again." />
        {facts?.map(({ label, value }) => (
          <p key={label}>
            {label}<br />
            <Typography.Text code copyable={{ text: value }}>{value}</Typography.Text>
          </p>
        ))}
      </Modal>
    </>
  );
}
