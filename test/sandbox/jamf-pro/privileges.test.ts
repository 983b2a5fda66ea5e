import { expect, test } from 'vitest';
import { PRIVILEGES } from './privileges.ts';

test('501 different names, among them those that the recipes ask for', () => {
  expect(new Set(PRIVILEGES).size).toBe(501);
  expect(PRIVILEGES).toHaveLength(501);
  const asked = ['Read Accounts', 'Create Accounts', 'Delete Accounts', 'Read Buildings', 'Read Departments', 'Read Mobile Devices', 'Read Computers', 'Read Sites'];
  expect(PRIVILEGES).toEqual(expect.arrayContaining(asked));
  expect(PRIVILEGES).not.toContain('Jamf Pro User Accounts & Groups');
});
