//! Exports of Creator applications.

use crate::syntax::read_export;

const EXPORT: &str = r#"/*
 * Generated on : 23-Jan-2026
 */
application "Orders ()"
{
	date format = "dd-MM-yyyy"
	forms
	{
		form Order
		{
			displayname = "Order {1} ("
			height = 150px
			Title
			(
				type = text
				row = 1
			)
		}
	}
	functions
	{
		Deluge
		{
			void Tax.add(Order order)
			{
				info "}";
			}
			int one()
			{
				return 1;
			}
		}
	}
	workflow
	{
	form
	{
		Check_Order as "Check the order"
		{
			type = form
			form = Order
			record event = on add or edit

			on validate
			{
				actions
				{
					custom deluge script
					(
						if(input.Total > (1))
						{
							alert ")";
						}
					)
				}
			}
			on user input of Email
			{
				actions
				{
					custom deluge script
					(
						info 2;
					)
				}
			}
		}
		Show_it as "Show it"
		{
			type = functions
			form = Order
			on start
			{
				actions
				{
					thisapp.Tax.add(ID);
				}
			}
		}
	}
	}
}
"#;

#[test]
fn functions_and_scripts_are_found() {
    let application = read_export(EXPORT).unwrap();
    assert_eq!(application.name, "Orders ()");
    let functions = &EXPORT[application.functions.unwrap().range()];
    assert!(functions.trim().starts_with("void Tax.add") && functions.trim().ends_with('}'), "{functions}");
    let found: Vec<_> = application
        .scripts
        .iter()
        .map(|script| {
            let text = EXPORT[script.span.range()].split_whitespace().collect::<String>();
            (script.workflow.as_str(), script.title.as_str(), script.form.as_deref(), script.event.as_str(), text)
        })
        .collect();
    let form = Some("Order");
    assert_eq!(
        found,
        [
            ("Check_Order", "Check the order", form, "on validate", "if(input.Total>(1)){alert\")\";}".to_owned()),
            ("Check_Order", "Check the order", form, "on user input of Email", "info2;".to_owned()),
            ("Show_it", "Show it", form, "on start", "thisapp.Tax.add(ID);".to_owned()),
        ]
    );
}

#[test]
fn other_texts_are_no_export() {
    for text in ["", "application", "info 1;", "application = \"x\";", "application(\"x\");"] {
        assert_eq!(read_export(text), None, "{text}");
    }
}

#[test]
fn a_damaged_export_gives_what_can_be_read() {
    for end in 0..EXPORT.len() {
        if EXPORT.is_char_boundary(end) {
            let _ = read_export(&EXPORT[..end]);
        }
    }
    assert!(read_export("application \"x\" } } ( ) { {").is_some());
}
