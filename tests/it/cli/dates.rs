//! The script's clock, its time zone and its date format: options before `sluice.toml`.

use super::harness::Desk;

const NOW: &str = "info now; info today; info zoho.currentdate.toString(\"E z\");";

#[test]
fn the_clock_of_a_script_can_stand_still() {
    let desk = Desk::new();
    let at = ["--now", "2026-01-31T23:30:00Z", "--timezone"];
    let done = desk.run(NOW, &[&at[..], &["UTC"]].concat());
    done.expect(0).prints("31-Jan-2026 23:30:00\n31-Jan-2026\nSat UTC\n");
    let done = desk.run(NOW, &[&at[..], &["Asia/Kolkata", "--date-format", "yyyy/MM/dd"]].concat());
    done.expect(0).prints("2026/02/01 05:00:00\n2026/02/01\nSun IST\n");
    let done = desk.run("info now;", &["--now", "2026-01-31 09:00:00", "--timezone", "GMT-8"]);
    done.expect(0).prints("31-Jan-2026 09:00:00\n");
}

#[test]
fn a_project_chooses_zone_and_format_and_options_count_before_it() {
    let desk = Desk::project("timezone = \"America/New_York\"\ndate_format = \"MM/dd/yyyy\"\n");
    let script = "info '02/04/2020'; info '02/04/2020'.toLong();";
    desk.run(script, &[]).expect(0).prints("02/04/2020\n1580792400000\n");
    let other = ["--timezone", "UTC", "--date-format", "dd/MM/yyyy"];
    desk.run(script, &other).expect(0).prints("02/04/2020\n1585785600000\n");
}

#[test]
fn a_zone_format_or_time_that_means_nothing_is_refused() {
    let desk = Desk::new();
    desk.run("info 1;", &["--timezone", "Asia/Kolkatta"])
        .complains(1, &["cli::time-zone", "did you mean `Asia/Kolkata`?"]);
    desk.run("info 1;", &["--date-format", "dd-MMM"]).complains(1, &["cli::date-format", "dd-MMM-yyyy"]);
    desk.run("info 1;", &["--date-format", "yyyy-MM-dd HH:mm"]).complains(1, &["cli::date-format"]);
    desk.run("info 1;", &["--now", "soon"]).complains(1, &["cli::now", "2026-01-31T09:00:00Z"]);
    let desk = Desk::project("timezone = \"Europe/Pariss\"\n");
    desk.run("info 1;", &[]).complains(1, &["project::invalid-file", "did you mean \"Europe/Paris\"?"]);
    let desk = Desk::project("date_format = \"DD.MM\"\n");
    desk.run("info 1;", &[]).complains(1, &["project::invalid-file", "dd-MMM-yyyy"]);
}

#[test]
fn in_creator_a_date_compares_by_its_day() {
    let desk = Desk::new();
    let script = "info '01-Jan-2020' == '01-Jan-2020 10:15:00';";
    desk.run(script, &[]).expect(0).prints("false\n");
    desk.run(script, &["--dialect", "creator"]).expect(0).prints("true\n");
}

#[test]
fn a_date_parameter_takes_a_text_that_names_one() {
    let desk = Desk::new();
    let script = "int days(date a, date b) { return ((b - a) / 86400000).toLong(); }";
    let given = ["--arg", "a=2026-01-01", "--arg", "b=31-Jan-2026"];
    desk.run(script, &given).expect(0).prints("30\n");
    desk.run(script, &["--arg", "a=2026-01-01", "--arg", "b=soon"]).complains(1, &["cli::argument", "b=2026-01-31"]);
    desk.run("string f(date d) { return d.getYear(); } info f(\"05/01/2024\"); f(5);", &[])
        .complains(3, &["run::parameter-type"]);
}
