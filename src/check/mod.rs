//! Checks: what is wrong or doubtful in translated text, found and placed.
//!
//! A [`Bitext`] holds pairs of lines from any source: an aligned article, a TMX, a table. A [`Check`] is one kind of
//! problem; each stands in a file of its own with its documentation, its logic and the tests that specify it. [`run`] gives
//! the [`Finding`]s of all checks that the [`Settings`] turn on, in the order of the text.
//!
//! | file | what it holds |
//! |---|---|
//! | `baseline` | the findings that are known already |
//! | `bitext` | the lines that are checked |
//! | `finding` | a problem with its places |
//! | `settings` | which checks are on, and how severe |
//! | `number/` | the numbers of a text by value |
//! | `names/` | the names of a bitext with their renderings, which the name checks share |
//! | the others | one check each |

// A test that meets what it does not expect should panic.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::string_slice))]

mod baseline;
mod bitext;
mod bracket_mismatch;
mod empty_side;
mod finding;
mod length_outlier;
mod low_confidence;
mod name_diacritics;
mod name_inconsistent;
mod name_missing;
mod name_spelling;
mod name_swapped;
mod names;
mod number;
mod number_mismatch;
mod repeated_source;
mod script_homoglyph;
mod settings;
#[cfg(test)]
mod specimen;
mod term_deprecated;
mod term_missing;
mod term_unexpected;
mod untranslated;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::glossary::Glossary;
use crate::lexicon::Lexicon;
use crate::token::Tokenizer;

pub use baseline::{Baseline, fingerprint};
pub use bitext::{Bitext, BitextLine};
pub use finding::{Applicability, Finding, Place, Severity, Side, Suggestion};
pub use names::{NameRendering, NameRow, name_table};
pub use settings::{ALL, Settings, Severities, ignored};

/// One kind of problem.
#[derive(Debug)]
pub struct Check {
    /// Its stable name, as settings and machine-readable findings have it: `name-swapped`.
    pub name: &'static str,
    /// How severe its findings are unless the settings say otherwise; `None` when it is off by default.
    pub severity: Option<Severity>,
    /// What it finds, why that matters, an example, and what to do: Markdown for `--explain`.
    pub explanation: &'static str,
    /// Adds its findings.
    run: fn(&Context<'_>, &mut Vec<Finding>),
}

impl Check {
    /// What it finds, in a few words: its explanation up to the first stop or colon.
    pub fn summary(&self) -> String {
        let paragraph = self.explanation.split("\n\n").next().unwrap_or_default();
        let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        let end = [". ", ": ", "; "].iter().filter_map(|stop| line.find(stop)).min();
        line.get(..end.unwrap_or(line.len())).unwrap_or_default().trim_end_matches('.').to_owned()
    }
}

/// All checks, in the order in which help texts list them.
pub const CHECKS: &[&Check] = &[
    &term_missing::CHECK,
    &term_deprecated::CHECK,
    &term_unexpected::CHECK,
    &name_inconsistent::CHECK,
    &name_swapped::CHECK,
    &name_spelling::CHECK,
    &name_diacritics::CHECK,
    &name_missing::CHECK,
    &script_homoglyph::CHECK,
    &number_mismatch::CHECK,
    &untranslated::CHECK,
    &empty_side::CHECK,
    &repeated_source::CHECK,
    &bracket_mismatch::CHECK,
    &length_outlier::CHECK,
    &low_confidence::CHECK,
];

/// What checks look at.
#[derive(Debug)]
pub struct Context<'c> {
    /// The lines.
    pub bitext: &'c Bitext,
    /// The words of a text.
    pub tokenizer: &'c Tokenizer,
    /// The user's names and terms; empty where there is none.
    pub glossary: &'c Glossary,
    /// Word lists, the one that ships first.
    pub lexicons: &'c [Lexicon],
    /// A dictionary of names and their readings (ENAMDICT), where the user gave one.
    pub name_dictionary: Option<&'c Lexicon>,
    /// What the name and term checks find, once one of them has asked.
    names: OnceLock<names::Issues>,
}

impl<'c> Context<'c> {
    /// What to look at: lines, what cuts them into words, the user's glossary, word lists, and no dictionary of names.
    pub fn new(bitext: &'c Bitext, tokenizer: &'c Tokenizer, glossary: &'c Glossary, lexicons: &'c [Lexicon]) -> Self {
        Self { bitext, tokenizer, glossary, lexicons, name_dictionary: None, names: OnceLock::new() }
    }

    /// What the name and term checks find. They share it: the names of a text are read once.
    fn names(&self) -> &names::Issues {
        self.names.get_or_init(|| names::Issues::of(self))
    }
}

/// Leaves of what is told of a name with a sign that only looks like its letter the sign alone: it explains the rest.
fn without_repetition(findings: &mut Vec<Finding>) {
    let signs: BTreeSet<Place> =
        findings.iter().filter(|f| f.check == script_homoglyph::CHECK.name).map(|f| f.place).collect();
    let names = [name_inconsistent::CHECK.name, name_spelling::CHECK.name];
    findings.retain(|finding| !names.contains(&finding.check) || !signs.contains(&finding.place));
}

/// The findings of all checks that are on, sorted by place, then by check. Silenced places are left out.
pub fn run(context: &Context<'_>, settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in CHECKS {
        let from = findings.len();
        if settings.is_on(check) {
            (check.run)(context, &mut findings);
        }
        findings.get_mut(from..).unwrap_or_default().iter_mut().for_each(|finding| finding.check = check.name);
    }
    settings.apply(context.bitext, &mut findings);
    without_repetition(&mut findings);
    findings.sort_by_key(|finding| (finding.place, finding.check));
    findings
}

#[cfg(all(test, feature = "ipadic"))]
mod tests {
    use super::{Context, Settings, run, specimen};
    use crate::glossary::Glossary;
    use crate::lexicon::Lexicon;
    use crate::token::Tokenizer;

    #[test]
    fn a_sign_that_looks_like_a_letter_is_told_once() {
        let bitext = specimen::bitext(&[
            ("カーター氏は来日した。", "Carter visited."),
            ("カーター氏は笑った。", "Carter laughed."),
            ("カ一ター氏は去った。", "Carter left."),
        ]);
        let (tokenizer, glossary, lexicons) = (Tokenizer::new().unwrap(), Glossary::default(), [Lexicon::shipped()]);
        let context = Context::new(&bitext, &tokenizer, &glossary, &lexicons);
        let checks = |settings: &Settings| run(&context, settings).iter().map(|f| f.check).collect::<Vec<_>>();
        assert_eq!(checks(&Settings::default()), ["script-homoglyph"]);
        let skip = ["script-homoglyph".to_owned()].into();
        assert_eq!(checks(&Settings { skip, ..Settings::default() }), ["name-inconsistent"]);
    }
}
