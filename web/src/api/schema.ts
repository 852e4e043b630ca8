export interface paths {
    "/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    kind?: string;
                    limit?: number;
                    state?: "waiting" | "approved" | "rejected" | "expired";
                    subject?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            approvals: {
                                approvalId: string;
                                /** what stood there when it was asked for / 申请时的原值 */
                                before: {
                                    [key: string]: unknown;
                                } | null;
                                checker: string | null;
                                decidedAt: string | null;
                                /** Format: date-time */
                                expiresAt: string;
                                kind: string;
                                maker: string;
                                payload: {
                                    [key: string]: unknown;
                                };
                                reason: string | null;
                                /** Format: date-time */
                                requestedAt: string;
                                /** who may decide / 可审批角色 */
                                roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                                /** @enum {string} */
                                state: "waiting" | "approved" | "rejected" | "expired";
                                subject: string;
                                /** what it is called / 名称 */
                                title: string;
                                /** what it is called in Chinese / 中文名称 */
                                titleZh: string;
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals/{approvalId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    approvalId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            approval: {
                                approvalId: string;
                                /** what stood there when it was asked for / 申请时的原值 */
                                before: {
                                    [key: string]: unknown;
                                } | null;
                                checker: string | null;
                                decidedAt: string | null;
                                /** Format: date-time */
                                expiresAt: string;
                                kind: string;
                                maker: string;
                                payload: {
                                    [key: string]: unknown;
                                };
                                reason: string | null;
                                /** Format: date-time */
                                requestedAt: string;
                                /** who may decide / 可审批角色 */
                                roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                                /** @enum {string} */
                                state: "waiting" | "approved" | "rejected" | "expired";
                                subject: string;
                                /** what it is called / 名称 */
                                title: string;
                                /** what it is called in Chinese / 中文名称 */
                                titleZh: string;
                            };
                            /** it has changed since it was asked for / 申请后原值已变化 */
                            hasMoved: boolean;
                            /** what stands there now / 当前值 */
                            now: {
                                [key: string]: unknown;
                            } | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals/{approvalId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    approvalId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            approvalId: string;
                            /** what stood there when it was asked for / 申请时的原值 */
                            before: {
                                [key: string]: unknown;
                            } | null;
                            checker: string | null;
                            decidedAt: string | null;
                            /** Format: date-time */
                            expiresAt: string;
                            kind: string;
                            maker: string;
                            payload: {
                                [key: string]: unknown;
                            };
                            reason: string | null;
                            /** Format: date-time */
                            requestedAt: string;
                            /** who may decide / 可审批角色 */
                            roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                            /** @enum {string} */
                            state: "waiting" | "approved" | "rejected" | "expired";
                            subject: string;
                            /** what it is called / 名称 */
                            title: string;
                            /** what it is called in Chinese / 中文名称 */
                            titleZh: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals/{approvalId}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    approvalId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            approvalId: string;
                            /** what stood there when it was asked for / 申请时的原值 */
                            before: {
                                [key: string]: unknown;
                            } | null;
                            checker: string | null;
                            decidedAt: string | null;
                            /** Format: date-time */
                            expiresAt: string;
                            kind: string;
                            maker: string;
                            payload: {
                                [key: string]: unknown;
                            };
                            reason: string | null;
                            /** Format: date-time */
                            requestedAt: string;
                            /** who may decide / 可审批角色 */
                            roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                            /** @enum {string} */
                            state: "waiting" | "approved" | "rejected" | "expired";
                            subject: string;
                            /** what it is called / 名称 */
                            title: string;
                            /** what it is called in Chinese / 中文名称 */
                            titleZh: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/asset-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        bankAccountNo: string;
                        bankCode: string;
                        customerId: string;
                        /** @enum {string} */
                        purpose: "main" | "wealth";
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            assetAccountNo: string;
                            bankAccountMasked: string;
                            bankCode: string;
                            cash: {
                                available: string;
                                balance: string;
                                frozen: string;
                            };
                            /** @enum {string} */
                            currency: "CNY";
                            customerId: string;
                            /** Format: date-time */
                            openedAt: string;
                            /** @enum {string} */
                            purpose: "main" | "wealth";
                            /** @enum {string} */
                            status: "active" | "frozen" | "closed";
                            tradingAccounts: {
                                /** Format: date-time */
                                openedAt: string;
                                registrarCode: string;
                                /** @enum {string} */
                                status: "opening" | "active" | "rejected" | "closing" | "closed";
                                taAccountId?: string;
                                tradingAccountNo: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/asset-accounts/{assetAccountNo}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    assetAccountNo: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            assetAccountNo: string;
                            bankAccountMasked: string;
                            bankCode: string;
                            cash: {
                                available: string;
                                balance: string;
                                frozen: string;
                            };
                            /** @enum {string} */
                            currency: "CNY";
                            customerId: string;
                            /** Format: date-time */
                            openedAt: string;
                            /** @enum {string} */
                            purpose: "main" | "wealth";
                            /** @enum {string} */
                            status: "active" | "frozen" | "closed";
                            tradingAccounts: {
                                /** Format: date-time */
                                openedAt: string;
                                registrarCode: string;
                                /** @enum {string} */
                                status: "opening" | "active" | "rejected" | "closing" | "closed";
                                taAccountId?: string;
                                tradingAccountNo: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/asset-accounts/{assetAccountNo}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    assetAccountNo: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            assetAccountNo: string;
                            bankAccountMasked: string;
                            bankCode: string;
                            cash: {
                                available: string;
                                balance: string;
                                frozen: string;
                            };
                            /** @enum {string} */
                            currency: "CNY";
                            customerId: string;
                            /** Format: date-time */
                            openedAt: string;
                            /** @enum {string} */
                            purpose: "main" | "wealth";
                            /** @enum {string} */
                            status: "active" | "frozen" | "closed";
                            tradingAccounts: {
                                /** Format: date-time */
                                openedAt: string;
                                registrarCode: string;
                                /** @enum {string} */
                                status: "opening" | "active" | "rejected" | "closing" | "closed";
                                taAccountId?: string;
                                tradingAccountNo: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/asset-accounts/{assetAccountNo}/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    assetAccountNo: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            assetAccountNo: string;
                            bankAccountMasked: string;
                            bankCode: string;
                            cash: {
                                available: string;
                                balance: string;
                                frozen: string;
                            };
                            /** @enum {string} */
                            currency: "CNY";
                            customerId: string;
                            /** Format: date-time */
                            openedAt: string;
                            /** @enum {string} */
                            purpose: "main" | "wealth";
                            /** @enum {string} */
                            status: "active" | "frozen" | "closed";
                            tradingAccounts: {
                                /** Format: date-time */
                                openedAt: string;
                                registrarCode: string;
                                /** @enum {string} */
                                status: "opening" | "active" | "rejected" | "closing" | "closed";
                                taAccountId?: string;
                                tradingAccountNo: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/asset-accounts/{assetAccountNo}/positions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    date?: string;
                };
                header?: never;
                path: {
                    assetAccountNo: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cost: string;
                            /** Format: date */
                            date: string;
                            positions: {
                                available: string;
                                cost: string;
                                /** @enum {string} */
                                dividendMethod: "0" | "1";
                                frozen: string;
                                fundCode: string;
                                nav?: string;
                                /** Format: date */
                                navDate?: string;
                                profit?: string;
                                registrarCode: string;
                                shareClass: string;
                                tradingAccountNo: string;
                                units: string;
                                value?: string;
                            }[];
                            profit?: string;
                            value?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/asset-accounts/{assetAccountNo}/postings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    assetAccountNo: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            nextCursor?: string;
                            postings: {
                                amount: string;
                                /** Format: date */
                                businessDate: string;
                                entryId: string;
                                /** @enum {string} */
                                kind: "deposit" | "withdrawal" | "purchase" | "redemption" | "dividend" | "refund" | "fee" | "reversal";
                                /** Format: date-time */
                                postedAt: string;
                                ref: string;
                                reverses?: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/asset-accounts/{assetAccountNo}/unfreeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    assetAccountNo: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            assetAccountNo: string;
                            bankAccountMasked: string;
                            bankCode: string;
                            cash: {
                                available: string;
                                balance: string;
                                frozen: string;
                            };
                            /** @enum {string} */
                            currency: "CNY";
                            customerId: string;
                            /** Format: date-time */
                            openedAt: string;
                            /** @enum {string} */
                            purpose: "main" | "wealth";
                            /** @enum {string} */
                            status: "active" | "frozen" | "closed";
                            tradingAccounts: {
                                /** Format: date-time */
                                openedAt: string;
                                registrarCode: string;
                                /** @enum {string} */
                                status: "opening" | "active" | "rejected" | "closing" | "closed";
                                taAccountId?: string;
                                tradingAccountNo: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/asset-accounts/bank-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check a bank account as it is typed / 边填边校验银行账号 */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        bankAccountNo: string;
                        bankCode: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            findings: {
                                code: string;
                                details: {
                                    [key: string]: unknown;
                                };
                                message: string;
                                messageZh: string;
                                remedy?: string;
                                remedyZh?: string;
                                severity: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    action?: string;
                    actor?: string;
                    after?: string;
                    from?: string;
                    limit?: number;
                    requestId?: string;
                    result?: "done" | "refused";
                    subject?: string;
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            entries: {
                                action: string;
                                actor: string;
                                /** Format: date-time */
                                at: string;
                                bucket: number;
                                detail: unknown;
                                hash: string;
                                requestId: string;
                                result: string;
                                seq: string;
                                source: string;
                                subject: string;
                            }[];
                            next?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            anchors: number;
                            entries: string;
                            faults: {
                                bucket: number;
                                fault: string;
                                seq: string;
                            }[];
                            isIntact: boolean;
                            /** Format: date-time */
                            verifiedAt: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        activationCode: string;
                        password: string;
                        userName: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/bootstrap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        bootstrapKey: string;
                        password: string;
                        userName: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            branchCode?: string;
                            /** Format: date-time */
                            createdAt: string;
                            hasSecondFactor: boolean;
                            /** Format: date-time */
                            lastLoginAt?: string;
                            roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                            staffId: string;
                            /** @enum {string} */
                            state: "pending" | "active" | "disabled";
                            userName: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/browser-login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        code?: string;
                        password: string;
                        userName: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            csrfToken?: string;
                            /** Format: date-time */
                            expiresAt: string;
                            idleMinutes: number;
                            roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                            staffId?: string;
                            /** @enum {string} */
                            stage: "secondFactor" | "enrolment" | "passwordChange" | "open";
                            token?: string;
                            userId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        code?: string;
                        password: string;
                        userName: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            csrfToken?: string;
                            /** Format: date-time */
                            expiresAt: string;
                            idleMinutes: number;
                            roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                            staffId?: string;
                            /** @enum {string} */
                            stage: "secondFactor" | "enrolment" | "passwordChange" | "open";
                            token?: string;
                            userId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            branchCode?: string;
                            customerId?: string;
                            id: string;
                            /** @enum {string} */
                            kind: "staff" | "investor" | "partner" | "system";
                            roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        currentPassword: string;
                        newPassword: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            csrfToken?: string;
                            /** Format: date-time */
                            expiresAt: string;
                            idleMinutes: number;
                            roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                            staffId?: string;
                            /** @enum {string} */
                            stage: "secondFactor" | "enrolment" | "passwordChange" | "open";
                            token?: string;
                            userId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/second-factor/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        code: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            csrfToken?: string;
                            /** Format: date-time */
                            expiresAt: string;
                            idleMinutes: number;
                            roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                            staffId?: string;
                            /** @enum {string} */
                            stage: "secondFactor" | "enrolment" | "passwordChange" | "open";
                            token?: string;
                            userId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/second-factor/enrolment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        recoveryCode?: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            secret: string;
                            uri: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/second-factor/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        code: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            csrfToken?: string;
                            /** Format: date-time */
                            expiresAt: string;
                            idleMinutes: number;
                            roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                            staffId?: string;
                            /** @enum {string} */
                            stage: "secondFactor" | "enrolment" | "passwordChange" | "open";
                            token?: string;
                            userId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            channel: "api" | "browser";
                            csrfToken?: string;
                            hasSecondFactor: boolean;
                            idleMinutes: number;
                            needsRecoveryCode: boolean;
                            /** Format: date-time */
                            provenUntil: string;
                            sessionId: string;
                            /** @enum {string} */
                            stage: "secondFactor" | "enrolment" | "passwordChange" | "open";
                            user: {
                                branchCode?: string;
                                customerId?: string;
                                id: string;
                                /** @enum {string} */
                                kind: "staff" | "investor" | "partner" | "system";
                                roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                            };
                            userName: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            sessions: {
                                /** @enum {string} */
                                channel: "api" | "browser";
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                expiresAt: string;
                                from: string;
                                isCurrent: boolean;
                                /** Format: date-time */
                                lastSeenAt: string;
                                sessionId: string;
                                /** @enum {string} */
                                stage: "secondFactor" | "enrolment" | "passwordChange" | "open";
                                userAgent: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sessionId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        code?: string;
                        password?: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            provenUntil: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/business-days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date */
                            businessDate: string;
                            closedAt: string | null;
                            /** Format: date-time */
                            openedAt: string;
                            state: string;
                        }[];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/business-days/{businessDate}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    businessDate: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date */
                            businessDate: string;
                            report: unknown;
                            state: string;
                            steps: {
                                actor: string;
                                counts: {
                                    [key: string]: number;
                                };
                                failure: {
                                    code: string;
                                    details: {
                                        [key: string]: unknown;
                                    };
                                } | null;
                                finishedAt: string | null;
                                runNo: number;
                                /** Format: date-time */
                                startedAt: string;
                                state: string;
                                /** @enum {unknown} */
                                step: "open" | "collect" | "cutOff" | "send" | "receive" | "confirm" | "value" | "settle" | "reconcile" | "report" | "close";
                                title: string;
                                titleZh: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/business-days/{businessDate}/acceptances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    businessDate: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            approvalId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/business-days/{businessDate}/background-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    businessDate: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        until?: "open" | "collect" | "cutOff" | "send" | "receive" | "confirm" | "value" | "settle" | "reconcile" | "report" | "close";
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date */
                            businessDate: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/business-days/{businessDate}/board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    businessDate: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            breaks: {
                                /** breaks / 差异数 */
                                count: number;
                                /** kind / 类型 */
                                kind: string;
                            }[];
                            /**
                             * business day / 业务日
                             * Format: date
                             */
                            businessDate: string;
                            checks: {
                                /** what stands in the way / 未通过数 */
                                count: number;
                                /** id / 标识 */
                                id: string;
                                /**
                                 * severity / 级别
                                 * @enum {unknown}
                                 */
                                severity: "remind" | "approve" | "block";
                                /**
                                 * notYet: the step that it looks at is not done / notYet：所查步骤尚未完成
                                 * @enum {unknown}
                                 */
                                state: "passed" | "open" | "notYet";
                                /** the first of them / 明细 */
                                subjects: string[];
                                /** what is checked / 检查项 */
                                title: string;
                                /** what is checked, in Chinese / 检查项（中文） */
                                titleZh: string;
                            }[];
                            /**
                             * business clock / 业务时钟
                             * Format: date-time
                             */
                            clock: string;
                            closedAt: string | null;
                            /**
                             * the day that is due / 待处理业务日
                             * Format: date
                             */
                            dueDate: string;
                            /** open exceptions / 未处理异常 */
                            exceptions: {
                                /** exceptions of one severity / 某级别异常 */
                                approve: {
                                    /** open / 未处理 */
                                    open: number;
                                    /** with an owner / 已分派 */
                                    owned: number;
                                };
                                /** exceptions of one severity / 某级别异常 */
                                block: {
                                    /** open / 未处理 */
                                    open: number;
                                    /** with an owner / 已分派 */
                                    owned: number;
                                };
                                /** exceptions of one severity / 某级别异常 */
                                remind: {
                                    /** open / 未处理 */
                                    open: number;
                                    /** with an owner / 已分派 */
                                    owned: number;
                                };
                            };
                            files: {
                                /** bytes / 字节数 */
                                bytes: string;
                                /**
                                 * direction / 方向
                                 * @enum {unknown}
                                 */
                                direction: "in" | "out";
                                /** files / 文件数 */
                                files: number;
                                /** party / 对手方 */
                                party: string;
                                /** records / 记录数 */
                                records: number;
                                /** state / 状态 */
                                state: string;
                                /** stream / 类别 */
                                stream: string;
                            }[];
                            openedAt: string | null;
                            /** report of the day / 当日报表 */
                            report: unknown;
                            runner: {
                                pauseAskedBy: string | null;
                                since: string | null;
                            } | null;
                            /**
                             * state / 状态
                             * @enum {unknown}
                             */
                            state: "due" | "open" | "closed";
                            steps: {
                                /** who ran it / 运行人 */
                                actor?: string;
                                counts: {
                                    /** key / 键 */
                                    key: string;
                                    /** label / 名称 */
                                    label: string;
                                    /** label in Chinese / 中文名称 */
                                    labelZh: string;
                                    /** count / 数量 */
                                    value: number;
                                }[];
                                /** duration in milliseconds / 用时（毫秒） */
                                durationMs?: number;
                                /** failure / 失败 */
                                failure?: {
                                    /** code / 代码 */
                                    code: string;
                                    details: {
                                        [key: string]: unknown;
                                    };
                                    /** what failed / 失败原因 */
                                    message: string;
                                    /** what failed, in Chinese / 失败原因（中文） */
                                    messageZh: string;
                                };
                                /**
                                 * finished / 结束时间
                                 * Format: date-time
                                 */
                                finishedAt?: string;
                                /** the step that comes next / 下一步 */
                                isNext: boolean;
                                /** how often it ran / 运行次数 */
                                runNo: number;
                                /**
                                 * started / 开始时间
                                 * Format: date-time
                                 */
                                startedAt?: string;
                                /**
                                 * state / 状态
                                 * @enum {unknown}
                                 */
                                state: "waiting" | "running" | "done" | "failed";
                                /**
                                 * step / 步骤
                                 * @enum {unknown}
                                 */
                                step: "open" | "collect" | "cutOff" | "send" | "receive" | "confirm" | "value" | "settle" | "reconcile" | "report" | "close";
                                /** title / 名称 */
                                title: string;
                                /** title in Chinese / 中文名称 */
                                titleZh: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/business-days/{businessDate}/differences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    businessDate: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            differences: {
                                code: string;
                                fileId: string;
                                how: string;
                                kind: string;
                                message: string;
                                messageZh: string;
                                ours: string | null;
                                recordNo: number;
                                registrarCode: string;
                                theirs: string | null;
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/business-days/{businessDate}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    businessDate: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            files: {
                                direction: string;
                                /** Format: date */
                                fileDate: string;
                                fileId: string;
                                fileType: string;
                                name: string;
                                party: string;
                                reason: unknown;
                                records: string;
                                sha256: string;
                                sizeBytes: string;
                                state: string;
                                stream: string;
                            }[];
                            nextCursor?: string;
                            /** files of the day / 当日文件总数 */
                            total: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/business-days/{businessDate}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Server-sent events: `state` with the board at once and after each change, `end` with a reason. 服务器推送事件：立即及每次变化时发送 `state`（看板），结束时发送 `end`（原因）。 */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    businessDate: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/business-days/{businessDate}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    businessDate: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date */
                            businessDate: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/business-days/{businessDate}/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    businessDate: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            breaks: {
                                class: string;
                                customerView: string;
                                kind: string;
                                ours: string;
                                subject: string;
                                theirs: string;
                            }[];
                            nextCursor?: string;
                            /** breaks of the day / 当日差异总数 */
                            total: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/business-days/{businessDate}/reconciliation/columns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    after?: number;
                    limit?: number;
                    subject?: string;
                };
                header?: never;
                path: {
                    businessDate: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** rows that agree / 一致行数 */
                            agreeing: number;
                            /** after of the next page / 下一页的 after */
                            next?: number;
                            rows: {
                                /** all three agree / 三方一致 */
                                agrees: boolean;
                                /** what the customer is shown / 客户所见 */
                                customerView: string;
                                /**
                                 * kind / 类别
                                 * @enum {unknown}
                                 */
                                kind: "units" | "cash";
                                /** ours / 我方 */
                                ours: string;
                                /** of what / 对象 */
                                subject: string;
                                /** theirs / 对手方 */
                                theirs: string;
                            }[];
                            /** rows compared / 比对行数 */
                            total: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/business-days/{businessDate}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    businessDate: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        until?: "open" | "collect" | "cutOff" | "send" | "receive" | "confirm" | "value" | "settle" | "reconcile" | "report" | "close";
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date */
                            businessDate: string;
                            isComplete: boolean;
                            /** @enum {boolean} */
                            isPaused?: true;
                            steps: {
                                counts: {
                                    [key: string]: number;
                                };
                                failure?: {
                                    code: string;
                                    details: {
                                        [key: string]: unknown;
                                    };
                                };
                                state: "done" | "failed";
                                /** @enum {unknown} */
                                step: "open" | "collect" | "cutOff" | "send" | "receive" | "confirm" | "value" | "settle" | "reconcile" | "report" | "close";
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/business-days/{businessDate}/waivers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    businessDate: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        package: string;
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            approvalId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/business-days/due/board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            breaks: {
                                /** breaks / 差异数 */
                                count: number;
                                /** kind / 类型 */
                                kind: string;
                            }[];
                            /**
                             * business day / 业务日
                             * Format: date
                             */
                            businessDate: string;
                            checks: {
                                /** what stands in the way / 未通过数 */
                                count: number;
                                /** id / 标识 */
                                id: string;
                                /**
                                 * severity / 级别
                                 * @enum {unknown}
                                 */
                                severity: "remind" | "approve" | "block";
                                /**
                                 * notYet: the step that it looks at is not done / notYet：所查步骤尚未完成
                                 * @enum {unknown}
                                 */
                                state: "passed" | "open" | "notYet";
                                /** the first of them / 明细 */
                                subjects: string[];
                                /** what is checked / 检查项 */
                                title: string;
                                /** what is checked, in Chinese / 检查项（中文） */
                                titleZh: string;
                            }[];
                            /**
                             * business clock / 业务时钟
                             * Format: date-time
                             */
                            clock: string;
                            closedAt: string | null;
                            /**
                             * the day that is due / 待处理业务日
                             * Format: date
                             */
                            dueDate: string;
                            /** open exceptions / 未处理异常 */
                            exceptions: {
                                /** exceptions of one severity / 某级别异常 */
                                approve: {
                                    /** open / 未处理 */
                                    open: number;
                                    /** with an owner / 已分派 */
                                    owned: number;
                                };
                                /** exceptions of one severity / 某级别异常 */
                                block: {
                                    /** open / 未处理 */
                                    open: number;
                                    /** with an owner / 已分派 */
                                    owned: number;
                                };
                                /** exceptions of one severity / 某级别异常 */
                                remind: {
                                    /** open / 未处理 */
                                    open: number;
                                    /** with an owner / 已分派 */
                                    owned: number;
                                };
                            };
                            files: {
                                /** bytes / 字节数 */
                                bytes: string;
                                /**
                                 * direction / 方向
                                 * @enum {unknown}
                                 */
                                direction: "in" | "out";
                                /** files / 文件数 */
                                files: number;
                                /** party / 对手方 */
                                party: string;
                                /** records / 记录数 */
                                records: number;
                                /** state / 状态 */
                                state: string;
                                /** stream / 类别 */
                                stream: string;
                            }[];
                            openedAt: string | null;
                            /** report of the day / 当日报表 */
                            report: unknown;
                            runner: {
                                pauseAskedBy: string | null;
                                since: string | null;
                            } | null;
                            /**
                             * state / 状态
                             * @enum {unknown}
                             */
                            state: "due" | "open" | "closed";
                            steps: {
                                /** who ran it / 运行人 */
                                actor?: string;
                                counts: {
                                    /** key / 键 */
                                    key: string;
                                    /** label / 名称 */
                                    label: string;
                                    /** label in Chinese / 中文名称 */
                                    labelZh: string;
                                    /** count / 数量 */
                                    value: number;
                                }[];
                                /** duration in milliseconds / 用时（毫秒） */
                                durationMs?: number;
                                /** failure / 失败 */
                                failure?: {
                                    /** code / 代码 */
                                    code: string;
                                    details: {
                                        [key: string]: unknown;
                                    };
                                    /** what failed / 失败原因 */
                                    message: string;
                                    /** what failed, in Chinese / 失败原因（中文） */
                                    messageZh: string;
                                };
                                /**
                                 * finished / 结束时间
                                 * Format: date-time
                                 */
                                finishedAt?: string;
                                /** the step that comes next / 下一步 */
                                isNext: boolean;
                                /** how often it ran / 运行次数 */
                                runNo: number;
                                /**
                                 * started / 开始时间
                                 * Format: date-time
                                 */
                                startedAt?: string;
                                /**
                                 * state / 状态
                                 * @enum {unknown}
                                 */
                                state: "waiting" | "running" | "done" | "failed";
                                /**
                                 * step / 步骤
                                 * @enum {unknown}
                                 */
                                step: "open" | "collect" | "cutOff" | "send" | "receive" | "confirm" | "value" | "settle" | "reconcile" | "report" | "close";
                                /** title / 名称 */
                                title: string;
                                /** title in Chinese / 中文名称 */
                                titleZh: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The exchange calendar of a year / 一年的交易日历 */
        get: {
            parameters: {
                query?: {
                    year?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            days: {
                                date: string;
                                /** the exchange trades / 是否交易日 */
                                isTradingDay: boolean;
                                /** 0: came with the program; else how often imported / 0 为内置，否则为导入次数 */
                                version: number;
                            }[];
                            /** first day known / 日历起始日 */
                            first: string;
                            imports: {
                                approvalId: string;
                                checker: string | null;
                                /** days of this year / 涉及本年天数 */
                                days: number;
                                maker: string;
                                recordedAt: string;
                            }[];
                            /** last day known / 日历截止日 */
                            last: string;
                            /** trading days of the year / 全年交易日数 */
                            tradingDays: number;
                            /** year / 年份 */
                            year: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cash-transfers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        amount: string;
                        assetAccountNo: string;
                        clientTransferNo: string;
                        /** @enum {string} */
                        direction: "in" | "out";
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            amount: string;
                            assetAccountNo: string;
                            /** Format: date */
                            businessDate: string;
                            clientTransferNo: string;
                            /** @enum {string} */
                            direction: "in" | "out";
                            /** Format: date-time */
                            requestedAt: string;
                            /** @enum {string} */
                            state: "posted";
                            transferId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    investorClass?: "ordinary" | "professional";
                    kind?: "0" | "1" | "2";
                    kyc?: "pending" | "verified" | "expired" | "rejected" | "ending";
                    limit?: number;
                    status?: "active" | "frozen" | "closed";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            customers: {
                                addressMasked: string | null;
                                adviserId: string | null;
                                birthDateMasked: string | null;
                                branchCode: string;
                                certificateMasked: string;
                                certificateType: string;
                                certificateValidUntil: string | null;
                                civilCapacity: string | null;
                                customerId: string;
                                emailMasked: string | null;
                                /** @enum {unknown} */
                                investorClass: "ordinary" | "professional";
                                /** @enum {unknown} */
                                kind: "0" | "1" | "2";
                                /** @enum {unknown} */
                                kycStatus: "pending" | "verified" | "expired" | "rejected";
                                /**
                                 * found by / 匹配项
                                 * @enum {unknown}
                                 */
                                matchedBy?: "customerId" | "certificate" | "phone" | "account" | "name";
                                nameMasked: string;
                                openedAt: string;
                                phoneMasked: string;
                                postCode: string | null;
                                representativeMasked: string | null;
                                sex: string | null;
                                /** @enum {unknown} */
                                status: "active" | "frozen" | "closed";
                                version: number;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        address?: string;
                        adviserId?: string;
                        /** @description YYYY-MM-DD */
                        birthDate?: string;
                        branchCode: string;
                        certificateNo: string;
                        certificateType: string;
                        /** @description last day of validity; null: long-term 长期 */
                        certificateValidUntil: string | null;
                        /** @enum {unknown} */
                        civilCapacity?: "full" | "limited" | "none";
                        email?: string;
                        /**
                         * @description 0 institution 机构, 1 person 个人, 2 product 产品
                         * @enum {unknown}
                         */
                        kind: "0" | "1" | "2";
                        name: string;
                        phone: string;
                        postCode?: string;
                        representative?: {
                            certificateNo: string;
                            certificateType: string;
                            name: string;
                        };
                        /** @enum {unknown} */
                        sex?: "1" | "2";
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            customerId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            addressMasked: string | null;
                            adviserId: string | null;
                            birthDateMasked: string | null;
                            branchCode: string;
                            certificateMasked: string;
                            certificateType: string;
                            certificateValidUntil: string | null;
                            civilCapacity: string | null;
                            customerId: string;
                            emailMasked: string | null;
                            /** @enum {unknown} */
                            investorClass: "ordinary" | "professional";
                            /** @enum {unknown} */
                            kind: "0" | "1" | "2";
                            /** @enum {unknown} */
                            kycStatus: "pending" | "verified" | "expired" | "rejected";
                            nameMasked: string;
                            openedAt: string;
                            phoneMasked: string;
                            postCode: string | null;
                            representativeMasked: string | null;
                            sex: string | null;
                            /** @enum {unknown} */
                            status: "active" | "frozen" | "closed";
                            version: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        change: {
                            address?: string | null;
                            adviserId?: string | null;
                            branchCode?: string;
                            certificateValidUntil?: string | null;
                            /** @enum {unknown} */
                            civilCapacity?: "full" | "limited" | "none";
                            email?: string | null;
                            name?: string;
                            phone?: string;
                            postCode?: string | null;
                            representative?: {
                                certificateNo: string;
                                certificateType: string;
                                name: string;
                            };
                        };
                        expectedVersion: number;
                        /** @description kept in the audit */
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            version: number;
                        };
                    };
                };
            };
        };
        trace?: never;
    };
    "/customers/{customerId}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            assetAccounts: {
                                assetAccountNo: string;
                                bankAccountMasked: string;
                                bankCode: string;
                                cash: {
                                    available: string;
                                    balance: string;
                                    frozen: string;
                                };
                                /** @enum {string} */
                                currency: "CNY";
                                customerId: string;
                                /** Format: date-time */
                                openedAt: string;
                                /** @enum {string} */
                                purpose: "main" | "wealth";
                                /** @enum {string} */
                                status: "active" | "frozen" | "closed";
                                tradingAccounts: {
                                    /** Format: date-time */
                                    openedAt: string;
                                    registrarCode: string;
                                    /** @enum {string} */
                                    status: "opening" | "active" | "rejected" | "closing" | "closed";
                                    taAccountId?: string;
                                    tradingAccountNo: string;
                                }[];
                            }[];
                            customer: {
                                customerId: string;
                                kind: string;
                                nameMasked: string;
                                status: string;
                            };
                            identity: {
                                certificateMasked: string;
                                certificateType: string;
                            };
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/answer-draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            draft: {
                                answers: {
                                    optionIds: string[];
                                    questionId: string;
                                }[];
                                /** forgotten then, unless saved / 到期自动删除 */
                                expiresAt: string;
                                questionnaireVersion: number;
                                savedAt: string;
                            } | null;
                        };
                    };
                };
            };
        };
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        answers: {
                            optionIds: string[];
                            questionId: string;
                        }[];
                        questionnaireVersion: number;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/assessments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        answers: {
                            optionIds: string[];
                            questionId: string;
                        }[];
                        /** @enum {unknown} */
                        channel: "counter" | "internet" | "mobile" | "telephone";
                        /** @description unique per customer for ever / 同一客户永久唯一 */
                        clientSubmissionNo: string;
                        questionnaireVersion: number;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            assessmentId: string;
                            /** @description C1 to C5 */
                            level: number;
                            /** @description lowest tolerance class / 风险承受能力最低类别 */
                            lowest: boolean;
                            score: number;
                            term: string;
                            validUntil: string;
                            varieties: string[];
                        };
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            assessmentId: string;
                            /** @description C1 to C5 */
                            level: number;
                            /** @description lowest tolerance class / 风险承受能力最低类别 */
                            lowest: boolean;
                            score: number;
                            term: string;
                            validUntil: string;
                            varieties: string[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            byFund: {
                                /** key / 键 */
                                key: string;
                                /** label / 名称 */
                                label: string;
                                /** label in Chinese / 中文名称 */
                                labelZh: string;
                                /** value / 市值 */
                                value: string;
                                /** percent of all / 占比% */
                                weight: string;
                            }[];
                            byRisk: {
                                /** key / 键 */
                                key: string;
                                /** label / 名称 */
                                label: string;
                                /** label in Chinese / 中文名称 */
                                labelZh: string;
                                /** value / 市值 */
                                value: string;
                                /** percent of all / 占比% */
                                weight: string;
                            }[];
                            byType: {
                                /** key / 键 */
                                key: string;
                                /** label / 名称 */
                                label: string;
                                /** label in Chinese / 中文名称 */
                                labelZh: string;
                                /** value / 市值 */
                                value: string;
                                /** percent of all / 占比% */
                                weight: string;
                            }[];
                            cash: {
                                /** free / 可用资金 */
                                available: string;
                                /** cash / 资金余额 */
                                balance: string;
                                /** set aside / 冻结资金 */
                                frozen: string;
                            };
                            /**
                             * computed at / 计算时间
                             * Format: date-time
                             */
                            computedAt: string;
                            /** cost of the holdings / 持仓成本 */
                            cost: string;
                            /** customer / 客户号 */
                            customerId: string;
                            /**
                             * business date / 业务日期
                             * Format: date
                             */
                            date: string;
                            /** profit of the latest NAV day / 最新日盈亏 */
                            dayProfit?: string;
                            dues: {
                                /** amount / 金额 */
                                amount: string;
                                /**
                                 * due / 到账日
                                 * Format: date
                                 */
                                dueDate?: string;
                                /** kind / 类型 */
                                kind: string;
                                /** of what / 关联业务 */
                                ref: string;
                            }[];
                            holdings: {
                                /** asset account / 资产账户 */
                                assetAccountNo: string;
                                /** units free to redeem / 可赎回份额 */
                                available: string;
                                /** cost of what is left / 持仓成本 */
                                cost: string;
                                /** profit of its last NAV day / 日盈亏 */
                                dayProfit?: string;
                                /**
                                 * dividends / 分红方式
                                 * @enum {unknown}
                                 */
                                dividendMethod: "reinvest" | "cash";
                                /** units set aside / 冻结份额 */
                                frozen: string;
                                /** fund code / 基金代码 */
                                fundCode: string;
                                /** fund name / 基金名称 */
                                fundName: string;
                                /** fund type / 基金类型 */
                                fundType: string;
                                /** NAV / 单位净值 */
                                nav?: string;
                                /**
                                 * date of the NAV / 净值日期
                                 * Format: date
                                 */
                                navDate?: string;
                                /** profit not realised / 浮动盈亏 */
                                profit?: string;
                                /** profit as percent of cost / 浮动盈亏率% */
                                profitPercent?: string;
                                /** registrar / 登记机构 */
                                registrarCode: string;
                                /** risk level R1–R5 / 风险等级 */
                                riskLevel?: number;
                                /** all it has earned / 累计盈亏 */
                                totalProfit?: string;
                                /** trading account / 交易账号 */
                                tradingAccountNo: string;
                                /** units / 份额 */
                                units: string;
                                /** value / 市值 */
                                value?: string;
                                /** percent of all holdings / 持仓占比% */
                                weight?: string;
                            }[];
                            /** value of the holdings / 持仓市值 */
                            holdingsValue: string;
                            /**
                             * latest NAV among the holdings / 最新净值日期
                             * Format: date
                             */
                            navDate?: string;
                            /** money brought in less taken out / 净入金 */
                            netDeposits: string;
                            /** money on its way / 在途资金 */
                            onTheWay: string;
                            /** profit not realised / 浮动盈亏 */
                            profit?: string;
                            /** all assets / 总资产 */
                            total: string;
                            /** all it has earned / 累计盈亏 */
                            totalProfit: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/documents/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    format?: "pdf" | "xlsx";
                    from?: string;
                    language?: "zh" | "en";
                    to?: string;
                };
                header?: never;
                path: {
                    customerId: string;
                    kind: "statement" | "holdings";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    customerId: string;
                    kind: "statement" | "holdings";
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * format / 格式
                         * @enum {unknown}
                         */
                        format?: "pdf" | "xlsx";
                        /** Format: date */
                        from?: string;
                        /**
                         * language / 语言
                         * @enum {unknown}
                         */
                        language?: "zh" | "en";
                        /** purpose, kept in the audit / 用途，记入审计 */
                        purpose: string;
                        /** Format: date */
                        to?: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/investor-access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            access: {
                                createdAt: string;
                                hasSecondFactor: boolean;
                                lastLoginAt: string | null;
                                /** @enum {unknown} */
                                state: "pending" | "active" | "disabled";
                                userId: string;
                                userName: string;
                            } | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        userName: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            access: {
                                createdAt: string;
                                hasSecondFactor: boolean;
                                lastLoginAt: string | null;
                                /** @enum {unknown} */
                                state: "pending" | "active" | "disabled";
                                userId: string;
                                userName: string;
                            };
                            activationCode: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/investor-access/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            createdAt: string;
                            hasSecondFactor: boolean;
                            lastLoginAt: string | null;
                            /** @enum {unknown} */
                            state: "pending" | "active" | "disabled";
                            userId: string;
                            userName: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/investor-access/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            access: {
                                createdAt: string;
                                hasSecondFactor: boolean;
                                lastLoginAt: string | null;
                                /** @enum {unknown} */
                                state: "pending" | "active" | "disabled";
                                userId: string;
                                userName: string;
                            };
                            activationCode: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/investor-class": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        proof: {
                            averageIncome?: string;
                            experienceYears: number;
                            financialAssets: string;
                            isSigned: boolean;
                            netAssets?: string;
                        };
                        reason: string;
                        /** @enum {unknown} */
                        to: "ordinary" | "professional";
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            approvalId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/kyc-review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        decision: "verify" | "reject";
                        /** @description kept in the audit */
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            version: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/movements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    from?: string;
                    to?: string;
                };
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cash: {
                                /** amount, money in positive / 发生额，转入为正 */
                                amount: string;
                                /**
                                 * business day / 业务日
                                 * Format: date
                                 */
                                date: string;
                                /** kind / 类别 */
                                kind: string;
                                /** of what / 凭据 */
                                ref: string;
                            }[];
                            /** customer / 客户号 */
                            customerId: string;
                            /**
                             * first day / 起始日
                             * Format: date
                             */
                            from: string;
                            /**
                             * last day / 截止日
                             * Format: date
                             */
                            to: string;
                            units: {
                                /** what they cost or brought / 金额 */
                                amount: string;
                                /**
                                 * confirm date / 确认日
                                 * Format: date
                                 */
                                date: string;
                                /** fund code / 基金代码 */
                                fundCode: string;
                                /** fund name / 基金名称 */
                                fundName: string;
                                /** kind / 类别 */
                                kind: string;
                                /** of what / 凭据 */
                                ref: string;
                                /** units, coming positive / 份额，增加为正 */
                                units: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Notes on a customer, the latest first / 客户备注，最新在前 */
        get: {
            parameters: {
                query?: {
                    before?: number;
                    limit?: number;
                };
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** before of the next page / 下一页的 before */
                            next?: number;
                            notes: {
                                /** corrected by / 已由哪一条更正 */
                                correctedBy: number | null;
                                /** corrects / 更正哪一条 */
                                corrects: number | null;
                                /** number of a note / 备注序号 */
                                noteNo: number;
                                /** text / 内容 */
                                text: string;
                                writtenAt: string;
                                writtenBy: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        /** Write a note; one that corrects another names it / 写备注，更正须注明所更正的一条 */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** number of a note / 备注序号 */
                        corrects?: number;
                        /** text / 内容 */
                        text: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** number of a note / 备注序号 */
                            noteNo: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/products/{fundCode}/suitability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                    /** @description 基金代码 */
                    fundCode: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            at: string;
                            customerId: string;
                            findings: {
                                code: string;
                                details: {
                                    [key: string]: unknown;
                                };
                                message: string;
                                messageZh: string;
                                remedy?: string;
                                remedyZh?: string;
                                severity: string;
                            }[];
                            fundCode: string;
                            /** @enum {unknown} */
                            outcome: "allow" | "allowWarned" | "block";
                            parameterVersion: number;
                            profileVersion: number | null;
                            ruleVersion: number | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/profit-calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    month?: string;
                };
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            days: {
                                /**
                                 * day / 日期
                                 * Format: date
                                 */
                                date: string;
                                funds: {
                                    /** fund code / 基金代码 */
                                    fundCode: string;
                                    /** fund name / 基金名称 */
                                    fundName: string;
                                    /** profit of the day / 当日盈亏 */
                                    profit: string;
                                }[];
                                /** profit of the day / 当日盈亏 */
                                profit: string;
                            }[];
                            /** month / 月份 */
                            month: string;
                            /** the twelve months up to this one / 近十二个月 */
                            months: {
                                /** month / 月份 */
                                month: string;
                                /** profit / 盈亏 */
                                profit: string;
                            }[];
                            /** profit of the month / 当月盈亏 */
                            profit: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers who may be the same person, masked / 可能为同一人的客户（脱敏） */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            customers: {
                                addressMasked: string | null;
                                adviserId: string | null;
                                birthDateMasked: string | null;
                                branchCode: string;
                                certificateMasked: string;
                                certificateType: string;
                                certificateValidUntil: string | null;
                                civilCapacity: string | null;
                                customerId: string;
                                emailMasked: string | null;
                                /** @enum {unknown} */
                                investorClass: "ordinary" | "professional";
                                /** @enum {unknown} */
                                kind: "0" | "1" | "2";
                                /** @enum {unknown} */
                                kycStatus: "pending" | "verified" | "expired" | "rejected";
                                nameMasked: string;
                                openedAt: string;
                                phoneMasked: string;
                                postCode: string | null;
                                /** why / 相似原因 */
                                reasons: ("nameAndBirthDate" | "name" | "phone" | "address")[];
                                representativeMasked: string | null;
                                sex: string | null;
                                /** @enum {unknown} */
                                status: "active" | "frozen" | "closed";
                                version: number;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        action: "freeze" | "unfreeze" | "close";
                        /** @description kept in the audit */
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            version: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/suitability-profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            earlier: {
                                assessmentId: string | null;
                                fromAt: string;
                                /** @enum {unknown} */
                                investorClass: "ordinary" | "professional";
                                level: number | null;
                                lowest: boolean;
                                term: string | null;
                                validUntil: string | null;
                                varieties: string[];
                                version: number;
                            }[];
                            profile: {
                                assessmentId: string | null;
                                fromAt: string;
                                /** @enum {unknown} */
                                investorClass: "ordinary" | "professional";
                                level: number | null;
                                lowest: boolean;
                                term: string | null;
                                validUntil: string | null;
                                varieties: string[];
                                version: number;
                            } | null;
                            reach: {
                                /** risk levels that match / 匹配的风险等级 */
                                riskLevels: number[];
                                /** terms that match / 匹配的投资期限 */
                                terms: string[];
                                /** varieties that match / 匹配的投资品种 */
                                varieties: string[];
                                /** only after the special warning / 须特别警示后方可购买 */
                                warnedRiskLevels: number[];
                                /** only after the warning / 须警示后方可购买 */
                                warnedTerms: string[];
                                /** only after the warning / 须警示后方可购买 */
                                warnedVarieties: string[];
                            } | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/unmask": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        fields: ("name" | "certificateNo" | "phone" | "email" | "address" | "birthDate" | "representative")[];
                        /** @description kept in the audit */
                        purpose: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            address?: string | null;
                            birthDate?: string | null;
                            certificateNo?: string | null;
                            email?: string | null;
                            name?: string | null;
                            phone?: string | null;
                            representative?: string | null;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/value-curve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    from?: string;
                    to?: string;
                };
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** customer / 客户号 */
                            customerId: string;
                            /**
                             * first day / 起始日
                             * Format: date
                             */
                            from: string;
                            funds: {
                                /** fund code / 基金代码 */
                                fundCode: string;
                                /** fund name / 基金名称 */
                                fundName: string;
                                points: {
                                    /**
                                     * day / 日期
                                     * Format: date
                                     */
                                    date: string;
                                    /** profit of the day / 当日盈亏 */
                                    dayProfit: string;
                                    /** profit until then / 累计盈亏 */
                                    profit: string;
                                    /** units / 份额 */
                                    units: string;
                                    /** value / 市值 */
                                    value: string;
                                }[];
                            }[];
                            /** where the period begins / 期初 */
                            opening: {
                                /**
                                 * the trading day before / 上一交易日
                                 * Format: date
                                 */
                                date: string;
                                /** net deposits until then / 累计净入金 */
                                netDeposits: string;
                                /** profit until then / 累计盈亏 */
                                profit: string;
                                /** all assets / 总资产 */
                                total: string;
                            };
                            /** profit of the period / 期间盈亏 */
                            periodProfit: string;
                            points: {
                                /** cash / 资金 */
                                cash: string;
                                /**
                                 * day / 日期
                                 * Format: date
                                 */
                                date: string;
                                /** profit of the day / 当日盈亏 */
                                dayProfit: string;
                                /** value of the holdings / 持仓市值 */
                                holdings: string;
                                /** net deposits until then / 累计净入金 */
                                netDeposits: string;
                                /** money on its way / 在途资金 */
                                onTheWay: string;
                                /** profit until then / 累计盈亏 */
                                profit: string;
                                /** all assets / 总资产 */
                                total: string;
                            }[];
                            /**
                             * last day / 截止日
                             * Format: date
                             */
                            to: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            versions: {
                                action: string;
                                changedAt: string;
                                changedBy: string;
                                changes: {
                                    [key: string]: {
                                        from: string | null;
                                        to: string | null;
                                    };
                                };
                                reason: string | null;
                                version: number;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/view": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            customer: {
                                addressMasked: string | null;
                                adviserId: string | null;
                                birthDateMasked: string | null;
                                branchCode: string;
                                certificateMasked: string;
                                certificateType: string;
                                certificateValidUntil: string | null;
                                civilCapacity: string | null;
                                customerId: string;
                                emailMasked: string | null;
                                /** @enum {unknown} */
                                investorClass: "ordinary" | "professional";
                                /** @enum {unknown} */
                                kind: "0" | "1" | "2";
                                /** @enum {unknown} */
                                kycStatus: "pending" | "verified" | "expired" | "rejected";
                                nameMasked: string;
                                openedAt: string;
                                phoneMasked: string;
                                postCode: string | null;
                                representativeMasked: string | null;
                                sex: string | null;
                                /** @enum {unknown} */
                                status: "active" | "frozen" | "closed";
                                version: number;
                            };
                            sections: {
                                [key: string]: unknown;
                            };
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/warnings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            nextCursor?: string;
                            warnings: {
                                confirmedAt?: string;
                                confirmedBy?: string;
                                expiresAt: string;
                                fundCode: string;
                                shownAt: string;
                                shownBy: string;
                                textEn: string;
                                textZh: string;
                                warningId: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        channel: "counter" | "internet" | "mobile" | "telephone";
                        /** @description 基金代码 */
                        fundCode: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            expiresAt: string;
                            findings: {
                                code: string;
                                details: {
                                    [key: string]: unknown;
                                };
                                message: string;
                                messageZh: string;
                                remedy?: string;
                                remedyZh?: string;
                                severity: string;
                            }[];
                            fundCode: string;
                            shownAt: string;
                            textEn: string;
                            textZh: string;
                            warningId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/warnings/{warningId}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 客户号 */
                    customerId: string;
                    warningId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        channel: "counter" | "internet" | "mobile" | "telephone";
                        /** @enum {boolean} */
                        hasReadAndInsists: true;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            confirmedAt: string;
                            expiresAt: string;
                            warningId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/opening-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check particulars as they are typed / 边填边校验开户资料 */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        address?: string;
                        adviserId?: string;
                        /** @description YYYY-MM-DD */
                        birthDate?: string;
                        branchCode: string;
                        certificateNo: string;
                        certificateType: string;
                        /** @description last day of validity; null: long-term 长期 */
                        certificateValidUntil: string | null;
                        /** @enum {unknown} */
                        civilCapacity?: "full" | "limited" | "none";
                        email?: string;
                        /**
                         * @description 0 institution 机构, 1 person 个人, 2 product 产品
                         * @enum {unknown}
                         */
                        kind: "0" | "1" | "2";
                        name: string;
                        phone: string;
                        postCode?: string;
                        representative?: {
                            certificateNo: string;
                            certificateType: string;
                            name: string;
                        };
                        /** @enum {unknown} */
                        sex?: "1" | "2";
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** from the number, or as given / 证件号码所示或所填出生日期 */
                            birthDate?: string;
                            /** @enum {unknown} */
                            civilCapacity?: "full" | "limited" | "none";
                            existing: {
                                /** absent for another branch’s customer / 其他机构客户不显示 */
                                customerId?: string;
                            } | null;
                            findings: {
                                code: string;
                                details: {
                                    [key: string]: unknown;
                                };
                                message: string;
                                messageZh: string;
                                remedy?: string;
                                remedyZh?: string;
                                severity: string;
                            }[];
                            /** @enum {unknown} */
                            sex?: "1" | "2";
                            /** customers who may be the same person / 可能为同一人的客户 */
                            similar: {
                                customerId: string;
                                nameMasked: string;
                                phoneMasked: string;
                                reasons: ("nameAndBirthDate" | "name" | "phone" | "address")[];
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        by: "certificate";
                        cursor?: string;
                        /** @enum {unknown} */
                        kind: "0" | "1" | "2";
                        limit?: number;
                        number: string;
                        type: string;
                    } | {
                        /** @enum {string} */
                        by: "text";
                        cursor?: string;
                        limit?: number;
                        /** part of a name, number, phone, certificate or account / 姓名、号码、电话、证件或账号的一部分 */
                        text: string;
                    } | {
                        /** @enum {string} */
                        by: "phone";
                        cursor?: string;
                        limit?: number;
                        phone: string;
                    } | {
                        /** @enum {string} */
                        by: "name";
                        cursor?: string;
                        limit?: number;
                        name: string;
                    } | {
                        /** @enum {string} */
                        by: "nameMasked";
                        cursor?: string;
                        limit?: number;
                        nameMasked: string;
                    } | {
                        /** @enum {string} */
                        by: "customerId";
                        cursor?: string;
                        limit?: number;
                        prefix: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            customers: {
                                addressMasked: string | null;
                                adviserId: string | null;
                                birthDateMasked: string | null;
                                branchCode: string;
                                certificateMasked: string;
                                certificateType: string;
                                certificateValidUntil: string | null;
                                civilCapacity: string | null;
                                customerId: string;
                                emailMasked: string | null;
                                /** @enum {unknown} */
                                investorClass: "ordinary" | "professional";
                                /** @enum {unknown} */
                                kind: "0" | "1" | "2";
                                /** @enum {unknown} */
                                kycStatus: "pending" | "verified" | "expired" | "rejected";
                                /**
                                 * found by / 匹配项
                                 * @enum {unknown}
                                 */
                                matchedBy?: "customerId" | "certificate" | "phone" | "account" | "name";
                                nameMasked: string;
                                openedAt: string;
                                phoneMasked: string;
                                postCode: string | null;
                                representativeMasked: string | null;
                                sex: string | null;
                                /** @enum {unknown} */
                                status: "active" | "frozen" | "closed";
                                version: number;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/directory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            people: {
                                /** as records name them, such as 'staff:S…' / 记录中的标识 */
                                actor: string;
                                branchCode?: string;
                                roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                                /** @enum {unknown} */
                                state: "pending" | "active" | "disabled";
                                /** user name / 用户名 */
                                userName: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/document-retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            versions: {
                                /** days / 天数 */
                                days: number;
                                /** Format: date */
                                effectiveDate: string;
                                /** holds today / 当前生效 */
                                isInForce: boolean;
                                /** Format: date-time */
                                recordedAt: string;
                                recordedBy: string;
                                version: number;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** days / 天数 */
                        days: number;
                        /** Format: date */
                        effectiveDate: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            approvalId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/document-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            nextCursor?: string;
                            runs: {
                                /** made / 已生成 */
                                done: number;
                                /** made, kept and gone by now / 已过保存期限 */
                                expired: number;
                                /** failed / 未能生成 */
                                failed: number;
                                /** Format: date-time */
                                finishedAt?: string;
                                /**
                                 * format / 格式
                                 * @enum {unknown}
                                 */
                                format: "pdf" | "xlsx";
                                /** Format: date */
                                from?: string;
                                /** documents asked for / 应生成份数 */
                                items: number;
                                /**
                                 * last day of its files / 文件保存至
                                 * Format: date
                                 */
                                keptUntil?: string;
                                /**
                                 * statement or holdings / 对账单或持仓报告
                                 * @enum {unknown}
                                 */
                                kind: "statement" | "holdings";
                                /**
                                 * language / 语言
                                 * @enum {unknown}
                                 */
                                language: "zh" | "en";
                                purpose: string;
                                /** Format: date-time */
                                requestedAt: string;
                                runId: string;
                                /**
                                 * state / 状态
                                 * @enum {unknown}
                                 */
                                state: "running" | "done";
                                /** Format: date */
                                to?: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** which active customers; all that one may see when absent / 在册客户范围 */
                        customers?: {
                            /** @enum {unknown} */
                            investorClass?: "ordinary" | "professional";
                            /** @enum {unknown} */
                            kind?: "0" | "1" | "2";
                        };
                        /**
                         * format / 格式
                         * @enum {unknown}
                         */
                        format?: "pdf" | "xlsx";
                        /** Format: date */
                        from?: string;
                        /**
                         * statement or holdings / 对账单或持仓报告
                         * @enum {unknown}
                         */
                        kind: "statement" | "holdings";
                        /**
                         * language / 语言
                         * @enum {unknown}
                         */
                        language?: "zh" | "en";
                        /** purpose, kept in the audit / 用途，记入审计 */
                        purpose: string;
                        /** Format: date */
                        to?: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** made / 已生成 */
                            done: number;
                            /** made, kept and gone by now / 已过保存期限 */
                            expired: number;
                            /** failed / 未能生成 */
                            failed: number;
                            /** Format: date-time */
                            finishedAt?: string;
                            /**
                             * format / 格式
                             * @enum {unknown}
                             */
                            format: "pdf" | "xlsx";
                            /** Format: date */
                            from?: string;
                            /** documents asked for / 应生成份数 */
                            items: number;
                            /**
                             * last day of its files / 文件保存至
                             * Format: date
                             */
                            keptUntil?: string;
                            /**
                             * statement or holdings / 对账单或持仓报告
                             * @enum {unknown}
                             */
                            kind: "statement" | "holdings";
                            /**
                             * language / 语言
                             * @enum {unknown}
                             */
                            language: "zh" | "en";
                            purpose: string;
                            /** Format: date-time */
                            requestedAt: string;
                            runId: string;
                            /**
                             * state / 状态
                             * @enum {unknown}
                             */
                            state: "running" | "done";
                            /** Format: date */
                            to?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/document-runs/{runId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    runId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** made / 已生成 */
                            done: number;
                            /** made, kept and gone by now / 已过保存期限 */
                            expired: number;
                            /** failed / 未能生成 */
                            failed: number;
                            /** Format: date-time */
                            finishedAt?: string;
                            /**
                             * format / 格式
                             * @enum {unknown}
                             */
                            format: "pdf" | "xlsx";
                            /** Format: date */
                            from?: string;
                            /** documents asked for / 应生成份数 */
                            items: number;
                            /**
                             * last day of its files / 文件保存至
                             * Format: date
                             */
                            keptUntil?: string;
                            /**
                             * statement or holdings / 对账单或持仓报告
                             * @enum {unknown}
                             */
                            kind: "statement" | "holdings";
                            /**
                             * language / 语言
                             * @enum {unknown}
                             */
                            language: "zh" | "en";
                            purpose: string;
                            /** Format: date-time */
                            requestedAt: string;
                            runId: string;
                            /**
                             * state / 状态
                             * @enum {unknown}
                             */
                            state: "running" | "done";
                            /** Format: date */
                            to?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/document-runs/{runId}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    runId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/document-runs/{runId}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    after?: number;
                    limit?: number;
                    state?: "waiting" | "done" | "failed";
                };
                header?: never;
                path: {
                    runId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                bytes?: number;
                                customerId: string;
                                /**
                                 * from then on not given out / 停止提供时间
                                 * Format: date-time
                                 */
                                expiredAt?: string;
                                /** why it was not made / 未能生成的原因 */
                                failure?: {
                                    code: string;
                                    message: string;
                                    messageZh: string;
                                };
                                /** Format: date-time */
                                finishedAt?: string;
                                place: number;
                                /** @enum {unknown} */
                                state: "waiting" | "done" | "failed";
                            }[];
                            /** after of the next page / 下一页的 after */
                            next?: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/document-runs/{runId}/items/{place}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    place: number;
                    runId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exceptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    businessDate?: string;
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            exceptions: {
                                /** Format: date */
                                businessDate: string;
                                code: string;
                                detail: unknown;
                                exceptionId: string;
                                message: string;
                                messageZh: string;
                                owner: string | null;
                                ownerRole: string;
                                /** Format: date-time */
                                raisedAt: string;
                                resolvedAt: string | null;
                                severity: string;
                                state: string;
                                subject: string;
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exceptions/{exceptionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    exceptionId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            events: {
                                actor: string;
                                /** Format: date-time */
                                at: string;
                                /** @enum {unknown} */
                                event: "raised" | "assigned" | "noted" | "retried" | "resolved";
                                note: string;
                                seq: number;
                            }[];
                            exception: {
                                /** Format: date */
                                businessDate: string;
                                code: string;
                                detail: unknown;
                                exceptionId: string;
                                message: string;
                                messageZh: string;
                                owner: string | null;
                                ownerRole: string;
                                /** Format: date-time */
                                raisedAt: string;
                                resolvedAt: string | null;
                                severity: string;
                                state: string;
                                subject: string;
                            };
                            /** its record can be booked again / 可重新入账 */
                            isRetriable: boolean;
                            /** two members of staff may have it booked as stated / 经双人复核可按登记机构数据入账 */
                            mayBookAsStated: boolean;
                            /** why the record was not booked, in words / 未入账的原因 */
                            reasons: {
                                code: string;
                                message: string;
                                messageZh: string;
                                /** what we hold / 我方 */
                                ours?: string;
                                /** what they state / 对手方 */
                                theirs?: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exceptions/{exceptionId}/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    exceptionId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        kind: "assign";
                        owner: string;
                    } | {
                        /** @enum {string} */
                        kind: "note";
                        note: string;
                    } | {
                        /** @enum {string} */
                        kind: "resolve";
                        note: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exceptions/{exceptionId}/book-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    exceptionId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            approvalId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exceptions/{exceptionId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    exceptionId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            isBooked: boolean;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exceptions/{exceptionId}/void-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    exceptionId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            approvalId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exceptions/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    businessDate?: string;
                    code?: string;
                    cursor?: string;
                    limit?: number;
                    owner?: string;
                    severity?: "remind" | "approve" | "block";
                    state?: "open" | "resolved";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            exceptions: {
                                /** Format: date */
                                businessDate: string;
                                code: string;
                                detail: unknown;
                                exceptionId: string;
                                message: string;
                                messageZh: string;
                                owner: string | null;
                                ownerRole: string;
                                /** Format: date-time */
                                raisedAt: string;
                                resolvedAt: string | null;
                                severity: string;
                                state: string;
                                subject: string;
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            figures: {
                                /** formula / 公式 */
                                formula: string;
                                /** formula in Chinese / 中文公式 */
                                formulaZh: string;
                                /**
                                 * id / 标识
                                 * @enum {unknown}
                                 */
                                id: "cashBalance" | "cashAvailable" | "cashFrozen" | "cashMovement" | "cashDue" | "units" | "unitsAvailable" | "unitsMovement" | "movementAmount" | "nav" | "fundReturn" | "peerReturn" | "excessReturn" | "drawdown" | "dividendPerUnit" | "feeRate" | "flatFee" | "feeToFund" | "minFirstPurchase" | "minNextPurchase" | "purchaseStep" | "maxPurchase" | "dayMaxPurchase" | "minRedemption" | "redemptionStep" | "minHolding" | "serviceFeeRate" | "faceValue" | "importRows" | "importCreated" | "importChanged" | "importUnchanged" | "importHeld" | "importErrors" | "financialAssetsMin" | "incomeMin" | "netAssetsMin" | "orderAmount" | "orderUnits" | "discountRate" | "confirmedAmount" | "confirmedUnits" | "confirmedNav" | "confirmedFee" | "purchaseFeeExpected" | "redemptionFeeExpected" | "netAmountExpected" | "cashExpected" | "unitsExpected" | "lotUnits" | "lotDays" | "lotRate" | "lotGross" | "lotFee" | "ours" | "theirs" | "customerView" | "stepCount" | "openExceptions" | "dayOrders" | "dayConfirmations" | "dayAmount" | "dayUnits" | "dayFee" | "fileRecords" | "fileBytes" | "auditEntries" | "auditAnchors" | "total" | "holdingsValue" | "onTheWay" | "netDeposits" | "totalProfit" | "dayProfit" | "cost" | "profit" | "weight" | "profitPercent" | "periodProfit" | "investorAssets" | "investorIncome" | "fundsOfRegistrar";
                                /** inputs / 输入 */
                                inputs: string;
                                /** inputs in Chinese / 中文输入 */
                                inputsZh: string;
                                /** title / 名称 */
                                title: string;
                                /** title in Chinese / 中文名称 */
                                titleZh: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{fileId}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    from?: number;
                    limit?: number;
                };
                header?: never;
                path: {
                    fileId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** direction / 方向 */
                            direction: string;
                            /** fault of the file / 文件错误 */
                            fault?: {
                                /** code / 代码 */
                                code: string;
                                /** what is wrong / 错误 */
                                message: string;
                                /** what is wrong, in Chinese / 错误（中文） */
                                messageZh: string;
                            };
                            fields: {
                                /** decimals / 小数位 */
                                decimals: number;
                                /** personal data / 个人信息 */
                                isPersonal: boolean;
                                /** label / 名称 */
                                label: string;
                                /** label in Chinese / 中文名称 */
                                labelZh: string;
                                /** length / 长度 */
                                length: number;
                                /** name in the protocol / 协议字段名 */
                                name: string;
                                /**
                                 * type / 类型
                                 * @enum {unknown}
                                 */
                                type: "A" | "C" | "N";
                            }[];
                            /** file / 文件号 */
                            fileId: string;
                            /** file type / 文件类型 */
                            fileType: string;
                            /** first record / 起始记录 */
                            from: number;
                            /** head of the file / 文件头 */
                            header: {
                                [key: string]: string;
                            };
                            /** layout is verified / 格式已核对 */
                            isLayoutVerified: boolean;
                            /** file name / 文件名 */
                            name: string;
                            /** party / 对手方 */
                            party: string;
                            records: {
                                /** position from 0 / 序号 */
                                index: number;
                                values: {
                                    /** meaning of a code / 代码含义 */
                                    meaning?: string;
                                    /** meaning in Chinese / 代码含义（中文） */
                                    meaningZh?: string;
                                    /** value / 值 */
                                    text: string;
                                }[];
                            }[];
                            /** stream / 类别 */
                            stream: string;
                            /** what it holds / 内容 */
                            title: string;
                            /** what it holds, in Chinese / 内容（中文） */
                            titleZh: string;
                            /** records in the file / 记录总数 */
                            total: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{fileId}/records/unmask": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    fileId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        from?: number;
                        limit?: number;
                        /** purpose / 用途 */
                        purpose: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** direction / 方向 */
                            direction: string;
                            /** fault of the file / 文件错误 */
                            fault?: {
                                /** code / 代码 */
                                code: string;
                                /** what is wrong / 错误 */
                                message: string;
                                /** what is wrong, in Chinese / 错误（中文） */
                                messageZh: string;
                            };
                            fields: {
                                /** decimals / 小数位 */
                                decimals: number;
                                /** personal data / 个人信息 */
                                isPersonal: boolean;
                                /** label / 名称 */
                                label: string;
                                /** label in Chinese / 中文名称 */
                                labelZh: string;
                                /** length / 长度 */
                                length: number;
                                /** name in the protocol / 协议字段名 */
                                name: string;
                                /**
                                 * type / 类型
                                 * @enum {unknown}
                                 */
                                type: "A" | "C" | "N";
                            }[];
                            /** file / 文件号 */
                            fileId: string;
                            /** file type / 文件类型 */
                            fileType: string;
                            /** first record / 起始记录 */
                            from: number;
                            /** head of the file / 文件头 */
                            header: {
                                [key: string]: string;
                            };
                            /** layout is verified / 格式已核对 */
                            isLayoutVerified: boolean;
                            /** file name / 文件名 */
                            name: string;
                            /** party / 对手方 */
                            party: string;
                            records: {
                                /** position from 0 / 序号 */
                                index: number;
                                values: {
                                    /** meaning of a code / 代码含义 */
                                    meaning?: string;
                                    /** meaning in Chinese / 代码含义（中文） */
                                    meaningZh?: string;
                                    /** value / 值 */
                                    text: string;
                                }[];
                            }[];
                            /** stream / 类别 */
                            stream: string;
                            /** what it holds / 内容 */
                            title: string;
                            /** what it holds, in Chinese / 内容（中文） */
                            titleZh: string;
                            /** records in the file / 记录总数 */
                            total: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{fileId}/text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    language?: "en" | "zh";
                };
                header?: never;
                path: {
                    fileId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fund-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        assetAccountNo: string;
                        customerId: string;
                        registrarCode: string;
                        taAccountId?: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            applicationId: string;
                            businessCode: string;
                            customerId: string;
                            registrarCode: string;
                            state: string;
                            tradeDate: string;
                            tradingAccountNo: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "ok";
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/opening-drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            drafts: {
                                draftId: string;
                                /** forgotten then, unless saved / 到期自动删除 */
                                expiresAt: string;
                                /** @enum {unknown} */
                                kind: "0" | "1" | "2";
                                nameMasked: string;
                                savedAt: string;
                                version: number;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        content: {
                            address?: string;
                            adviserId?: string;
                            /** @description YYYY-MM-DD */
                            birthDate?: string;
                            branchCode: string;
                            certificateNo: string;
                            certificateType: string;
                            /** @description last day of validity; null: long-term 长期 */
                            certificateValidUntil: string | null;
                            /** @enum {unknown} */
                            civilCapacity?: "full" | "limited" | "none";
                            email?: string;
                            /**
                             * @description 0 institution 机构, 1 person 个人, 2 product 产品
                             * @enum {unknown}
                             */
                            kind: "0" | "1" | "2";
                            name: string;
                            phone: string;
                            postCode?: string;
                            representative?: {
                                certificateNo: string;
                                certificateType: string;
                                name: string;
                            };
                            /** @enum {unknown} */
                            sex?: "1" | "2";
                            /** where its writer stopped / 进行到第几步 */
                            step: number;
                        };
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            draftId: string;
                            /** forgotten then, unless saved / 到期自动删除 */
                            expiresAt: string;
                            /** @enum {unknown} */
                            kind: "0" | "1" | "2";
                            nameMasked: string;
                            savedAt: string;
                            version: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/opening-drafts/{draftId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    draftId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            content: {
                                address?: string;
                                adviserId?: string;
                                /** @description YYYY-MM-DD */
                                birthDate?: string;
                                branchCode: string;
                                certificateNo: string;
                                certificateType: string;
                                /** @description last day of validity; null: long-term 长期 */
                                certificateValidUntil: string | null;
                                /** @enum {unknown} */
                                civilCapacity?: "full" | "limited" | "none";
                                email?: string;
                                /**
                                 * @description 0 institution 机构, 1 person 个人, 2 product 产品
                                 * @enum {unknown}
                                 */
                                kind: "0" | "1" | "2";
                                name: string;
                                phone: string;
                                postCode?: string;
                                representative?: {
                                    certificateNo: string;
                                    certificateType: string;
                                    name: string;
                                };
                                /** @enum {unknown} */
                                sex?: "1" | "2";
                                /** where its writer stopped / 进行到第几步 */
                                step: number;
                            };
                            draft: {
                                draftId: string;
                                /** forgotten then, unless saved / 到期自动删除 */
                                expiresAt: string;
                                /** @enum {unknown} */
                                kind: "0" | "1" | "2";
                                nameMasked: string;
                                savedAt: string;
                                version: number;
                            };
                        };
                    };
                };
            };
        };
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    draftId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        content: {
                            address?: string;
                            adviserId?: string;
                            /** @description YYYY-MM-DD */
                            birthDate?: string;
                            branchCode: string;
                            certificateNo: string;
                            certificateType: string;
                            /** @description last day of validity; null: long-term 长期 */
                            certificateValidUntil: string | null;
                            /** @enum {unknown} */
                            civilCapacity?: "full" | "limited" | "none";
                            email?: string;
                            /**
                             * @description 0 institution 机构, 1 person 个人, 2 product 产品
                             * @enum {unknown}
                             */
                            kind: "0" | "1" | "2";
                            name: string;
                            phone: string;
                            postCode?: string;
                            representative?: {
                                certificateNo: string;
                                certificateType: string;
                                name: string;
                            };
                            /** @enum {unknown} */
                            sex?: "1" | "2";
                            /** where its writer stopped / 进行到第几步 */
                            step: number;
                        };
                        expectedVersion: number;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            draftId: string;
                            /** forgotten then, unless saved / 到期自动删除 */
                            expiresAt: string;
                            /** @enum {unknown} */
                            kind: "0" | "1" | "2";
                            nameMasked: string;
                            savedAt: string;
                            version: number;
                        };
                    };
                };
            };
        };
        post?: never;
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    draftId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    customerId?: string;
                    limit?: number;
                    state?: "refused" | "accepted" | "cancelled" | "sent" | "subscribed" | "partlyConfirmed" | "confirmed" | "rejected" | "failed";
                    tradeDate?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cursor?: string;
                            orders: {
                                acceptedAt: string;
                                amount?: string;
                                assetAccountNo: string;
                                businessCode: string;
                                channel: string;
                                clientOrderNo: string;
                                confirmDate?: string;
                                confirmedAmount: string;
                                confirmedUnits: string;
                                customerId: string;
                                discountRate: string;
                                dividendMethod?: string;
                                fee: string;
                                fundCode: string;
                                kind: string;
                                largeRedemption?: string;
                                nav?: string;
                                orderId: string;
                                registrarCode: string;
                                shareClass: string;
                                state: string;
                                tradeDate: string;
                                tradingAccountNo: string;
                                units?: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description decimal text above zero, at most two decimals / 大于零的十进制文本，最多两位小数 */
                        amount: string;
                        /** @description OFD AcceptMethod, default 2 (internet) / 受理方式，默认 2 网上 */
                        channel?: "0" | "1" | "2" | "3" | "4" | "5";
                        /** @description given by the caller, unique per customer for ever / 由调用方给出，同一客户永久唯一 */
                        clientOrderNo: string;
                        customerId: string;
                        fundCode: string;
                        /** @enum {string} */
                        kind: "subscription";
                        warningId?: string;
                    } | {
                        /** @description decimal text above zero, at most two decimals / 大于零的十进制文本，最多两位小数 */
                        amount: string;
                        /** @description OFD AcceptMethod, default 2 (internet) / 受理方式，默认 2 网上 */
                        channel?: "0" | "1" | "2" | "3" | "4" | "5";
                        /** @description given by the caller, unique per customer for ever / 由调用方给出，同一客户永久唯一 */
                        clientOrderNo: string;
                        customerId: string;
                        fundCode: string;
                        /** @enum {string} */
                        kind: "purchase";
                        warningId?: string;
                    } | {
                        /** @description OFD AcceptMethod, default 2 (internet) / 受理方式，默认 2 网上 */
                        channel?: "0" | "1" | "2" | "3" | "4" | "5";
                        /** @description given by the caller, unique per customer for ever / 由调用方给出，同一客户永久唯一 */
                        clientOrderNo: string;
                        customerId: string;
                        fundCode: string;
                        /** @enum {string} */
                        kind: "redemption";
                        largeRedemption?: "cancel" | "defer";
                        /** @description decimal text above zero, at most two decimals / 大于零的十进制文本，最多两位小数 */
                        units: string;
                    } | {
                        /** @description OFD AcceptMethod, default 2 (internet) / 受理方式，默认 2 网上 */
                        channel?: "0" | "1" | "2" | "3" | "4" | "5";
                        /** @description given by the caller, unique per customer for ever / 由调用方给出，同一客户永久唯一 */
                        clientOrderNo: string;
                        customerId: string;
                        dividendMethod: "reinvest" | "cash";
                        fundCode: string;
                        /** @enum {string} */
                        kind: "dividendMethod";
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            acceptedAt: string;
                            clientOrderNo: string;
                            customerId: string;
                            findings: {
                                code: string;
                                details: {
                                    [key: string]: unknown;
                                };
                                message: string;
                                messageZh: string;
                                remedy?: string;
                                remedyZh?: string;
                                severity: string;
                            }[];
                            orderId: string;
                            outcome: "accepted" | "refused";
                            /** Format: date */
                            tradeDate: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    orderId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            events: {
                                at: string;
                                detail?: {
                                    [key: string]: unknown;
                                };
                                from: string;
                                seq: number;
                                to: string;
                            }[];
                            findings: {
                                code: string;
                                details: {
                                    [key: string]: unknown;
                                };
                                message: string;
                                messageZh: string;
                                remedy?: string;
                                remedyZh?: string;
                                severity: string;
                            }[];
                            order: {
                                acceptedAt: string;
                                amount?: string;
                                assetAccountNo: string;
                                businessCode: string;
                                channel: string;
                                clientOrderNo: string;
                                confirmDate?: string;
                                confirmedAmount: string;
                                confirmedUnits: string;
                                customerId: string;
                                discountRate: string;
                                dividendMethod?: string;
                                fee: string;
                                fundCode: string;
                                kind: string;
                                largeRedemption?: string;
                                nav?: string;
                                orderId: string;
                                registrarCode: string;
                                shareClass: string;
                                state: string;
                                tradeDate: string;
                                tradingAccountNo: string;
                                units?: string;
                            };
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{orderId}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    orderId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            acceptedAt: string;
                            amount?: string;
                            assetAccountNo: string;
                            businessCode: string;
                            channel: string;
                            clientOrderNo: string;
                            confirmDate?: string;
                            confirmedAmount: string;
                            confirmedUnits: string;
                            customerId: string;
                            discountRate: string;
                            dividendMethod?: string;
                            fee: string;
                            fundCode: string;
                            kind: string;
                            largeRedemption?: string;
                            nav?: string;
                            orderId: string;
                            registrarCode: string;
                            shareClass: string;
                            state: string;
                            tradeDate: string;
                            tradingAccountNo: string;
                            units?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{orderId}/suitability-proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    orderId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            agrees: boolean;
                            decidedAt: string;
                            disagreements: string[];
                            fundCode: string;
                            orderId: string;
                            parameterVersion: number;
                            profileVersion?: number;
                            recomputed: {
                                findings: {
                                    code: string;
                                    details: {
                                        [key: string]: unknown;
                                    };
                                    message: string;
                                    messageZh: string;
                                    remedy?: string;
                                    remedyZh?: string;
                                    severity: string;
                                }[];
                                inputDigest: string;
                                outcome: string;
                            };
                            recorded: {
                                findings: {
                                    code: string;
                                    details: {
                                        [key: string]: unknown;
                                    };
                                    message: string;
                                    messageZh: string;
                                    remedy?: string;
                                    remedyZh?: string;
                                    severity: string;
                                }[];
                                inputDigest: string;
                                outcome: string;
                            };
                            riskLevel: number;
                            ruleVersion?: number;
                            warningId?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        orders: ({
                            /** @description decimal text above zero, at most two decimals / 大于零的十进制文本，最多两位小数 */
                            amount: string;
                            /** @description OFD AcceptMethod, default 2 (internet) / 受理方式，默认 2 网上 */
                            channel?: "0" | "1" | "2" | "3" | "4" | "5";
                            /** @description given by the caller, unique per customer for ever / 由调用方给出，同一客户永久唯一 */
                            clientOrderNo: string;
                            customerId: string;
                            fundCode: string;
                            /** @enum {string} */
                            kind: "subscription";
                            warningId?: string;
                        } | {
                            /** @description decimal text above zero, at most two decimals / 大于零的十进制文本，最多两位小数 */
                            amount: string;
                            /** @description OFD AcceptMethod, default 2 (internet) / 受理方式，默认 2 网上 */
                            channel?: "0" | "1" | "2" | "3" | "4" | "5";
                            /** @description given by the caller, unique per customer for ever / 由调用方给出，同一客户永久唯一 */
                            clientOrderNo: string;
                            customerId: string;
                            fundCode: string;
                            /** @enum {string} */
                            kind: "purchase";
                            warningId?: string;
                        } | {
                            /** @description OFD AcceptMethod, default 2 (internet) / 受理方式，默认 2 网上 */
                            channel?: "0" | "1" | "2" | "3" | "4" | "5";
                            /** @description given by the caller, unique per customer for ever / 由调用方给出，同一客户永久唯一 */
                            clientOrderNo: string;
                            customerId: string;
                            fundCode: string;
                            /** @enum {string} */
                            kind: "redemption";
                            largeRedemption?: "cancel" | "defer";
                            /** @description decimal text above zero, at most two decimals / 大于零的十进制文本，最多两位小数 */
                            units: string;
                        } | {
                            /** @description OFD AcceptMethod, default 2 (internet) / 受理方式，默认 2 网上 */
                            channel?: "0" | "1" | "2" | "3" | "4" | "5";
                            /** @description given by the caller, unique per customer for ever / 由调用方给出，同一客户永久唯一 */
                            clientOrderNo: string;
                            customerId: string;
                            dividendMethod: "reinvest" | "cash";
                            fundCode: string;
                            /** @enum {string} */
                            kind: "dividendMethod";
                        })[];
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            results: ({
                                isReplay: boolean;
                                receipt: {
                                    /** Format: date-time */
                                    acceptedAt: string;
                                    clientOrderNo: string;
                                    customerId: string;
                                    findings: {
                                        code: string;
                                        details: {
                                            [key: string]: unknown;
                                        };
                                        message: string;
                                        messageZh: string;
                                        remedy?: string;
                                        remedyZh?: string;
                                        severity: string;
                                    }[];
                                    orderId: string;
                                    outcome: "accepted" | "refused";
                                    /** Format: date */
                                    tradeDate: string;
                                };
                            } | {
                                error: {
                                    code: string;
                                    details: {
                                        [key: string]: unknown;
                                    };
                                    message: string;
                                    messageZh: string;
                                };
                            })[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/flow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    tradeDate: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            flows: {
                                accepted: number;
                                amount: string;
                                businessCode: string;
                                cancelled: number;
                                fundCode: string;
                                units: string;
                            }[];
                            tradeDate: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description decimal text above zero, at most two decimals / 大于零的十进制文本，最多两位小数 */
                        amount: string;
                        /** @description OFD AcceptMethod, default 2 (internet) / 受理方式，默认 2 网上 */
                        channel?: "0" | "1" | "2" | "3" | "4" | "5";
                        customerId: string;
                        fundCode: string;
                        /** @enum {string} */
                        kind: "subscription";
                        warningId?: string;
                    } | {
                        /** @description decimal text above zero, at most two decimals / 大于零的十进制文本，最多两位小数 */
                        amount: string;
                        /** @description OFD AcceptMethod, default 2 (internet) / 受理方式，默认 2 网上 */
                        channel?: "0" | "1" | "2" | "3" | "4" | "5";
                        customerId: string;
                        fundCode: string;
                        /** @enum {string} */
                        kind: "purchase";
                        warningId?: string;
                    } | {
                        /** @description OFD AcceptMethod, default 2 (internet) / 受理方式，默认 2 网上 */
                        channel?: "0" | "1" | "2" | "3" | "4" | "5";
                        customerId: string;
                        fundCode: string;
                        /** @enum {string} */
                        kind: "redemption";
                        largeRedemption?: "cancel" | "defer";
                        /** @description decimal text above zero, at most two decimals / 大于零的十进制文本，最多两位小数 */
                        units: string;
                    } | {
                        /** @description OFD AcceptMethod, default 2 (internet) / 受理方式，默认 2 网上 */
                        channel?: "0" | "1" | "2" | "3" | "4" | "5";
                        customerId: string;
                        dividendMethod: "reinvest" | "cash";
                        fundCode: string;
                        /** @enum {string} */
                        kind: "dividendMethod";
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            estimate?: {
                                fee: string;
                                lots?: {
                                    days: number;
                                    fee: string;
                                    gross: string;
                                    lotId: string;
                                    rate: string;
                                    units: string;
                                }[];
                                nav?: string;
                                navDate?: string;
                                net: string;
                                units?: string;
                            };
                            expected?: {
                                confirmDate: string;
                                payDate?: string;
                            };
                            findings: {
                                code: string;
                                details: {
                                    [key: string]: unknown;
                                };
                                message: string;
                                messageZh: string;
                                remedy?: string;
                                remedyZh?: string;
                                severity: string;
                            }[];
                            outcome: "accepted" | "refused";
                            tradeDate: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/partner-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            partnerKeys: {
                                branchCode?: string;
                                /** Format: date-time */
                                createdAt: string;
                                keyId: string;
                                name: string;
                                /** Format: date-time */
                                revokedAt?: string;
                                roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                                /** @enum {unknown} */
                                signingAlgorithm?: "hmac-sha256" | "hmac-sm3";
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        branchCode?: string;
                        /** its holder signs each request / 持有者须对每个请求签名 */
                        isSigned?: boolean;
                        name: string;
                        roles: ("partner" | "operations" | "adviser")[];
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            key: string;
                            partnerKey: {
                                branchCode?: string;
                                /** Format: date-time */
                                createdAt: string;
                                keyId: string;
                                name: string;
                                /** Format: date-time */
                                revokedAt?: string;
                                roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                                /** @enum {unknown} */
                                signingAlgorithm?: "hmac-sha256" | "hmac-sm3";
                            };
                            signingSecret?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/partner-keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    keyId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    fundType?: "equity" | "equityMixed" | "mixed" | "index" | "bond" | "shortBond" | "bondIndex" | "money" | "certificateIndex" | "qdii" | "fof" | "commodity" | "etf";
                    limit?: number;
                    /** @description with NAV and returns of each fund / 附净值与区间收益 */
                    performance?: boolean;
                    /** @description part of the code or name / 代码或名称 */
                    q?: string;
                    riskLevel?: number;
                    sold?: boolean;
                    status?: "0" | "1" | "4" | "5" | "6" | "8" | "9";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                className: string;
                                currency: string;
                                custodianName: string;
                                establishedDate?: string;
                                fundCode: string;
                                fundType: string;
                                mainCode: string;
                                managerName: string;
                                name: string;
                                performance?: {
                                    accumulated?: string;
                                    nav: string;
                                    navDate: string;
                                    returns: {
                                        /** @description percent / 百分数 */
                                        day?: string;
                                        /** @description percent / 百分数 */
                                        m1?: string;
                                        /** @description percent / 百分数 */
                                        m3?: string;
                                        /** @description percent / 百分数 */
                                        m6?: string;
                                        /** @description percent / 百分数 */
                                        w1?: string;
                                        /** @description percent / 百分数 */
                                        y1?: string;
                                        /** @description percent / 百分数 */
                                        y3?: string;
                                        /** @description percent / 百分数 */
                                        ytd?: string;
                                    };
                                };
                                registrarCode: string;
                                riskLevel?: number;
                                shareClass: string;
                                sold: boolean;
                                status?: string;
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{fundCode}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    date?: string;
                };
                header?: never;
                path: {
                    /** @description 基金代码 */
                    fundCode: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            className: string;
                            closed: boolean;
                            currency: string;
                            custodianName: string;
                            date: string;
                            establishedDate?: string;
                            fees: {
                                purchase: {
                                    /** @description decimal text / 十进制文本 */
                                    flat?: string;
                                    /** @description decimal text / 十进制文本 */
                                    fromAmount?: string;
                                    fromDays?: string;
                                    /** @description decimal text / 十进制文本 */
                                    rate?: string;
                                    /** @description decimal text / 十进制文本 */
                                    toFundShare?: string;
                                }[];
                                redemption: {
                                    /** @description decimal text / 十进制文本 */
                                    flat?: string;
                                    /** @description decimal text / 十进制文本 */
                                    fromAmount?: string;
                                    fromDays?: string;
                                    /** @description decimal text / 十进制文本 */
                                    rate?: string;
                                    /** @description decimal text / 十进制文本 */
                                    toFundShare?: string;
                                }[];
                                subscription: {
                                    /** @description decimal text / 十进制文本 */
                                    flat?: string;
                                    /** @description decimal text / 十进制文本 */
                                    fromAmount?: string;
                                    fromDays?: string;
                                    /** @description decimal text / 十进制文本 */
                                    rate?: string;
                                    /** @description decimal text / 十进制文本 */
                                    toFundShare?: string;
                                }[];
                            };
                            fundCode: string;
                            fundType: string;
                            mainCode: string;
                            managerName: string;
                            name: string;
                            parameters: {
                                confirmDays?: string;
                                cutOff?: string;
                                dayMaxPurchase?: string;
                                defaultDividendMethod?: string;
                                dividendCashDays?: string;
                                faceValue?: string;
                                feeRounding?: string;
                                holdingDaysRule?: string;
                                maxPurchase?: string;
                                minFirstPurchase?: string;
                                minHolding?: string;
                                minNextPurchase?: string;
                                minRedemption?: string;
                                offerEnd?: string;
                                offerStart?: string;
                                purchasePayDays?: string;
                                purchaseStep?: string;
                                redemptionCashDays?: string;
                                redemptionStep?: string;
                                riskLevel?: string;
                                serviceFeeRate?: string;
                                status?: string;
                                term?: string;
                                unitsRounding?: string;
                                variety?: string;
                            };
                            parameterVersion: number;
                            registrarCode: string;
                            shareClass: string;
                            sold: boolean;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{fundCode}/dividends": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 基金代码 */
                    fundCode: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                exDate: string;
                                payDate: string;
                                perUnit: string;
                                recordDate: string;
                                source: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{fundCode}/fee-quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    /** @description decimal text above zero, at most two decimals / 大于零，最多两位小数 */
                    amount?: string;
                    date?: string;
                    discount?: string;
                    holdingDays?: number;
                    kind: "subscription" | "purchase" | "redemption";
                    /** @description decimal text above zero, at most two decimals / 大于零，最多两位小数 */
                    units?: string;
                };
                header?: never;
                path: {
                    /** @description 基金代码 */
                    fundCode: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            date: string;
                            fee: string;
                            feeToFund?: string;
                            flat?: string;
                            gross: string;
                            kind: string;
                            nav?: string;
                            navDate?: string;
                            net: string;
                            rate?: string;
                            units?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{fundCode}/fee-schedule-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 基金代码 */
                    fundCode: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: date */
                        effectiveDate: string;
                        kind: "subscription" | "purchase" | "redemption";
                        tiers: {
                            /** @description decimal text / 十进制文本 */
                            flat?: string;
                            /** @description decimal text / 十进制文本 */
                            fromAmount?: string;
                            fromDays?: string;
                            /** @description decimal text / 十进制文本 */
                            rate?: string;
                            /** @description decimal text / 十进制文本 */
                            toFundShare?: string;
                        }[];
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            approvalId: string;
                            findings: {
                                code: string;
                                details: {
                                    [key: string]: unknown;
                                };
                                message: string;
                                messageZh: string;
                                remedy?: string;
                                remedyZh?: string;
                                severity: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{fundCode}/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    from?: string;
                };
                header?: never;
                path: {
                    /** @description 基金代码 */
                    fundCode: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            drawdowns: {
                                /** depth, % / 回撤幅度% */
                                depth: string;
                                /**
                                 * peak / 高点
                                 * Format: date
                                 */
                                peakDate: string;
                                recoveryDate: string | null;
                                /**
                                 * trough / 低点
                                 * Format: date
                                 */
                                troughDate: string;
                            }[];
                            fundCode: string;
                            fundType: string;
                            measures: {
                                figure: {
                                    reason?: {
                                        en: string;
                                        zh: string;
                                    };
                                    /** value / 数值 */
                                    value: string | null;
                                };
                                formula: {
                                    en: string;
                                    zh: string;
                                };
                                id: string;
                                name: {
                                    en: string;
                                    zh: string;
                                };
                                unit: string;
                            }[];
                            /** peers of the same type / 同类基金数 */
                            peerCount: number;
                            points: {
                                /** NAV with dividends reinvested / 复权净值 */
                                adjusted: string;
                                /**
                                 * day / 日期
                                 * Format: date
                                 */
                                date: string;
                                /** below the highest value so far, % / 回撤% */
                                drawdown: string;
                                /** growth since the first point, % / 累计收益率% */
                                growth: string;
                                /** NAV / 单位净值 */
                                nav: string;
                                /** mean of the peers since the first point, % / 同类平均% */
                                peers: string | null;
                            }[];
                            windows: {
                                excess: {
                                    reason?: {
                                        en: string;
                                        zh: string;
                                    };
                                    /** value / 数值 */
                                    value: string | null;
                                };
                                growth: {
                                    reason?: {
                                        en: string;
                                        zh: string;
                                    };
                                    /** value / 数值 */
                                    value: string | null;
                                };
                                id: string;
                                /** funds ranked / 参与排名数 */
                                of: number;
                                peers: {
                                    reason?: {
                                        en: string;
                                        zh: string;
                                    };
                                    /** value / 数值 */
                                    value: string | null;
                                };
                                /** rank among peers / 同类排名 */
                                rank: number | null;
                                title: {
                                    en: string;
                                    zh: string;
                                };
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{fundCode}/navs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    from?: string;
                    knownAt?: string;
                    limit?: number;
                    to?: string;
                };
                header?: never;
                path: {
                    /** @description 基金代码 */
                    fundCode: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                accumulated?: string;
                                nav: string;
                                navDate: string;
                                source: string;
                                version: number;
                            }[];
                            nextFrom?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{fundCode}/parameter-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 基金代码 */
                    fundCode: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        changes: {
                            confirmDays?: string;
                            cutOff?: string;
                            dayMaxPurchase?: string;
                            defaultDividendMethod?: string;
                            dividendCashDays?: string;
                            faceValue?: string;
                            feeRounding?: string;
                            holdingDaysRule?: string;
                            maxPurchase?: string;
                            minFirstPurchase?: string;
                            minHolding?: string;
                            minNextPurchase?: string;
                            minRedemption?: string;
                            offerEnd?: string;
                            offerStart?: string;
                            purchasePayDays?: string;
                            purchaseStep?: string;
                            redemptionCashDays?: string;
                            redemptionStep?: string;
                            riskLevel?: string;
                            serviceFeeRate?: string;
                            status?: string;
                            term?: string;
                            unitsRounding?: string;
                            variety?: string;
                        };
                        /** Format: date */
                        effectiveDate: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            approvalId: string;
                            findings: {
                                code: string;
                                details: {
                                    [key: string]: unknown;
                                };
                                message: string;
                                messageZh: string;
                                remedy?: string;
                                remedyZh?: string;
                                severity: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{fundCode}/performance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description 基金代码 */
                    fundCode: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            accumulated?: string;
                            nav: string;
                            navDate: string;
                            returns: {
                                /** @description percent / 百分数 */
                                day?: string;
                                /** @description percent / 百分数 */
                                m1?: string;
                                /** @description percent / 百分数 */
                                m3?: string;
                                /** @description percent / 百分数 */
                                m6?: string;
                                /** @description percent / 百分数 */
                                w1?: string;
                                /** @description percent / 百分数 */
                                y1?: string;
                                /** @description percent / 百分数 */
                                y3?: string;
                                /** @description percent / 百分数 */
                                ytd?: string;
                            };
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{fundCode}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    date?: string;
                };
                header?: never;
                path: {
                    /** @description 基金代码 */
                    fundCode: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            date: string;
                            fees: {
                                /** in force from / 生效日期 */
                                effectiveDate: string;
                                /** in force on the date / 当日有效 */
                                isInForce: boolean;
                                kind: string;
                                tiers: {
                                    /** @description decimal text / 十进制文本 */
                                    flat?: string;
                                    /** @description decimal text / 十进制文本 */
                                    fromAmount?: string;
                                    fromDays?: string;
                                    /** @description decimal text / 十进制文本 */
                                    rate?: string;
                                    /** @description decimal text / 十进制文本 */
                                    toFundShare?: string;
                                }[];
                                version: number;
                            }[];
                            fundCode: string;
                            parameters: {
                                /** in force from / 生效日期 */
                                effectiveDate: string;
                                /** in force on the date / 当日有效 */
                                isInForce: boolean;
                                values: {
                                    confirmDays?: string;
                                    cutOff?: string;
                                    dayMaxPurchase?: string;
                                    defaultDividendMethod?: string;
                                    dividendCashDays?: string;
                                    faceValue?: string;
                                    feeRounding?: string;
                                    holdingDaysRule?: string;
                                    maxPurchase?: string;
                                    minFirstPurchase?: string;
                                    minHolding?: string;
                                    minNextPurchase?: string;
                                    minRedemption?: string;
                                    offerEnd?: string;
                                    offerStart?: string;
                                    purchasePayDays?: string;
                                    purchaseStep?: string;
                                    redemptionCashDays?: string;
                                    redemptionStep?: string;
                                    riskLevel?: string;
                                    serviceFeeRate?: string;
                                    status?: string;
                                    term?: string;
                                    unitsRounding?: string;
                                    variety?: string;
                                };
                                version: number;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import a CSV file, whole or not at all / 导入 CSV 文件，整体成功或整体拒绝 */
        post: {
            parameters: {
                query: {
                    dryRun?: boolean;
                    kind: "funds" | "parameters" | "feeSchedules" | "navs" | "dividends" | "splits" | "closedDays" | "tradingDays" | "tradingDayCorrections";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            approvalId?: string;
                            changed: number;
                            created: number;
                            dryRun: boolean;
                            errorCount: number;
                            errors: {
                                code: string;
                                column?: string;
                                line: number;
                                message: string;
                                messageZh: string;
                            }[];
                            held: number;
                            kind: string;
                            rows: number;
                            unchanged: number;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            approvalId?: string;
                            changed: number;
                            created: number;
                            dryRun: boolean;
                            errorCount: number;
                            errors: {
                                code: string;
                                column?: string;
                                line: number;
                                message: string;
                                messageZh: string;
                            }[];
                            held: number;
                            kind: string;
                            rows: number;
                            unchanged: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "ok";
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrar-refusal-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date */
                            effectiveDate: string;
                            message: string;
                            messageZh: string;
                            registrarCode: string;
                            returnCode: string;
                        }[];
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        codes: {
                            message: string;
                            messageZh: string;
                            returnCode: string;
                        }[];
                        /** Format: date */
                        effectiveDate: string;
                        registrarCode: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            approvalId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            registrars: {
                                funds: number;
                                registrarCode: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            staff: {
                                branchCode?: string;
                                /** Format: date-time */
                                createdAt: string;
                                hasSecondFactor: boolean;
                                /** Format: date-time */
                                lastLoginAt?: string;
                                roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                                staffId: string;
                                /** @enum {string} */
                                state: "pending" | "active" | "disabled";
                                userName: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        branchCode?: string;
                        roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance")[];
                        userName: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            activationCode: string;
                            staff: {
                                branchCode?: string;
                                /** Format: date-time */
                                createdAt: string;
                                hasSecondFactor: boolean;
                                /** Format: date-time */
                                lastLoginAt?: string;
                                roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                                staffId: string;
                                /** @enum {string} */
                                state: "pending" | "active" | "disabled";
                                userName: string;
                            };
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/{staffId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    staffId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            branchCode?: string;
                            /** Format: date-time */
                            createdAt: string;
                            hasSecondFactor: boolean;
                            /** Format: date-time */
                            lastLoginAt?: string;
                            roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                            staffId: string;
                            /** @enum {string} */
                            state: "pending" | "active" | "disabled";
                            userName: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/{staffId}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    staffId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            branchCode?: string;
                            /** Format: date-time */
                            createdAt: string;
                            hasSecondFactor: boolean;
                            /** Format: date-time */
                            lastLoginAt?: string;
                            roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                            staffId: string;
                            /** @enum {string} */
                            state: "pending" | "active" | "disabled";
                            userName: string;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** what it waits for: compliance agrees to acts upon an auditor / 待合规审批：针对审计员账户 */
                            approvalId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/{staffId}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    staffId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            activationCode: string;
                            staff: {
                                branchCode?: string;
                                /** Format: date-time */
                                createdAt: string;
                                hasSecondFactor: boolean;
                                /** Format: date-time */
                                lastLoginAt?: string;
                                roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                                staffId: string;
                                /** @enum {string} */
                                state: "pending" | "active" | "disabled";
                                userName: string;
                            };
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            activationCode: string;
                            /** what it waits for: compliance agrees to acts upon an auditor / 待合规审批：针对审计员账户 */
                            approvalId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/{staffId}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    staffId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance")[];
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            branchCode?: string;
                            /** Format: date-time */
                            createdAt: string;
                            hasSecondFactor: boolean;
                            /** Format: date-time */
                            lastLoginAt?: string;
                            roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                            staffId: string;
                            /** @enum {string} */
                            state: "pending" | "active" | "disabled";
                            userName: string;
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** what it waits for: compliance agrees to acts upon an auditor / 待合规审批：针对审计员账户 */
                            approvalId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/{staffId}/second-factor-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    staffId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            recoveryCode: string;
                            staff: {
                                branchCode?: string;
                                /** Format: date-time */
                                createdAt: string;
                                hasSecondFactor: boolean;
                                /** Format: date-time */
                                lastLoginAt?: string;
                                roles: ("administrator" | "auditor" | "operations" | "adviser" | "productManager" | "reviewer" | "compliance" | "partner" | "investor")[];
                                staffId: string;
                                /** @enum {string} */
                                state: "pending" | "active" | "disabled";
                                userName: string;
                            };
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** what it waits for: compliance agrees to acts upon an auditor / 待合规审批：针对审计员账户 */
                            approvalId: string;
                            recoveryCode: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/suitability/assessments-due": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    cursor?: string;
                    due: "lapsed" | "ending";
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            customers: {
                                branchCode: string;
                                customerId: string;
                                level: number | null;
                                nameMasked: string;
                                validUntil: string;
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/suitability/questionnaires/{questionnaireId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    questionnaireId: "person" | "organisation";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            content: {
                                questions: {
                                    answer: "single" | "multiple";
                                    id: string;
                                    options: {
                                        id: string;
                                        /** @enum {boolean} */
                                        isLowest?: true;
                                        levelMax?: number;
                                        score: number;
                                        term?: string;
                                        textEn: string;
                                        textZh: string;
                                        varieties?: string[];
                                    }[];
                                    textEn: string;
                                    textZh: string;
                                }[];
                                sample: boolean;
                                scoreMin: {
                                    /** @enum {number} */
                                    1: 0;
                                    2: number;
                                    3: number;
                                    4: number;
                                    5: number;
                                };
                                titleEn: string;
                                titleZh: string;
                                validityDays: number;
                            };
                            /** @enum {unknown} */
                            questionnaireId: "person" | "organisation";
                            version: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    questionnaireId: "person" | "organisation";
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        content: {
                            questions: {
                                answer: "single" | "multiple";
                                id: string;
                                options: {
                                    id: string;
                                    /** @enum {boolean} */
                                    isLowest?: true;
                                    levelMax?: number;
                                    score: number;
                                    term?: string;
                                    textEn: string;
                                    textZh: string;
                                    varieties?: string[];
                                }[];
                                textEn: string;
                                textZh: string;
                            }[];
                            sample: boolean;
                            scoreMin: {
                                /** @enum {number} */
                                1: 0;
                                2: number;
                                3: number;
                                4: number;
                                5: number;
                            };
                            titleEn: string;
                            titleZh: string;
                            validityDays: number;
                        };
                        /**
                         * Format: date-time
                         * @description RFC 3339
                         */
                        effectiveAt: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            approvalId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/suitability/questionnaires/{questionnaireId}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    questionnaireId: "person" | "organisation";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            versions: {
                                /** questionnaire / 问卷内容 */
                                content: unknown;
                                /** in force from / 生效时间 */
                                effectiveAt: string;
                                /** in force now / 当前有效 */
                                isInForce: boolean;
                                /** recorded / 记录时间 */
                                recordedAt: string;
                                /** by whom / 记录人 */
                                recordedBy: string;
                                version: number;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/suitability/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            content: {
                                conversion: {
                                    organisation: {
                                        experienceYearsMin: number;
                                        financialAssetsMin: string;
                                        incomeMin?: string;
                                        netAssetsMin?: string;
                                    };
                                    person: {
                                        experienceYearsMin: number;
                                        financialAssetsMin: string;
                                        incomeMin?: string;
                                        netAssetsMin?: string;
                                    };
                                };
                                lowest: {
                                    riskLevels: number[];
                                };
                                match: {
                                    1: number[];
                                    2: number[];
                                    3: number[];
                                    4: number[];
                                    5: number[];
                                };
                                mismatch: {
                                    level: "warn" | "block";
                                    term: "warn" | "block";
                                    variety: "warn" | "block";
                                };
                                professional: {
                                    isMatched: boolean;
                                };
                                retest: {
                                    perDayMax: number;
                                    perWindowMax: number;
                                    windowDays: number;
                                };
                                sample: boolean;
                                termOrder: string[];
                                varieties: string[];
                                warning: {
                                    textEn: string;
                                    textVersion: string;
                                    textZh: string;
                                    validMinutes: number;
                                };
                            };
                            version: number;
                        };
                    };
                };
            };
        };
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        content: {
                            conversion: {
                                organisation: {
                                    experienceYearsMin: number;
                                    financialAssetsMin: string;
                                    incomeMin?: string;
                                    netAssetsMin?: string;
                                };
                                person: {
                                    experienceYearsMin: number;
                                    financialAssetsMin: string;
                                    incomeMin?: string;
                                    netAssetsMin?: string;
                                };
                            };
                            lowest: {
                                riskLevels: number[];
                            };
                            match: {
                                1: number[];
                                2: number[];
                                3: number[];
                                4: number[];
                                5: number[];
                            };
                            mismatch: {
                                level: "warn" | "block";
                                term: "warn" | "block";
                                variety: "warn" | "block";
                            };
                            professional: {
                                isMatched: boolean;
                            };
                            retest: {
                                perDayMax: number;
                                perWindowMax: number;
                                windowDays: number;
                            };
                            sample: boolean;
                            termOrder: string[];
                            varieties: string[];
                            warning: {
                                textEn: string;
                                textVersion: string;
                                textZh: string;
                                validMinutes: number;
                            };
                        };
                        /**
                         * Format: date-time
                         * @description RFC 3339
                         */
                        effectiveAt: string;
                    };
                };
            };
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            approvalId: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/suitability/rules/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            versions: {
                                /** rules / 规则内容 */
                                content: unknown;
                                /** in force from / 生效时间 */
                                effectiveAt: string;
                                /** in force now / 当前有效 */
                                isInForce: boolean;
                                /** recorded / 记录时间 */
                                recordedAt: string;
                                /** by whom / 记录人 */
                                recordedBy: string;
                                version: number;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/todo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request was refused / 请求被拒绝 */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request was refused / 请求被拒绝 */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** how many / 数量 */
                                count: number;
                                /** what / 事项 */
                                id: string;
                                /** what is shown / 筛选条件 */
                                query: {
                                    [key: string]: string;
                                };
                                /** where it is done / 办理页面 */
                                room: string;
                                /** title / 名称 */
                                title: string;
                                /** title in Chinese / 中文名称 */
                                titleZh: string;
                                /**
                                 * how much it presses / 紧急程度
                                 * @enum {unknown}
                                 */
                                weight: "info" | "warn" | "urgent";
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Problem details (RFC 9457); codes are stable, texts are not */
        Problem: {
            /** @enum {string} */
            code: "ACCOUNT_CURSOR_INVALID" | "ACCOUNT_HOLDER_NOT_ACTIVE" | "ACCOUNT_TRANSITION_REFUSED" | "ACTIVATION_REFUSED" | "ADDRESS_NOT_ALLOWED" | "APPROVAL_DECIDED" | "APPROVAL_EXPIRED" | "APPROVAL_NOT_FOUND" | "APPROVAL_NOT_STAFF" | "APPROVAL_OWN_REQUEST" | "APPROVAL_PAYLOAD_CHANGED" | "APPROVAL_ROLE_MISSING" | "ASSESSMENT_REFUSED" | "ASSET_ACCOUNT_EXISTS" | "ASSET_ACCOUNT_NOT_ACTIVE" | "ASSET_ACCOUNT_NOT_EMPTY" | "ASSET_ACCOUNT_NOT_FOUND" | "BALANCE_LIMIT_EXCEEDED" | "BODY_TOO_LARGE" | "BOOTSTRAP_REFUSED" | "BREAK_CURSOR_INVALID" | "CALENDAR_MOVED_ON" | "CALENDAR_OUT_OF_RANGE" | "CANCEL_AFTER_CUT_OFF" | "CASH_INSUFFICIENT" | "CLOCK_DIFFERS" | "CODE_REFUSED" | "CONVERSION_REFUSED" | "CROSS_SITE_REFUSED" | "CUSTOMER_BRANCH_OTHER" | "CUSTOMER_CHANGED" | "CUSTOMER_CURSOR_INVALID" | "CUSTOMER_EXISTS" | "CUSTOMER_NOT_FOUND" | "CUSTOMER_NOT_OPEN" | "CUSTOMER_REFUSED" | "CUSTOMER_REVIEW_OWN" | "CUSTOMER_STATE_REFUSED" | "DATABASE_CERTIFICATE_REFUSED" | "DATABASE_CONFLICT" | "DATABASE_FULL" | "DATABASE_NEWER" | "DATABASE_RESTORED" | "DATABASE_ROLE_CANNOT_MIGRATE" | "DATABASE_ROLE_OWNS" | "DATABASE_UNAVAILABLE" | "DATA_DIRECTORY_LOCKED" | "DAY_ALREADY_CLOSED" | "DAY_ALREADY_PASSED" | "DAY_BEING_RUN" | "DAY_BLOCKED" | "DAY_CURSOR_INVALID" | "DAY_NOT_ACCEPTED" | "DAY_NOT_BEGUN" | "DAY_NOT_FOUND" | "DAY_NOT_NEXT" | "DAY_NOT_RUNNING" | "DAY_STEPS_UNDONE" | "DISK_SPACE_LOW" | "DOCUMENT_CURSOR_INVALID" | "DOCUMENT_EXPIRED" | "DOCUMENT_LIMIT_REACHED" | "DOCUMENT_NOT_READY" | "DOCUMENT_RETENTION_TOO_SOON" | "DOCUMENT_RUN_EMPTY" | "DOCUMENT_RUN_NOT_FOUND" | "DOCUMENT_RUN_TOO_LARGE" | "DRAINING" | "ENTRY_ALREADY_REVERSED" | "ENTRY_EXISTS" | "ENTRY_NOT_FOUND" | "ENTRY_NOT_REVERSIBLE" | "EXCEPTION_CURSOR_INVALID" | "EXCEPTION_NEEDS_ACCEPTANCE" | "EXCEPTION_NOT_FOUND" | "EXCEPTION_NOT_IN_NUMBERS" | "EXCEPTION_NOT_RETRIABLE" | "EXCEPTION_RESOLVED" | "EXCEPTION_STILL_WAITING" | "FILE_NOT_FOUND" | "FILE_NOT_READABLE" | "FIRM_WIDE_ONLY" | "FORBIDDEN" | "FUND_ACCOUNT_REFUSED" | "HEADERS_TOO_LARGE" | "HOLD_EXISTS" | "HOLD_NOT_OPEN" | "IDEMPOTENCY_KEY_MISSING" | "IDEMPOTENCY_MISMATCH" | "INTERNAL" | "INVESTOR_EXISTS" | "INVESTOR_NOT_INVITED" | "LEDGER_ACCOUNT_NOT_FOUND" | "LOGIN_REFUSED" | "MALFORMED_JSON" | "MASTER_KEY_DIFFERS" | "MASTER_KEY_MISSING" | "MASTER_KEY_SHORT" | "MEDIA_TYPE_UNSUPPORTED" | "METHOD_NOT_ALLOWED" | "MIGRATION_CHANGED" | "MOVEMENT_EXISTS" | "NOTE_NOT_FOUND" | "NOTHING_TO_ACCEPT" | "NOT_A_TRADING_DAY" | "NOT_FOUND" | "NOT_READY" | "NO_DAY_OPEN" | "NUMBER_OUT_OF_RANGE" | "OPENING_DRAFTS_FULL" | "OPENING_DRAFT_CHANGED" | "OPENING_DRAFT_NOT_FOUND" | "ORDER_NOT_CANCELLABLE" | "ORDER_NOT_FOUND" | "ORDER_REFUSED" | "ORDER_WITHOUT_SUITABILITY" | "OVERLOADED" | "PACKAGE_MISSING" | "PARTNER_KEY_NOT_FOUND" | "PARTNER_KEY_UNSIGNED" | "PASSWORD_SAME" | "PASSWORD_WEAK" | "PERIOD_INVALID" | "PORT_TAKEN" | "PRODUCT_CHANGE_EMPTY" | "PRODUCT_CHANGE_OUTDATED" | "PRODUCT_CHANGE_REFUSED" | "PRODUCT_FEE_SCHEDULE_MISSING" | "PRODUCT_IMPORT_REFUSED" | "PRODUCT_INPUT_INVALID" | "PRODUCT_NAV_MISSING" | "PRODUCT_NOT_FOUND" | "PRODUCT_NOT_RATED" | "PRODUCT_NO_TERMS" | "QUESTIONNAIRE_NOT_FOUND" | "READING_TOO_LONG" | "REFUSAL_CODE_TWICE" | "REQUEST_INVALID" | "REQUEST_MALFORMED" | "REQUEST_TIMEOUT" | "RULES_NOT_FOUND" | "RULES_REFUSED" | "RULES_TOO_SOON" | "SECRET_UNREADABLE" | "SESSION_INCOMPLETE" | "SESSION_NOT_FOUND" | "SETTLEMENT_EXISTS" | "SIGNATURE_REFUSED" | "SIGNATURE_REPLAYED" | "SIGNATURE_REQUIRED" | "STAFF_LAST_ADMINISTRATOR" | "STAFF_NAME_TAKEN" | "STAFF_NOT_FOUND" | "STAFF_ONE_HAND" | "STAFF_OWN_ACCOUNT" | "STAFF_ROLES_CONFLICT" | "STEP_UP_REQUIRED" | "STORAGE_UNAVAILABLE" | "STORED_FILE_DAMAGED" | "TEXT_NOT_STORABLE" | "TOO_MANY_REQUESTS" | "TOO_MANY_STREAMS" | "TRADING_ACCOUNT_EXISTS" | "TRADING_ACCOUNT_NOT_EMPTY" | "TRADING_ACCOUNT_NOT_FOUND" | "TRANSFER_AMOUNT_INVALID" | "TRANSFER_KEY_REUSED" | "TRANSFER_NO_REUSED" | "UNAUTHENTICATED" | "UNITS_INSUFFICIENT" | "URI_TOO_LONG" | "VALUE_REFUSED" | "WARNING_CURSOR_INVALID" | "WARNING_LAPSED" | "WARNING_NOT_ISSUED" | "WARNING_UNKNOWN";
            detail: string;
            details?: {
                [key: string]: unknown;
            };
            detailZh: string;
            errors?: {
                message: string;
                messageZh: string;
                path: string;
            }[];
            reasons?: {
                code: string;
                details: {
                    [key: string]: unknown;
                };
                message: string;
                messageZh: string;
                remedy?: string;
                remedyZh?: string;
                severity: string;
            }[];
            status: number;
            title: string;
            traceId: string;
            type: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
