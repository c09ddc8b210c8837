//! Why a task does not run here. The reason belongs to the service, so the rows of the table only say that they do not.

use crate::catalogue::Absence;

/// The reason for the tasks of a group.
pub(super) fn of(group: &str) -> Absence {
    match group {
        "ai" => Absence::new(
            "it runs on Zoho's own AI servers, which only Zoho's services can reach",
            "call the REST API of an AI service with invokeurl and a connection",
        ),
        "map" => Absence::new(
            "it asks Zoho's map service, which only Zoho's services can reach",
            "call the REST API of a geocoding service with invokeurl and a connection",
        ),
        "push" => Absence::new(
            "it reaches the mobile app of Zoho Creator through Zoho's servers",
            "call the REST API of Zoho Cliq or of a push service with invokeurl and a connection",
        ),
        "browser" => Absence::new(
            "there is no browser of a user to open a window in",
            "print the address with info, or return it to the program that runs the script",
        ),
        "twilio" | "clickatell" | "hoiio" | "smsmagic" | "clockworksms" | "sms" => Absence::new(
            "it goes through Zoho's account with the gateway",
            "call the gateway's own REST API with invokeurl and a connection",
        ),
        "salesiq" => Absence::new(
            "the visitor's session lives in Zoho SalesIQ while a visitor is there",
            "call the REST API of Zoho SalesIQ with invokeurl and a connection",
        ),
        _ => Absence::new(
            "Sluice does not perform the tasks of this service yet",
            "call the service's REST API with invokeurl and a connection",
        ),
    }
}
