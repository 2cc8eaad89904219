//! The command line.
use taiyaku::align::{Aligner, TextPair};
use taiyaku::lexicon::Lexicon;
use taiyaku::token::Tokenizer;
fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().collect();
    let tokenizer = Tokenizer::new()?;
    let lexicon = Lexicon::shipped();
    let (sl, tl) = (args[1].parse()?, args[2].parse()?);
    let use_lex = std::env::var("NOLEX").is_err();
    let aligner = Aligner::new(&tokenizer, if use_lex { vec![&lexicon] } else { vec![] });
    // triples: src tgt out
    let joint = std::env::var("JOINT").is_ok();
    let texts: Vec<(String, String, String)> = args[3..]
        .chunks(3)
        .map(|c| {
            (
                std::fs::read_to_string(&c[0]).unwrap_or_default(),
                std::fs::read_to_string(&c[1]).unwrap_or_default(),
                c[2].clone(),
            )
        })
        .collect();
    let pairs: Vec<TextPair> = texts
        .iter()
        .map(|(s, t, _)| TextPair { source: s.lines().collect(), target: t.lines().collect(), ..Default::default() })
        .collect();
    let aligned = if joint {
        aligner.align(&sl, &tl, &pairs)?
    } else {
        let mut v = Vec::new();
        for p in &pairs {
            v.extend(aligner.align(&sl, &tl, std::slice::from_ref(p))?);
        }
        v
    };
    for (a, (_, _, out)) in aligned.iter().zip(&texts) {
        let s: String = a
            .alignment
            .beads()
            .iter()
            .map(|b| {
                format!(
                    "{:?}:{:?}:{:.3}\n",
                    b.source.indices().collect::<Vec<_>>(),
                    b.target.indices().collect::<Vec<_>>(),
                    b.confidence
                )
            })
            .collect();
        std::fs::write(out, s)?;
    }
    Ok(())
}
