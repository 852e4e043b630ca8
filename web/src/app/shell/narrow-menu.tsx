import { Drawer } from 'antd';
import type { ReactNode } from 'react';

/** The menu over the page, where the window has no room for it beside. */
export function NarrowMenu({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  return (
    <Drawer
      placement="left"
      size={248}
      open
      onClose={onClose}
      closable={false}
      classNames={{ body: 'sider sider-drawer' }}
    >
      {children}
    </Drawer>
  );
}
