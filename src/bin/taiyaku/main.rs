//! The command line: arguments in, exit code out. The work is the library's.

mod args;
mod commands;
mod input;
mod interrupt;
mod messages;
mod output;
mod render;
mod resources;

use std::io;
use std::process::ExitCode;

use clap::Parser;

use crate::args::Cli;
use crate::commands::Outcome;
use crate::messages::Messages;

/// Reading and aligning make many small texts and lists: an eighth of the time goes with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(told) => return tell(&told),
    };
    let messages = Messages { quiet: cli.common.quiet };
    let result = interrupt::watch(messages)
        .and_then(|()| start_threads(cli.common.threads))
        .and_then(|()| commands::run(cli, messages));
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Ok(Outcome::Failed) => ExitCode::from(2),
        // Whoever reads our output has seen enough, as in `taiyaku segment ja.txt | head`.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            messages::error(&error);
            ExitCode::from(2)
        }
    }
}

/// Prints the help, the version or what is wrong with the arguments.
fn tell(told: &clap::Error) -> ExitCode {
    let text = told.render();
    if told.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        messages::print_error(&text.to_string());
        ExitCode::from(2)
    } else if told.use_stderr() {
        messages::print_error(&format!("taiyaku: {text}"));
        ExitCode::from(2)
    } else {
        // A closed pipe is no reason to complain.
        let _ = output::print(&text.to_string());
        ExitCode::SUCCESS
    }
}

fn start_threads(threads: Option<usize>) -> anyhow::Result<()> {
    if let Some(threads) = threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
    }
    Ok(())
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
