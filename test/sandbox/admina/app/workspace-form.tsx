import { Alert, Button, Checkbox, Form, Input, Modal, Spin } from 'antd';
import { useState } from 'react';
import { call, Refused } from './api.ts';
import type { FrameData, StatusRow, WorkspaceInput } from './data.ts';
import type { Words } from './words.ts';

interface Props {
  frame: FrameData;
  words: Words;
  service: string;
  edited: StatusRow | undefined;
  onClose: () => void;
  onDone: () => void;
}

/** The form of one workspace. Saving what was edited runs nothing: that is the status list's button. unverified: whether it does. */
export function WorkspaceForm({ frame, words, service, edited, onClose, onDone }: Props) {
  const [form] = Form.useForm<WorkspaceInput>();
  const devices = Form.useWatch<boolean>('devices', form);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const { form: labels, buttons } = words;

  const submit = async (): Promise<void> => {
    if (busy) return;
    try {
      await form.validateFields();
    } catch {
      return; // The fields say what they lack.
    }
    setBusy(true);
    setRefusal(undefined);
    const { workspaceKey, clientId, clientSecret, devices: wanted = false, deviceGroup = '' } = form.getFieldsValue(true) as Partial<WorkspaceInput>;
    const input = { workspaceKey, clientId, clientSecret, devices: wanted, deviceGroup: wanted ? deviceGroup : '' };
    try {
      await (edited === undefined ? call('POST', '/workspaces', input) : call('PUT', `/workspaces/${edited.id}`, input));
      onDone();
    } catch (error) {
      setRefusal(error instanceof Refused ? words.refusals[error.reason] : words.failures.internal([]));
    }
    setBusy(false);
  };
  const required = { required: true, message: labels.missing };
  return (
    <Modal
      open
      width={620}
      title={edited === undefined ? words.integrate(service) : words.edit(service)}
      mask={{ closable: false }}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>{buttons.cancel}</Button>,
        <Button key="go" type="primary" disabled={busy} onClick={() => void submit()}>{edited === undefined ? buttons.integrate : buttons.save}</Button>,
      ]}
    >
      {refusal !== undefined && <Alert className="form-alert" type="error" showIcon title={refusal} />}
      <Form form={form} layout="vertical" name="workspace" initialValues={{ workspaceKey: edited?.workspaceKey ?? '', clientId: edited?.clientId ?? '', clientSecret: '', devices: edited?.readsDevices ?? false, deviceGroup: edited?.deviceGroup ?? '' }}>
        <Spin spinning={busy}>
          <Form.Item name="workspaceKey" label={labels.key} extra={labels.keyHint} rules={[required]}><Input disabled={edited !== undefined} autoComplete="off" /></Form.Item>
          <Form.Item name="clientId" label={labels.clientId} rules={[required]}><Input autoComplete="off" /></Form.Item>
          <Form.Item name="clientSecret" label={labels.secret} rules={edited === undefined ? [required] : []}>
            <Input.Password autoComplete="new-password" {...(edited === undefined ? {} : { placeholder: labels.unchanged })} />
          </Form.Item>
          {frame.hasDevices && <Form.Item name="devices" valuePropName="checked"><Checkbox>{labels.devices}</Checkbox></Form.Item>}
          {frame.hasDevices && devices && <Form.Item name="deviceGroup" label={labels.group} extra={labels.groupHint}><Input autoComplete="off" /></Form.Item>}
        </Spin>
      </Form>
    </Modal>
  );
}
