//! The one test binary: what the program does, seen from outside. See tests/README.md.

#![allow(clippy::expect_used, clippy::string_slice, reason = "a test that meets what it does not expect should panic")]

mod bad_input;
mod check;
mod commands;
mod layers;
mod memory;
mod names;
mod pretranslate;
mod program;
mod project;
mod quality;
mod records;
mod tmx;
mod tmx_reading;
mod xliff;
