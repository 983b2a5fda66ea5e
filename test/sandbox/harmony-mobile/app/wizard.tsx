import { Alert, Button, Checkbox, Form, Input, Modal, Radio, Select, Spin, Steps, Switch } from 'antd';
import { useState } from 'react';
import type { HarmonyGroup, HarmonyPii } from '../../types.ts';
import { call, Refused } from './api.ts';
import { SYNC_INTERVALS_HOURS } from './data.ts';
import type { FrameData, IntegrationCard, ServerDetails, SyncSettings, Verified } from './data.ts';

interface Values extends Omit<ServerDetails, 'connectorId'> {
  usesConnector: boolean;
  connectorId?: string;
  groupKind: HarmonyGroup['kind'];
  groupIds: number[];
  pii: (keyof HarmonyPii)[];
  syncIntervalHours: number;
  tagStatus: boolean;
  tagRisk: boolean;
}

const STEPS = ['Server Details', 'Synchronization', 'Advanced'];
const PII: { value: keyof HarmonyPii; label: string }[] = [
  { value: 'name', label: 'Device name' },
  { value: 'number', label: 'Device number' },
  { value: 'email', label: 'Device email' },
];
const GROUP_KINDS = [
  { value: 'organization', label: 'Organization groups' },
  { value: 'smart', label: 'Smart groups' },
];
const hours = (count: number): string => (count === 1 ? 'Every hour' : `Every ${count} hours`);

interface WizardProps {
  frame: FrameData;
  /** Whether the dashboard has no integration yet. */
  isFirst: boolean;
  edited: IntegrationCard | undefined;
  onEditOther: (id: string) => void;
  onClose: () => void;
}

/** The integration wizard. Each step's fields are in the document only while it shows; the form keeps the values of all. */
export function Wizard({ frame, isFirst, edited, onEditOther, onClose }: WizardProps) {
  const [form] = Form.useForm<Values>();
  const [step, setStep] = useState(0);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refused>();
  const [verified, setVerified] = useState<Verified>();

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await work();
    } catch (error) {
      setRefusal(error instanceof Refused ? error : new Refused({ message: 'Something went wrong. Try again later.' }));
    }
    setBusy(false);
  };
  const allValues = (): Values => form.getFieldsValue(true) as Values;
  const verify = (): Promise<void> =>
    attempt(async () => {
      const { displayName, server, username, password, apiKey, usesConnector, connectorId } = allValues();
      const details: ServerDetails = { displayName, server, username, password, apiKey, connectorId: usesConnector ? (connectorId ?? null) : null };
      setVerified(await call<Verified>('POST', '/verify', { ...details, integrationId: edited?.id }));
      setStep(1);
    });
  const finish = (): Promise<void> =>
    attempt(async () => {
      const { groupKind, groupIds, pii, syncIntervalHours, tagStatus, tagRisk } = allValues();
      const choices = choicesOf(verified, groupKind);
      const groups = groupIds.map((id) => ({ kind: groupKind, id, name: choices.find((one) => one.id === id)?.name ?? String(id) }));
      const settings: SyncSettings = { groups, pii: { name: pii.includes('name'), number: pii.includes('number'), email: pii.includes('email') }, syncIntervalHours, tagStatus, tagRisk };
      await call('POST', '/integrations', { verification: verified?.verification, ...settings });
      onClose();
    });
  const next = async (): Promise<void> => {
    if (busy) return;
    try {
      await form.validateFields();
    } catch {
      return; // The fields say what they lack.
    }
    if (step === 0) await verify();
    else if (step === 1) setStep(2);
    else await finish();
  };

  const back = <Button key="back" disabled={busy} onClick={() => setStep(step - 1)}>Back</Button>;
  return (
    <Modal
      open
      width={760}
      title={edited === undefined ? 'Workspace ONE UEM' : `Edit ${edited.displayName}`}
      mask={{ closable: false }}
      keyboard={false}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>Cancel</Button>,
        ...(step > 0 ? [back] : []),
        <Button key="next" type="primary" disabled={busy} onClick={() => void next()}>{['Verify and Next', 'Next', 'Finish'][step]}</Button>,
      ]}
    >
      <Steps className="steps" size="small" current={step} items={STEPS.map((title) => ({ title }))} />
      {isFirst && frame.existingDevices > 0 && (
        <Alert
          className="form-alert" type="warning" showIcon
          title={`There are ${frame.existingDevices} devices in this dashboard.`} description="Before you start the first integration, delete any existing devices."
        />
      )}
      {refusal !== undefined && (
        <Alert
          className="form-alert" type="error" showIcon title={refusal.message}
          action={refusal.integrationId !== undefined && <Button size="small" onClick={() => onEditOther(refusal.integrationId ?? '')}>Edit existing integration</Button>}
        />
      )}
      <Form form={form} layout="vertical" name="uem" initialValues={initialValues(edited)} onKeyDown={(event) => void (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.role !== 'combobox' && next())}>
        <Spin spinning={busy}>
          {step === 0 && <ServerFields frame={frame} isEdit={edited !== undefined} />}
          {step === 1 && <GroupFields verified={verified} onKind={() => form.setFieldValue('groupIds', [])} />}
          {step === 2 && <AdvancedFields />}
        </Spin>
      </Form>
    </Modal>
  );
}

