//! The export of a Creator application: checked as a whole, run by name, with the lines of the file.

use super::harness::Desk;

const EXPORT: &str = r#"application "Orders"
{
	functions
	{
		Deluge
		{
			float Tax.of(float amount)
			{
				return amount * 0.19;
			}
			int wrong(int a)
			{
				return a / 0;
			}
		}
	}
	workflow
	{
	form
	{
		Greet as "Greet the customer"
		{
			form = Order
			on load
			{
				actions
				{
					custom deluge script
					(
						info "Tax: " + thisapp.Tax.of(Total);
					)
				}
			}
		}
		Twice as "Twice"
		{
			form = Order
			on validate
			{
				actions
				{
					custom deluge script
					(
						info 1;
					)
				}
			}
			on success
			{
				actions
				{
					custom deluge script
					(
						info 2;
						info wrong(1);
					)
				}
			}
		}
	}
	}
}
"#;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("app.ds", EXPORT);
    desk.write("input.json", r#"{"Total": 100}"#);
    desk
}

#[test]
fn an_export_is_checked_as_a_whole() {
    let desk = desk();
    let done = desk.sluice(&["check", "app.ds"]).expect(0);
    assert_eq!(done.stdout, "1 file, 0 errors, 0 warnings\n");
    desk.write("bad.ds", EXPORT.replace("info 2;", "info 1.frob();"));
    desk.sluice(&["check", "bad.ds"]).complains(2, &["bad.ds:54:", "check::unknown-function"]);
    let json = desk.sluice(&["check", "--json", "bad.ds"]).expect(2).json();
    assert_eq!(json[0]["diagnostics"][0]["line"], 54, "{json}");
}

#[test]
fn a_function_or_a_workflow_is_run_by_its_name() {
    let desk = desk();
    let run = |name: &str, more: &[&str]| {
        let mut arguments = vec!["run", "app.ds", "--dialect", "creator", "--function", name];
        arguments.extend(more);
        desk.sluice(&arguments)
    };
    run("Tax.of", &["--arg", "amount=200"]).expect(0).prints("38\n");
    run("Greet", &["--input", "input.json"]).expect(0).prints("Tax: 19\n");
    run("Twice on validate", &[]).expect(0).prints("1\n");
    run("Twice on success", &[]).complains(3, &["run::divide-by-zero", "app.ds:13:", "wrong was called on line 55"]);
    run("Twic", &[]).complains(1, &["cli::no-function", "Twice on validate", "Tax.of"]);
    desk.sluice(&["run", "app.ds"]).complains(1, &["cli::which-function", "Greet", "wrong"]);
}
