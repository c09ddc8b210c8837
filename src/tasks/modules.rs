//! The modules that Zoho CRM has before anything is added, under the names that its tasks take. An organisation may have
//! others, so these are for proposing, never for refusing.

/// API names of the standard modules of Zoho CRM.
pub const CRM_MODULES: &[&str] = &[
    "Accounts",
    "Activities",
    "Attachments",
    "Calls",
    "Campaigns",
    "Cases",
    "Contacts",
    "Deals",
    "Events",
    "Invoices",
    "Leads",
    "Notes",
    "Price_Books",
    "Products",
    "Purchase_Orders",
    "Quotes",
    "Sales_Orders",
    "Solutions",
    "Tasks",
    "Vendors",
];
