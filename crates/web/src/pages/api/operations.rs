//! The table of operations: from it come the document, the page that shows it, and the examples of the command line.

/// One operation.
pub(super) struct Operation {
    /// The address below the server's root, with its parameters in braces.
    pub path: &'static str,
    /// Name in the document; its sentence is `api-op-<id>`.
    pub id: &'static str,
    /// Names of its parameters; the sentence of each is `api-param-<name>`.
    pub parameters: &'static [&'static str],
    /// The component that describes what is sent; empty for those that read.
    pub body: &'static str,
    /// The component that describes the answer.
    pub answer: &'static str,
    /// Whether a list can be had as CSV and lines of JSON too.
    pub formats: Formats,
    /// Who may ask.
    pub readers: Readers,
    /// An example of the query.
    pub example: &'static str,
}

/// How an answer can be had.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Formats {
    /// JSON only.
    Json,
    /// JSON page by page, or the list as CSV or lines of JSON.
    List,
}

/// Who may ask an operation; a test compares it with the table of routes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Readers {
    /// Everybody, where the site is open for reading.
    All,
    /// Whoever has a role; what in particular is decided by what is asked.
    Inside,
}

impl Operation {
    /// Its method, as a document names it.
    pub const fn verb(&self) -> &'static str {
        if self.body.is_empty() { "get" } else { "post" }
    }
}

const WHEN: [&str; 3] = ["lang", "on", "as_of"];
const ONE: &[&str] = &["kind", "id", "lang", "as_of"];

/// All operations, in the order in which a newcomer needs them.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        path: "/api/v1/head",
        id: "head",
        parameters: &["lang"],
        body: "",
        answer: "Head",
        formats: Formats::Json,
        readers: Readers::All,
        example: "",
    },
    Operation {
        path: "/api/v1/kinds",
        id: "kinds",
        parameters: &["lang", "as_of"],
        body: "",
        answer: "Kinds",
        formats: Formats::Json,
        readers: Readers::All,
        example: "",
    },
    Operation {
        path: "/api/v1/records/{kind}",
        id: "records",
        parameters: &[
            "kind", "fields", "filter", "sort", "limit", "cursor", "count", "format", WHEN[0], WHEN[1], WHEN[2],
        ],
        body: "",
        answer: "Records",
        formats: Formats::List,
        readers: Readers::All,
        example: "fields=id,title&sort=id&limit=20",
    },
    Operation {
        path: "/api/v1/records/{kind}/{id}",
        id: "record",
        parameters: ONE,
        body: "",
        answer: "Record",
        formats: Formats::Json,
        readers: Readers::All,
        example: "",
    },
    Operation {
        path: "/api/v1/records/{kind}/{id}/history",
        id: "record-history",
        parameters: ONE,
        body: "",
        answer: "History",
        formats: Formats::Json,
        readers: Readers::Inside,
        example: "",
    },
    Operation {
        path: "/api/v1/figures",
        id: "figures",
        parameters: &[
            "plan",
            "indicator",
            "place",
            "period",
            "scope",
            "limit",
            "cursor",
            "format",
            WHEN[0],
            WHEN[1],
            WHEN[2],
        ],
        body: "",
        answer: "Figures",
        formats: Formats::List,
        readers: Readers::All,
        example: "plan={plan}&limit=20",
    },
    Operation {
        path: "/api/v1/figures/{key}",
        id: "figure",
        parameters: &["key", "lang", "as_of"],
        body: "",
        answer: "FigureExplained",
        formats: Formats::Json,
        readers: Readers::All,
        example: "",
    },
    Operation {
        path: "/api/v1/status",
        id: "status",
        parameters: &["plan", WHEN[0], WHEN[1], WHEN[2]],
        body: "",
        answer: "Status",
        formats: Formats::Json,
        readers: Readers::All,
        example: "plan={plan}",
    },
    Operation {
        path: "/api/v1/tracking/{plan}",
        id: "tracking",
        parameters: &["plan-id", WHEN[0], WHEN[1], WHEN[2]],
        body: "",
        answer: "Tracking",
        formats: Formats::Json,
        readers: Readers::All,
        example: "",
    },
    Operation {
        path: "/api/v1/check",
        id: "check",
        parameters: &["plan", WHEN[0], WHEN[1], WHEN[2]],
        body: "",
        answer: "Check",
        formats: Formats::Json,
        readers: Readers::Inside,
        example: "plan={plan}",
    },
    Operation {
        path: "/api/v1/duties",
        id: "duties",
        parameters: &["plan", "state", "limit", "cursor", "format", WHEN[0], WHEN[1], WHEN[2]],
        body: "",
        answer: "Duties",
        formats: Formats::List,
        readers: Readers::All,
        example: "state=overdue",
    },
    Operation {
        path: "/api/v1/changes",
        id: "changes",
        parameters: &["limit", "cursor", "format", "lang", "as_of"],
        body: "",
        answer: "Changes",
        formats: Formats::List,
        readers: Readers::Inside,
        example: "limit=20",
    },
    Operation {
        path: "/api/v1/changes/{number}",
        id: "change",
        parameters: &["number", "limit", "cursor", "format", "lang"],
        body: "",
        answer: "Change",
        formats: Formats::List,
        readers: Readers::Inside,
        example: "limit=100",
    },
    Operation {
        path: "/api/v1/changes",
        id: "send",
        parameters: &["dry_run", "idempotency_key", "lang"],
        body: "Sent",
        answer: "Outcome",
        formats: Formats::Json,
        readers: Readers::Inside,
        example: "dry_run=true",
    },
    Operation {
        path: "/api/v1/proposals",
        id: "proposals",
        parameters: &["case", "limit", "cursor", "format", "lang", "as_of"],
        body: "",
        answer: "Proposals",
        formats: Formats::List,
        readers: Readers::Inside,
        example: "limit=20",
    },
    Operation {
        path: "/api/v1/proposals/{number}",
        id: "proposal",
        parameters: &["number", "lang"],
        body: "",
        answer: "Proposal",
        formats: Formats::Json,
        readers: Readers::Inside,
        example: "",
    },
    Operation {
        path: "/api/v1/audit",
        id: "audit",
        parameters: &["who", "deed", "of_kind", "record", "limit", "cursor", "format", "lang", "as_of"],
        body: "",
        answer: "Audit",
        formats: Formats::List,
        readers: Readers::Inside,
        example: "limit=20",
    },
    Operation {
        path: "/api/v1/openapi.json",
        id: "openapi",
        parameters: &["lang"],
        body: "",
        answer: "OpenApi",
        formats: Formats::Json,
        readers: Readers::All,
        example: "",
    },
];
