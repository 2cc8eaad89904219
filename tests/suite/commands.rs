//! The command line, case by case: tests/cmd holds what is typed and what is to come out.

#[test]
fn commands_print_what_their_cases_say() {
    trycmd::TestCases::new().env("NO_COLOR", "1").case("tests/cmd/*.trycmd").case("tests/cmd/*.toml");
}
