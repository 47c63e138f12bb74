//! Evaluates the case in a folder and prints the report: `cargo run --release --example case -- FOLDER [CELLS.csv]`.

use streets::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().ok_or("name the folder of a case")?;
    let evaluation = evaluate(folder.as_ref(), &Options::of_method(), &unwatched)?;
    println!("{}", serde_json::to_string_pretty(&evaluation.report)?);
    if let Some(path) = args.next() {
        write_cells(path.as_ref(), &evaluation.cells)?;
    }
    Ok(())
}
