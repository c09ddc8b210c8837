//! One lost character should cost one message, at its line or the next. Good scripts are damaged at each `;`, closing
//! bracket and quote in turn, and the messages are counted.

use super::error_lines;

/// In Zoho's layout: braces on lines of their own, bodies of functions not indented.
const SYNC: &str = r#"// Keeps a customer of the accounting service in step with a contact
map standalone.syncContact(String contactId, Map settings)
{
result = Map();
try
{
	contact = zoho.crm.getRecordById("Contacts",contactId.toLong());
	if(contact == null || contact.get("Email").isEmpty())
	{
		result.put("status","skipped");
		return result;
	}
	email = contact.get("Email");
	name = ifnull(contact.get("Full_Name"),"");
	/* the search is by e-mail, as names are
	   not unique */
	query = Map();
	query.put("email",email);
	query.put("page",1);
	found = invokeurl
	[
		url :settings.get("base") + "/contacts"
		type :GET
		parameters:query
		headers:{"Accept":"application/json","X-Page-Size":"50"}
		connection:"books"
		detailed:true
	];
	if(found.get("responseCode") != 200)
	{
		throw {"message":"search failed","data":{"code":found.get("responseCode")}};
	}
	customers = found.get("responseText").toMap().get("contacts");
	payload = {"contact_name":name,"email":email,"tags":{"sync","crm"},"custom":[1,2,3]};
	payload.put("phone",if(contact.get("Phone") != null,contact.get("Phone"),contact.get("Mobile")));
	people = List();
	for each person in ifnull(contact.get("People"),List())
	{
		entry = Map();
		entry.put("last_name",person.get("name").trim());
		entry.put("primary",person.get("email") == email);
		people.add(entry);
	}
	payload.put("contact_persons",people);
	data = Map();
	data.put("JSONString",payload.toString());
	if(customers != null && customers.size() > 0)
	{
		id = customers.get(0).get("contact_id");
		response = invokeurl
		[
			url :settings.get("base") + "/contacts/" + id
			type :PUT
			parameters:data
			connection:"books"
		];
		result.put("status","updated");
	}
	else if(settings.get("create") == true)
	{
		response = invokeurl
		[
			url :settings.get("base") + "/contacts"
			type :POST
			parameters:data
			connection:"books"
		];
		result.put("status","created");
	}
	else
	{
		info "not found: " + email;
		result.put("status","missing");
	}
	result.put("count",(people.size() + 1) * 2 - 1);
}
catch (e)
{
	info "sync failed: " + e.message + " (line " + e.lineNo + ")";
	sendmail
	[
		from :zoho.adminuserid
		to :"ops@example.com"
		subject :"Sync of " + contactId
		message :"It's failed: " + e
	]
	result.put("status","failed");
}
return result;
}
"#;

/// Without any indentation, statements at the top.
const FLAT: &str = r#"contact = zoho.bigin.getRecordById("Contacts",contactId,Map(),"bigin");
data = contact.get("data").get(0);
names = {"First_Name","Last_Name"};
for each  field in names
{
if(data.get(field) == null)
{
info "no " + field;
continue;
}
else
{
data.put(field,data.get(field).toString().trim());
}
}
reply = invokeurl
[
url :"https://example.com/v1/items/" + data.get("id")
type :PUT
parameters:data.toString()
connection:"link"
];
info reply;
if(reply.containsKey("error"))
{
info reply.get("error").get("message");
}
"#;

/// Blocks on one line, braces behind headers.
const COMPACT: &str = r#"string describe(map order, list:string tags) {
    if(isNull(order)) { return ""; }
    text = "Order " + order.get("id");
    total = 0;
    for each line in order.get("lines") {
        if(line.get("kind") == "gift") { continue; }
        total = total + line.get("price") * line.get("count");
    }
    if(total > 100.50 && !tags.contains("vip")) { text = text + "!"; } else { text = text + "."; }
    return text.replaceAll("\"","'") + total.toString();
}

for each index i in orders {
    try { info describe(orders.get(i), {"vip"}); } catch (e) { info e; }
}
"#;

