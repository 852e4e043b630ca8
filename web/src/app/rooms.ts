/** Every room of the console, in the order of the side bar. */
import { accountRoutes } from '../rooms/account/room.ts';
import { approvals, approvalsRoutes } from '../rooms/approvals/room.ts';
import { audit, auditRoutes } from '../rooms/audit/room.ts';
import { customers, customersRoutes } from '../rooms/customers/room.ts';
import { documents, documentsRoutes } from '../rooms/documents/room.ts';
import { home, homeRoutes } from '../rooms/home/room.ts';
import { loginRoutes } from '../rooms/login/room.ts';
import { myAssetsRoutes } from '../rooms/my-assets/room.ts';
import { myOrdersRoutes } from '../rooms/my-orders/room.ts';
import { myProductsRoutes } from '../rooms/my-products/room.ts';
import { mySelfRoutes } from '../rooms/my-self/room.ts';
import { opening, openingRoutes } from '../rooms/opening/room.ts';
import { operations, operationsRoutes } from '../rooms/operations/room.ts';
import { orders, ordersRoutes } from '../rooms/orders/room.ts';
import { parameters, parametersRoutes } from '../rooms/parameters/room.ts';
import { products, productsRoutes } from '../rooms/products/room.ts';
import { staff, staffRoutes } from '../rooms/staff/room.ts';
import type { Room } from './room.ts';
import { investorRoute, nowhereRoutes, rootRoute, staffRoute } from './root-route.ts';

/** What the side bar offers. */
export const ROOMS: readonly Room[] = [
  home,
  customers,
  opening,
  products,
  orders,
  documents,
  operations,
  approvals,
  parameters,
  audit,
  staff,
];

/** The whole tree of pages. */
export const routeTree = rootRoute.addChildren([
  ...loginRoutes,
  staffRoute.addChildren([
    ...homeRoutes,
    ...customersRoutes,
    ...openingRoutes,
    ...productsRoutes,
    ...ordersRoutes,
    ...documentsRoutes,
    ...operationsRoutes,
    ...approvalsRoutes,
    ...parametersRoutes,
    ...auditRoutes,
    ...staffRoutes,
    ...accountRoutes,
    nowhereRoutes.staff,
  ]),
  investorRoute.addChildren([
    ...myAssetsRoutes,
    ...myProductsRoutes,
    ...myOrdersRoutes,
    ...mySelfRoutes,
    nowhereRoutes.investor,
  ]),
]);
