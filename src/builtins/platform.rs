//! Functions that only mean something inside Zoho: they work on the forms, records and windows of an application. They are
//! known, so that a script that names one is told why it does not run here and what to do instead.

use super::support;
use crate::catalogue::{Absence, Builtin, Category, Gives, Parameter};
use crate::value::Kinds;

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Creator, services: CREATOR, ..support::ROW };

const CREATOR: &[&str] = &["Zoho Creator"];

const FIELD: Parameter = Parameter::required("field", Kinds::ANY);
const CHOICES: Parameter = Parameter::required("choices", Kinds::ANY);
pub(super) static TABLE: &[Builtin] = &[
    aggregate(
        "avg",
        "data-access/aggregate-records/average",
        &["mean"],
        "Gives the average of a field over the records that meet criteria.",
        AVERAGE,
    ),
    Builtin {
        parameters: &[Parameter::optional("field", Kinds::ANY)],
        ..aggregate("count", "data-access/aggregate-records/count", &[], "Gives how many records meet criteria.", COUNT)
    },
    aggregate(
        "distinct",
        "data-access/aggregate-records/distinct",
        &[],
        "Gives the different values of a field of the records that meet criteria.",
        DISTINCT,
    ),
    aggregate(
        "maximum",
        "data-access/aggregate-records/maximum",
        &[],
        "Gives the largest value of a field of the records that meet criteria.",
        MAXIMUM,
    ),
    aggregate(
        "median",
        "data-access/aggregate-records/median",
        &[],
        "Gives the median of a field over the records that meet criteria.",
        MEDIAN,
    ),
    aggregate(
        "minimum",
        "data-access/aggregate-records/minimum",
        &[],
        "Gives the smallest value of a field of the records that meet criteria.",
        MINIMUM,
    ),
    aggregate(
        "sum",
        "data-access/aggregate-records/sum",
        &[],
        "Gives the sum of a field over the records that meet criteria.",
        SUM,
    ),
    Builtin {
        name: "getAll",
        page: "data-access/fetch-records/fetch-all-field-values",
        about: "Gives the values of one field of all records that meet criteria.",
        absent: Some(records(&["Form[criteria].field.getAll()"], READ)),
        ..ROW
    },
    Builtin {
        name: "getFieldNames",
        page: "miscellaneous/getfieldnames",
        about: "Gives the link names of the fields of a form.",
        absent: Some(records(&["records.getFieldNames()", "getFieldNames()"], FIELDS)),
        see: &["keys"],
        ..ROW
    },
    Builtin {
        name: "getFieldValue",
        page: "miscellaneous/getfieldvalue",
        parameters: &[Parameter::required("fieldLinkName", Kinds::TEXT)],
        about: "Gives the value of the field with a link name.",
        absent: Some(records(&["record.getFieldValue(fieldLinkName)", "getFieldValue(fieldLinkName)"], VALUE)),
        see: &["get"],
        ..ROW
    },
    client(
        "ui.add",
        "client-functions/add-append",
        &[CHOICES],
        "Replaces the choices of a field.",
        &["field:ui.add(choices);"],
    ),
    client(
        "ui.append",
        "client-functions/add-append",
        &[CHOICES],
        "Adds choices to those of a field.",
        &["field:ui.append(choices);"],
    ),
    client(
        "select",
        "client-functions/select-deselect",
        &[CHOICES],
        "Selects choices of a field.",
        &["field.select(choices);"],
    ),
    client(
        "deselect",
        "client-functions/select-deselect",
        &[CHOICES],
        "Takes back the selection of choices.",
        &["field.deselect(choices);"],
    ),
    client(
        "selectAll",
        "client-functions/selectall-deselectall",
        &[],
        "Selects every choice of a field.",
        &["field.selectAll();"],
    ),
    client(
        "deselectAll",
        "client-functions/selectall-deselectall",
        &[],
        "Takes back every selection of a field.",
        &["field.deselectAll();"],
    ),
    client("clear", "client-functions/clear", &[FIELD], "Empties a field of the form.", &["clear field;"]),
    client(
        "enable",
        "client-functions/enable-disable",
        &[FIELD],
        "Lets the user change a field of the form.",
        &["enable field;"],
    ),
    client(
        "disable",
        "client-functions/enable-disable",
        &[FIELD],
        "Keeps the user from changing a field of the form.",
        &["disable field;"],
    ),
    client("hide", "client-functions/hide-show", &[FIELD], "Hides a field of the form.", &["hide field;"]),
    client(
        "show",
        "client-functions/hide-show",
        &[FIELD],
        "Shows a field of the form that was hidden.",
        &["show field;"],
    ),
    client("focus", "client-functions/focus", &[FIELD], "Puts the cursor into a field of the form.", &["focus field;"]),
    Builtin {
        elsewhere: &["messagebox", "msgbox", "window.alert"],
        absent: Some(Absence {
            instead: "print the message with info, or end the script with throw",
            ..browser(&["alert message;", "alert(field, message);"])
        }),
        ..client(
            "alert",
            "client-functions/alert",
            &[Parameter::required("message", Kinds::ANY)],
            "Shows the user a message.",
            &[],
        )
    },
    client("reload", "client-functions/reload", &[], "Loads the form in the user's browser again.", &["reload;"]),
];

const AVERAGE: &[&str] = &["Form[criteria].avg(field)"];
const COUNT: &[&str] = &["Form[criteria].count([field])"];
const DISTINCT: &[&str] = &["Form[criteria].distinct(field)"];
const MAXIMUM: &[&str] = &["Form[criteria].maximum(field)"];
const MEDIAN: &[&str] = &["Form[criteria].median(field)"];
const MINIMUM: &[&str] = &["Form[criteria].minimum(field)"];
const SUM: &[&str] = &["Form[criteria].sum(field)"];

const READ: &str = "read the records with invokeurl and a connection to Creator's REST API, and walk the list";
const FIELDS: &str = "read a record with invokeurl and a connection to Creator's REST API; its keys are the link names";
const VALUE: &str = "read it from a map: record.get(\"Field_Name\")";

const fn aggregate(
    name: &'static str,
    page: &'static str,
    elsewhere: &'static [&'static str],
    about: &'static str,
    written: &'static [&'static str],
) -> Builtin {
    Builtin {
        name,
        elsewhere,
        page,
        parameters: &[FIELD],
        about,
        absent: Some(records(
            written,
            "read the records with invokeurl and a connection to Creator's REST API, and compute over the list",
        )),
        see: &["average", "largest", "smallest", "size"],
        ..ROW
    }
}

const fn client(
    name: &'static str,
    page: &'static str,
    parameters: &'static [Parameter],
    about: &'static str,
    written: &'static [&'static str],
) -> Builtin {
    Builtin { name, page, parameters, gives: Gives::Nothing, about, absent: Some(browser(written)), ..ROW }
}

const fn records(written: &'static [&'static str], instead: &'static str) -> Absence {
    Absence {
        why: "it works on the records of a form of Creator, and no store of records comes with Sluice",
        instead,
        written,
    }
}

const fn browser(written: &'static [&'static str]) -> Absence {
    Absence {
        why: "it changes the form that a user has open in the browser",
        instead: "give the values back to the program that runs the script, with info or return",
        written,
    }
}