/// What the damage of one script led to.
#[derive(Default)]
struct Tally {
    damaged: usize,
    at_most_one: usize,
    at_most_three: usize,
    near: usize,
    silent: usize,
}

#[test]
fn one_lost_character_is_one_error_nearby() {
    for script in [SYNC, FLAT, COMPACT] {
        assert_eq!(error_lines(script), Vec::<u32>::new());
    }
    let mut tally = Tally::default();
    for script in [SYNC, FLAT, COMPACT] {
        damage(script, &mut tally);
    }
    assert!(tally.damaged > 350, "{}", tally.damaged);
    let rate = |count: usize| count as f64 / tally.damaged as f64;
    assert!(rate(tally.at_most_one) >= 0.98, "one error: {}", rate(tally.at_most_one));
    assert_eq!(tally.at_most_three, tally.damaged);
    assert!(rate(tally.near) >= 0.98, "near: {}", rate(tally.near));
    // Only the `;` behind a bracket task may be lost without a word.
    assert_eq!(tally.silent, 4);
}

fn damage(script: &str, tally: &mut Tally) {
    for at in places(script) {
        let mut damaged = script.to_owned();
        damaged.remove(at);
        let line = script[..at].matches('\n').count() as u32 + 1;
        let lines = error_lines(&damaged);
        tally.damaged += 1;
        tally.at_most_one += usize::from(lines.len() <= 1);
        tally.at_most_three += usize::from(lines.len() <= 3);
        tally.silent += usize::from(lines.is_empty());
        let near = lines.is_empty() || lines.iter().any(|found| *found == line || *found == line + 1);
        tally.near += usize::from(near);
    }
}

/// Offsets of the `;`, closing brackets and quotes of a script, outside of comments and texts.
fn places(script: &str) -> Vec<usize> {
    let bytes = script.as_bytes();
    let (mut at, mut places) = (0, Vec::new());
    while at < bytes.len() {
        match bytes[at] {
            b'/' if bytes[at + 1] == b'/' => at += script[at..].find('\n').unwrap(),
            b'/' if bytes[at + 1] == b'*' => at += script[at..].find("*/").unwrap() + 1,
            quote @ (b'"' | b'\'') => {
                places.push(at);
                at += 1;
                while bytes[at] != quote {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                places.push(at);
            }
            b';' | b')' | b']' | b'}' => places.push(at),
            _ => {}
        }
        at += 1;
    }
    places
}

#[test]
fn what_stands_around_a_broken_statement_is_kept() {
    let script =
        "a = 1;\nb = 2 +;\nif(c == )\n{\n\td = f(;\n}\nelse\n{\n\te = 3;\n}\nvoid g(int h,)\n{\n\ti = 4;\n}\nj = 5;";
    let source = crate::source::Source::new("test", script);
    let arena = crate::syntax::Arena::new();
    let parsed = crate::syntax::parse(&source, crate::syntax::Dialect::Portable, &arena);
    assert_eq!(
        super::show::script(&parsed.script),
        "fn void g(int h) {i = 4}; a = 1; BROKEN; if BROKEN {d = f()} else {e = 3}; j = 5"
    );
}

#[test]
fn a_lost_quote_is_found_between_texts_of_several_lines() {
    let script = "a = \"one\ntwo\";\nb = \"three;\nc = \"four\nfive\";\nd = m.get(\"x\");\n";
    assert_eq!(error_lines(script), [3]);
}

#[test]
fn a_lost_quote_does_not_hide_other_errors() {
    let script = "a = 1 +;\nb = f(\"x);\nc = l[0];\nd = m.get(\"y\");\ne = 2 +;\n";
    assert_eq!(error_lines(script), [1, 2, 3, 5]);
}

#[test]
fn a_lost_brace_is_found_by_indentation() {
    let script = "for each a in b\n{\n\tif(a)\n\t{\n\t\tc();\n\n\td();\n}\ne();\n";
    assert_eq!(error_lines(script), [6]);
    let script = "void f()\n{\n\tif(a)\n\t{\n\t\tc();\n\t}\n\nvoid g()\n{\n}\n";
    assert_eq!(error_lines(script), [7]);
}
