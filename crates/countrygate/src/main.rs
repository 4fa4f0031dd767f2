//! The program of a CITES border. All of it stands in the library beside, where tests and fuzz targets reach it.

use std::process::ExitCode;

#[global_allocator]
static HEAP: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    countrygate::start()
}
