//! The table `[checks]` of taiyaku.toml: which checks are on and how severe, for the project and for single articles.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::check::{Check, Settings, Severities, Severity};

/// The table in the table `[checks]` that holds one table an article.
const ARTICLE: &str = "article";

/// What is wrong, and at which bytes of the text.
type Problem = (Range<usize>, String);

/// A key with its value.
type Entry<'v, 't> = (&'v Spanned<DeString<'t>>, &'v Spanned<DeValue<'t>>);

/// Reads the table `[checks]` in the text of a taiyaku.toml, which is known to be TOML; the defaults where there is none.
///
/// Fails on unknown checks and severities.
pub(super) fn read(text: &str) -> Result<Settings, Problem> {
    let mut settings = Settings::default();
    let Ok(root) = DeTable::parse(text) else { return Ok(settings) };
    let Some((_, checks)) = root.get_ref().iter().find(|(key, _)| key.get_ref() == "checks") else {
        return Ok(settings);
    };
    let form = "Write the table [checks] with lines such as empty-side = \"error\"";
    for (key, value) in table(checks, "checks", form)? {
        if key.get_ref() != ARTICLE {
            set(&mut settings.severity, key, value)?;
            continue;
        }
        let form = "Write tables such as [checks.article.\"2024-05-13-some-article\"]";
        for (name, value) in table(value, "checks.article", form)? {
            let severities = settings.by_document.entry(name.get_ref().to_string()).or_default();
            for (key, value) in table(value, &format!("checks.article.{:?}", name.get_ref()), form)? {
                set(severities, key, value)?;
            }
        }
    }
    Ok(settings)
}

/// The entries of a table in the order of the text.
fn table<'v, 't>(value: &'v Spanned<DeValue<'t>>, name: &str, form: &str) -> Result<Vec<Entry<'v, 't>>, Problem> {
    let DeValue::Table(table) = value.get_ref() else {
        return Err((value.span(), format!("{name} is no table. {form}")));
    };
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    Ok(entries)
}

fn set(severities: &mut Severities, key: &Spanned<DeString<'_>>, value: &Spanned<DeValue<'_>>) -> Result<(), Problem> {
    let check = Check::named(key.get_ref()).map_err(|e| (key.span(), format!("[checks]: {e}")))?;
    let severity = match value.get_ref() {
        DeValue::String(word) if word == "off" => Some(None),
        DeValue::Boolean(false) => Some(None),
        DeValue::String(word) => word.parse::<Severity>().ok().map(Some),
        _ => None,
    };
    let severity = severity.ok_or_else(|| {
        (value.span(), format!("[checks]: {} is error, warning, note or off. Write {0} = \"warning\"", check.name))
    })?;
    severities.insert(check.name.to_owned(), severity);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::check::Severity;
    use crate::project::Config;

    fn read(text: &str) -> Result<crate::check::Settings, String> {
        let config = Config::parse(text, Path::new("."), Path::new("taiyaku.toml"));
        config.map(|config| config.checks).map_err(|e| e.to_string())
    }

    #[test]
    fn severities_are_set_for_the_project_and_for_single_articles() {
        let settings = read(
            "source = \"ja\"\n[checks]\nempty-side = \"error\"\n[checks.article.\"2024-05-13-a\"]\nempty-side = \"off\"\n",
        )
        .unwrap();
        assert_eq!(settings.severity["empty-side"], Some(Severity::Error));
        assert_eq!(settings.by_document["2024-05-13-a"]["empty-side"], None);
        assert_eq!(read("checks.empty-side = false").unwrap().severity["empty-side"], None);
    }

    #[test]
    fn unknown_checks_and_severities_are_errors_with_their_line() {
        let assert_refused = |text: &str, message: &str| {
            let error = read(text).unwrap_err();
            assert!(error.contains(message), "{error}");
        };
        assert_refused(
            "[checks]\n\nempty-sides = \"off\"",
            "taiyaku.toml, line 3: [checks]: there is no check empty-sides. ",
        );
        assert_refused("[checks.article.a]\nempty-sides = \"off\"", "line 2: [checks]: there is no check");
        assert_refused(
            "[checks]\nempty-side = \"fatal\"",
            "line 2: [checks]: empty-side is error, warning, note or off",
        );
        assert_refused("[checks]\nempty-side = true", "line 2: ");
        assert_refused("checks = \"off\"", "line 1: checks is no table. Write the table [checks]");
        assert_refused("[checks]\narticle = 1", "line 2: checks.article is no table");
        assert_refused("[check]\n", "there is no setting check. Was checks meant?");
    }
}
