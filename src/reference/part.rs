//! The parts of the reference: the categories of functions, then the tasks by service, then the system variables.

use crate::catalogue::Category;

/// One part, which is one page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part {
    /// Its place among the parts.
    rank: (u8, usize),
    /// The word that names it in file names and options.
    pub slug: String,
    /// The heading.
    pub title: String,
}

/// The services of the integration tasks, in the order of the index: the group in the table, the slug, the heading.
const SERVICES: &[(&str, &str, &str)] = &[
    ("crm", "crm", "Zoho CRM"),
    ("bigin", "bigin", "Bigin"),
    ("books", "books", "Zoho Books"),
    ("invoice", "invoice", "Zoho Invoice"),
    ("inventory", "inventory", "Zoho Inventory"),
    ("billing", "billing", "Zoho Billing"),
    ("creator", "creator", "Zoho Creator"),
    ("desk", "desk", "Zoho Desk"),
    ("sdp", "service-desk-plus", "ServiceDesk Plus Cloud"),
    ("fsm", "fsm", "Zoho FSM"),
    ("projects", "projects", "Zoho Projects"),
    ("people", "people", "Zoho People"),
    ("recruit", "recruit", "Zoho Recruit"),
    ("bookings", "bookings", "Zoho Bookings"),
    ("calendar", "calendar", "Zoho Calendar"),
    ("mail", "mail", "Zoho Mail"),
    ("cliq", "cliq", "Zoho Cliq"),
    ("connect", "connect", "Zoho Connect"),
    ("salesiq", "salesiq", "Zoho SalesIQ"),
    ("sign", "sign", "Zoho Sign"),
    ("writer", "writer", "Zoho Writer"),
    ("sheet", "sheet", "Zoho Sheet"),
    ("workdrive", "workdrive", "Zoho WorkDrive"),
    ("notebook", "notebook", "Zoho Notebook"),
    ("analytics", "analytics", "Zoho Analytics"),
    ("ai", "ai", "AI"),
    ("map", "maps", "Maps"),
    ("push", "notifications", "Push notifications"),
    ("twilio", "sms", "Text messages"),
    ("clickatell", "sms", "Text messages"),
    ("hoiio", "sms", "Text messages"),
    ("smsmagic", "sms", "Text messages"),
    ("clockworksms", "sms", "Text messages"),
];

impl Part {
    pub(super) fn of_category(category: Category) -> Self {
        Self { rank: (0, category as usize), slug: category.slug().to_owned(), title: category.title().to_owned() }
    }

    /// The part of the tasks of a group. Those of every service, and Creator's statements, stand
    /// beside the functions that do the same.
    pub(super) fn of_group(group: &str) -> Self {
        match group {
            "web" => return Self::of_category(Category::Web),
            "creator forms" => return Self::of_category(Category::Creator),
            _ => {}
        }
        let known = SERVICES.iter().find(|(name, _, _)| *name == group);
        let (slug, title) = known.map_or((group, group), |(_, slug, title)| (*slug, *title));
        let place = SERVICES.iter().position(|(_, known, _)| *known == slug).unwrap_or(SERVICES.len());
        Self { rank: (1, place), slug: format!("tasks-{slug}"), title: format!("Tasks: {title}") }
    }

    /// The part of what the embedding application brings.
    pub(super) fn of_application() -> Self {
        Self { rank: (3, 0), slug: "application".to_owned(), title: "Functions of the application".to_owned() }
    }

    pub(super) fn of_variables() -> Self {
        Self { rank: (2, 0), slug: "system-variables".to_owned(), title: "System variables".to_owned() }
    }

    /// The name of its page.
    pub fn file_name(&self) -> String {
        format!("{}.md", self.slug)
    }

    /// Whether it holds functions, and not tasks or variables.
    pub fn holds_functions(&self) -> bool {
        self.rank.0 == 0
    }
}
