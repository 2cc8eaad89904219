//! The one test binary: what the program does, seen from outside. See tests/README.md.

mod commands;
mod layers;
mod program;
mod project;
mod quality;
mod records;
mod tmx;
