//! One name of the target with other diacritics, capitals or signs in another place.

use super::affix::inner_capitals;
use super::form::Form;
use super::spelling::{Difference, Letters};
use super::{Issue, Kind};
use crate::check::{Applicability, Finding, Place, Severity, Side, Suggestion};
use crate::span::Span;

/// The issues of one name.
pub(super) fn issues(form: &Form) -> Vec<Issue> {
    // A heading in capitals and a surname in capitals are written as they should be.
    let mut surfaces: Vec<(&String, &Vec<(usize, Span)>)> =
        form.surfaces.iter().filter(|(text, _)| text.chars().any(char::is_lowercase)).collect();
    surfaces.sort_by_key(|(_, places)| (std::cmp::Reverse(places.len()), places.first().copied()));
    let Some((usual, others)) = surfaces.split_first() else { return Vec::new() };
    others.iter().filter_map(|other| issue(form, *usual, *other)).collect()
}

fn issue(
    form: &Form,
    (usual, usual_places): (&String, &Vec<(usize, Span)>),
    (text, places): (&String, &Vec<(usize, Span)>),
) -> Option<Issue> {
    let &(line, span) = places.first()?;
    let (kind, severity) = match Letters::new(text).difference(&Letters::new(usual)) {
        Difference::Diacritics => (Kind::NameDiacritics, Severity::Error),
        _ if !form.is_ordinary && inner_capitals(text) != inner_capitals(usual) => {
            (Kind::NameInconsistent, Severity::Warning)
        }
        _ => (Kind::NameInconsistent, Severity::Note),
    };
    let is_rarer = usual_places.len() > places.len();
    let message = if is_rarer {
        format!("{usual} is written {text} here ({} : {}).", usual_places.len(), places.len())
    } else {
        format!("{usual} is written {text} in another place.")
    };
    let place = |&(line, span): &(usize, Span)| Place { line, side: Side::Target, span };
    let mut finding = Finding::new(severity, Place { line, side: Side::Target, span }, message);
    finding.target_name = Some(text.clone());
    finding.expected = vec![usual.clone()];
    finding.related = places.iter().skip(1).chain(usual_places).map(place).collect();
    finding.lines = places.iter().map(|(line, _)| *line).collect();
    if is_rarer && kind == Kind::NameDiacritics {
        let replacement = usual.clone();
        finding.suggestion = Some(Suggestion { replacement, applicability: Applicability::MaybeIncorrect });
    }
    if !is_rarer {
        finding.lines.extend(usual_places.iter().map(|(line, _)| *line));
    }
    finding.lines.sort_unstable();
    finding.lines.dedup();
    Some(Issue { kind, finding })
}
