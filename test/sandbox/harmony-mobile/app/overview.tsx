import { Card, Col, Row, Statistic, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { call } from './api.ts';

interface Counts {
  total: number;
  byStatus: Record<string, number>;
  byRisk: Record<string, number>;
}

export function Overview() {
  const [counts, setCounts] = useState<Counts>();
  useEffect(() => void call<Counts>('GET', '/devices').then(setCounts), []);
  const groups = [
    { title: 'Device Status', rows: counts?.byStatus ?? {} },
    { title: 'Device Risk', rows: counts?.byRisk ?? {} },
  ];
  return (
    <>
      <Typography.Title level={2}>Overview</Typography.Title>
      <Row gutter={[16, 16]}>
        <Col span={24}><Card><Statistic title="Devices" value={counts?.total ?? 0} /></Card></Col>
        {groups.map(({ title, rows }) => (
          <Col span={12} key={title}>
            <Card title={title}><Row>{Object.entries(rows).map(([name, value]) => <Col span={6} key={name}><Statistic title={name} value={value} /></Col>)}</Row></Card>
          </Col>
        ))}
      </Row>
    </>
  );
}
