//! Charts as SVG, made on the server: text in them, a table behind them, no script needed.
