//! Any bytes are read as TMX, or refused; what was read survives being written, codes and all.

#![no_main]

use libfuzzer_sys::fuzz_target;
use taiyaku::format::Format;

#[path = "../round_trip.rs"]
mod round_trip;

fuzz_target!(|bytes: &[u8]| round_trip::check("a.tmx", Format::Tmx, bytes));