function ServerFields({ frame, isEdit }: { frame: FrameData; isEdit: boolean }) {
  const usesConnector = Form.useWatch<boolean>('usesConnector', { preserve: true });
  const kept = isEdit ? 'Unchanged' : undefined;
  return (
    <>
      <Form.Item name="displayName" label="Display Name" rules={[{ required: true }]}><Input autoComplete="off" /></Form.Item>
      <Form.Item name="server" label="Server Address" rules={[{ required: true }]}><Input placeholder="https://" autoComplete="off" /></Form.Item>
      <div className="two">
        <Form.Item name="username" label="Username" rules={[{ required: true }]}><Input autoComplete="off" /></Form.Item>
        <Form.Item name="password" label="Password" rules={[{ required: !isEdit }]}><Input.Password placeholder={kept} autoComplete="new-password" /></Form.Item>
      </div>
      <Form.Item name="apiKey" label="API Key" rules={[{ required: !isEdit }]}><Input placeholder={kept} autoComplete="off" /></Form.Item>
      <div className="two">
        <Form.Item name="usesConnector" label="Using Connector" valuePropName="checked" tooltip="For a UEM server in your own network"><Switch /></Form.Item>
        {usesConnector && (
          <Form.Item name="connectorId" label="Connector" rules={[{ required: true }]}>
            <Select placeholder="Select a connector" options={frame.connectors.map(({ id, name }) => ({ value: id, label: name }))} />
          </Form.Item>
        )}
      </div>
    </>
  );
}

function GroupFields({ verified, onKind }: { verified: Verified | undefined; onKind: () => void }) {
  const kind = Form.useWatch<HarmonyGroup['kind']>('groupKind', { preserve: true });
  const options = choicesOf(verified, kind).map(({ id, name, code }) => ({ value: id, label: code === '' ? name : `${name} (${code})` }));
  return (
    <>
      <Form.Item name="groupKind" label="Synchronize by"><Radio.Group options={GROUP_KINDS} onChange={onKind} /></Form.Item>
      <Form.Item name="groupIds" label="Group(s)" rules={[{ required: true, message: 'Select at least one group' }]} extra="A parent organization group does not include its child groups. Select each group that you want to synchronize.">
        <Select mode="multiple" virtual showSearch={{ optionFilterProp: 'label' }} placeholder="Select groups" options={options} />
      </Form.Item>
    </>
  );
}

function AdvancedFields() {
  return (
    <>
      <Form.Item name="pii" label="Personal information to import (PII)"><Checkbox.Group options={PII} /></Form.Item>
      <Form.Item name="syncIntervalHours" label="Device sync interval"><Select options={SYNC_INTERVALS_HOURS.map((value) => ({ value, label: hours(value) }))} /></Form.Item>
      <div className="two">
        <Form.Item name="tagStatus" label="Tag device status" valuePropName="checked"><Switch /></Form.Item>
        <Form.Item name="tagRisk" label="Tag device risk" valuePropName="checked"><Switch /></Form.Item>
      </div>
    </>
  );
}

const choicesOf = (verified: Verified | undefined, kind: HarmonyGroup['kind']) => (kind === 'smart' ? verified?.smartGroups : verified?.organizationGroups) ?? [];

function initialValues(edited: IntegrationCard | undefined): Values {
  const pii = PII.map(({ value }) => value).filter((value) => edited?.pii[value] ?? true);
  return {
    displayName: edited?.displayName ?? '', server: edited?.server ?? '', username: edited?.username ?? '', password: '', apiKey: '',
    usesConnector: edited?.usesConnector ?? false, ...(edited?.connectorId != null && { connectorId: edited.connectorId }),
    groupKind: edited?.groups[0]?.kind ?? 'organization', groupIds: edited?.groups.map(({ id }) => id) ?? [],
    pii, syncIntervalHours: edited?.syncIntervalHours ?? 4, tagStatus: edited?.tagStatus ?? true, tagRisk: edited?.tagRisk ?? true,
  };
}
