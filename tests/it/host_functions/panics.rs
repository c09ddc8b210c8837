//! A panic of the application ends the run that called, and nothing else.

use super::*;

fn engine() -> Engine {
    Engine::builder()
        .function(host::function("at_once", |number: i64| {
            assert!(number % 100 != 0, "number {number} is bad");
            number
        }))
        .function(host::asynchronous("later", |number: i64| async move {
            tokio::task::yield_now().await;
            assert!(number % 100 != 0, "number {number} is bad");
            number
        }))
        .function(host::asynchronous("begin", |number: i64| {
            assert!(number % 100 != 0, "number {number} is bad");
            std::future::ready(number)
        }))
        .function(host::function("odd", |_: i64| -> i64 { std::panic::panic_any(7) }))
        .threads(4)
        .build()
        .unwrap()
}

#[test]
fn a_panic_ends_one_run_of_a_thousand() {
    let engine = engine();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for function in ["at_once", "later", "begin"] {
        let text = format!("int f(int n) {{ try {{ return {function}(n); }} catch (e) {{ return -1; }} }}");
        let program = compile(&engine, &text);
        let run = |number: i64| engine.run(&program, Run::function("f").argument("n", number));
        let runs: Vec<_> = (0..1_000).map(run).collect();
        let mut panicked = 0;
        for (number, run) in (0i64..).zip(runs) {
            match runtime.block_on(run).result {
                Ok(data) => assert_eq!(data, Data::from(number)),
                Err(trouble) => {
                    assert_eq!(trouble.code, "run::host-panic");
                    let message =
                        format!("the function '{function}' of the application panicked: number {number} is bad");
                    assert_eq!(trouble.message, message);
                    assert_eq!(trouble.line, 1);
                    panicked += 1;
                }
            }
        }
        assert_eq!(panicked, 10, "{function}");
    }
}

#[test]
fn only_a_text_is_told_of_a_panic() {
    let (_, message, _) = trouble(&engine(), "odd(1);");
    assert_eq!(message, "the function 'odd' of the application panicked");
}
